package io.ampacity.physics.measurement;

import io.ampacity.facts.Deployment;
import org.jspecify.annotations.Nullable;

/**
 * What somebody measured at one operating point. A null figure was not measured.
 *
 * @param source file and row, so that it can be found again
 * @param chip name of the chip, as the source writes it
 * @param model name of the model, as the source writes it
 * @param load how the engine was driven
 * @param promptTokens prompt length
 * @param outputTokens output length
 * @param sequences sequences of a steady batch, or clients of a closed loop
 * @param lengthSpread how far lengths fall below the longest, as a share of it
 * @param draftedTokens tokens drafted a step and checked at once (speculative decoding); 0 for none
 * @param admissionSteps decoding steps that a request waited on average before the engine looked at it, as its launch
 *     settings say; 0 for defaults
 * @param chips chips that the power figures count together
 * @param timeToFirstTokenSeconds mean
 * @param interTokenSeconds median gap for a batch, mean time per output token for a closed loop
 * @param outputTokensPerSecond of the whole deployment
 * @param watts mean of all chips
 */
public record Measurement(
        String source,
        String chip,
        String model,
        Deployment deployment,
        Load load,
        int promptTokens,
        int outputTokens,
        int sequences,
        double lengthSpread,
        int draftedTokens,
        int admissionSteps,
        int chips,
        @Nullable Double timeToFirstTokenSeconds,
        @Nullable Double interTokenSeconds,
        @Nullable Double outputTokensPerSecond,
        @Nullable Double watts) {

    /** A measurement of a server with default settings. */
    public Measurement(
            String source,
            String chip,
            String model,
            Deployment deployment,
            Load load,
            int promptTokens,
            int outputTokens,
            int sequences,
            double lengthSpread,
            boolean speculative,
            int chips,
            @Nullable Double timeToFirstTokenSeconds,
            @Nullable Double interTokenSeconds,
            @Nullable Double outputTokensPerSecond,
            @Nullable Double watts) {
        this(
                source,
                chip,
                model,
                deployment,
                load,
                promptTokens,
                outputTokens,
                sequences,
                lengthSpread,
                speculative ? 1 : 0,
                0,
                chips,
                timeToFirstTokenSeconds,
                interTokenSeconds,
                outputTokensPerSecond,
                watts);
    }

    /** Whether tokens were drafted. */
    public boolean speculative() {
        return draftedTokens > 0;
    }

    /** How an engine was driven. */
    public enum Load {
        /** A steady batch, each sequence replaced when it ends. */
        BATCH,
        /** Clients that each send their next request when the last one ends. */
        CLOSED_LOOP,
        /** One batch of prompts read at once, then decoded together. */
        ONE_BATCH,
        /** As many requests as the engine takes, all there from the start. */
        OFFLINE,
        /** Prompts read on other chips than those that decode; the deployment is the decoding one. */
        DISAGGREGATED
    }
}
