package io.ampacity.simulator.serving;

import java.util.List;

/**
 * What came of the features beyond plain batching.
 *
 * @param classes one a class, in the order of the settings; empty where there is but one and nobody loses patience
 * @param hedging zeros when nothing is hedged
 */
public record ServingResult(List<ClassResult> classes, HedgingResult hedging) {

    /** Nothing beyond plain batching. */
    public static final ServingResult PLAIN = new ServingResult(List.of(), HedgingResult.NONE);

    public ServingResult {
        classes = List.copyOf(classes);
    }
}
