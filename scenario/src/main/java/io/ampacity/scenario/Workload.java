package io.ampacity.scenario;

import io.ampacity.facts.Engine;
import io.ampacity.facts.Precision;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Work that needs chips. */
public sealed interface Workload {

    String id();

    /** Catalogue id of the language model. */
    String model();

    Precision precision();

    /** Name of a class in {@link Policy#dataClasses()}; null when no rule applies. */
    @Nullable String dataClass();

    /** Chips it may run on; empty when any will do. */
    List<String> chips();

    /**
     * Answers requests as they come.
     *
     * @param traffic what arrives
     * @param objective what users were promised
     * @param latencyClass which sites are near enough
     * @param priority who is served first in a shortage; higher first
     */
    record Serving(
            String id,
            String model,
            Precision precision,
            Precision kvPrecision,
            Engine engine,
            Traffic traffic,
            ServiceLevelObjective objective,
            @Nullable String dataClass,
            LatencyClass latencyClass,
            int priority,
            List<String> chips)
            implements Workload {
        public Serving {
            chips = List.copyOf(chips);
        }

        public Serving withTraffic(Traffic other) {
            return new Serving(
                    id,
                    model,
                    precision,
                    kvPrecision,
                    engine,
                    other,
                    objective,
                    dataClass,
                    latencyClass,
                    priority,
                    chips);
        }
    }

    /**
     * Trains a model once.
     *
     * @param tokens training tokens
     * @param startPeriod first period it may run in, 0-based
     * @param deadlinePeriod last period it may run in, 0-based
     * @param minimumChips smallest gang that is useful
     * @param sequenceLength tokens in one training sequence
     * @param modelFlopsUtilisation assumed MFU; null lets physics estimate it
     */
    record Training(
            String id,
            String model,
            Precision precision,
            double tokens,
            int startPeriod,
            int deadlinePeriod,
            int minimumChips,
            int sequenceLength,
            @Nullable Double modelFlopsUtilisation,
            @Nullable String dataClass,
            List<String> chips)
            implements Workload {
        public Training {
            chips = List.copyOf(chips);
        }
    }

    /**
     * Generates tokens at any hour within a period, with no latency promise.
     *
     * @param promptTokensPerPeriod prompt tokens to read in the first period
     * @param outputTokensPerPeriod output tokens to write in the first period
     * @param growthPerYear growth of both, as a fraction a year
     */
    record Batch(
            String id,
            String model,
            Precision precision,
            Precision kvPrecision,
            Engine engine,
            double promptTokensPerPeriod,
            double outputTokensPerPeriod,
            int meanPromptTokens,
            int meanOutputTokens,
            double growthPerYear,
            @Nullable String dataClass,
            List<String> chips)
            implements Workload {
        public Batch {
            chips = List.copyOf(chips);
        }

        /** The same with a factor on its tokens, growing by another rate. */
        public Batch withDemand(double factor, double growth) {
            return new Batch(
                    id,
                    model,
                    precision,
                    kvPrecision,
                    engine,
                    promptTokensPerPeriod * factor,
                    outputTokensPerPeriod * factor,
                    meanPromptTokens,
                    meanOutputTokens,
                    growth,
                    dataClass,
                    chips);
        }
    }

    /** How near the chips must be to the users. */
    enum LatencyClass {
        /** Anywhere. */
        ANYWHERE,
        /** Sites whose round trip is at most 60 ms. */
        REGIONAL,
        /** Sites whose round trip is at most 15 ms. */
        EDGE;

        /** The longest round trip that still qualifies, in seconds; infinite for anywhere. */
        public double maximumRoundTripSeconds() {
            return switch (this) {
                case ANYWHERE -> Double.POSITIVE_INFINITY;
                case REGIONAL -> 0.060;
                case EDGE -> 0.015;
            };
        }
    }
}
