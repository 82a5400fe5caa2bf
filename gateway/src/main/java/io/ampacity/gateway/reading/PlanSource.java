package io.ampacity.gateway.reading;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where the plans that a document names are read. */
@FunctionalInterface
public interface PlanSource {

    /**
     * A plan with the scenario that it answers, and its period of today.
     *
     * @param scenario where that is; null when the plan says so itself
     */
    PlannedTraffic read(Path plan, @Nullable Path scenario);
}
