package io.ampacity.simulator.fleet;

import io.ampacity.facts.MonthHourTable;
import io.ampacity.physics.StepModel;
import io.ampacity.routing.Pool;
import io.ampacity.simulator.replica.EngineSettings;
import io.ampacity.simulator.serving.HourlyFigure;
import org.jspecify.annotations.Nullable;

/**
 * A pool of replicas with all that its simulation needs. A null figure is unknown, and so is then every total it would
 * enter.
 *
 * @param routing how a router sees it
 * @param model how fast and how hot one replica runs
 * @param engine how it batches
 * @param pue facility power over IT power, at least 1
 * @param gridShape how its grid's carbon intensity varies; only the shape counts, the level is the pool's
 *     {@link Pool#gramsPerKilowattHour()}; null for a flat one
 * @param litresPerKilowattHour water for each kWh of IT energy
 * @param usdPerReplicaSecond what holding one replica costs
 * @param usdPerKilowattHour tariff paid for facility energy beside that; 0 when it is inside the rent
 * @param coldStartSeconds time from the end of a failure until a replica serves again: boot, load weights, compile
 * @param hourlyGrams carbon of a kWh from hour to hour, in place of the level and its shape; null when only those are known
 * @param hourlyUsd tariff from hour to hour, in place of the flat one; null when only that is known
 * @param power how it slows down when it may draw less; null when unknown, so that it cannot be capped
 * @param answers the machines that compute answers alone, where a pool is in two halves; null when as the others
 */
public record FleetPool(
        Pool routing,
        StepModel model,
        EngineSettings engine,
        double pue,
        @Nullable MonthHourTable gridShape,
        @Nullable Double litresPerKilowattHour,
        @Nullable Double usdPerReplicaSecond,
        @Nullable Double usdPerKilowattHour,
        double coldStartSeconds,
        @Nullable HourlyFigure hourlyGrams,
        @Nullable HourlyFigure hourlyUsd,
        @Nullable PowerCurve power,
        @Nullable Answers answers) {

    /**
     * Other machines, which compute answers alone.
     *
     * @param model how fast and how hot one replica of them runs
     * @param chip which chips they have
     * @param power how it slows down when it may draw less; null when unknown, so that it cannot be capped
     * @param usdPerReplicaSecond what holding one costs; null when unknown
     */
    public record Answers(
            StepModel model,
            String chip,
            @Nullable PowerCurve power,
            @Nullable Double usdPerReplicaSecond) {}

    /** A pool whose electricity is the same at all hours but for the shape of its grid, and whose power is not capped. */
    public FleetPool(
            Pool routing,
            StepModel model,
            EngineSettings engine,
            double pue,
            @Nullable MonthHourTable gridShape,
            @Nullable Double litresPerKilowattHour,
            @Nullable Double usdPerReplicaSecond,
            @Nullable Double usdPerKilowattHour,
            double coldStartSeconds) {
        this(
                routing,
                model,
                engine,
                pue,
                gridShape,
                litresPerKilowattHour,
                usdPerReplicaSecond,
                usdPerKilowattHour,
                coldStartSeconds,
                null,
                null,
                null,
                null);
    }

    public FleetPool {
        if (!(pue >= 1) || Double.isInfinite(pue)) {
            throw new IllegalArgumentException("pool " + routing.id() + " has PUE " + pue + ", below 1 or not finite");
        }
        if (!(coldStartSeconds >= 0) || Double.isInfinite(coldStartSeconds)) {
            throw new IllegalArgumentException(
                    "pool " + routing.id() + " has a cold start of " + coldStartSeconds + " s, negative or not finite");
        }
    }

    /** The same with electricity whose carbon or price changes from hour to hour; null leaves one as it is. */
    public FleetPool withHours(@Nullable HourlyFigure grams, @Nullable HourlyFigure usd) {
        return with(grams == null ? hourlyGrams : grams, usd == null ? hourlyUsd : usd, power, answers);
    }

    /** The same with a known power curve. */
    public FleetPool withPower(@Nullable PowerCurve curve) {
        return with(hourlyGrams, hourlyUsd, curve, answers);
    }

    /** The same whose answers are computed by other machines than its prompts, where it is in two halves. */
    public FleetPool withAnswers(@Nullable Answers other) {
        return with(hourlyGrams, hourlyUsd, power, other);
    }

    /** The same whose answers are computed by machines of another step, which cost as much and cannot be capped. */
    public FleetPool withAnswers(StepModel other) {
        return withAnswers(new Answers(other, routing.chip(), null, usdPerReplicaSecond));
    }

    private FleetPool with(
            @Nullable HourlyFigure grams,
            @Nullable HourlyFigure usd,
            @Nullable PowerCurve curve,
            @Nullable Answers other) {
        return new FleetPool(
                routing,
                model,
                engine,
                pue,
                gridShape,
                litresPerKilowattHour,
                usdPerReplicaSecond,
                usdPerKilowattHour,
                coldStartSeconds,
                grams,
                usd,
                curve,
                other);
    }

    /** A pool whose place, price and grid are unknown. */
    public static FleetPool plain(String id, String workload, StepModel model, int replicas, EngineSettings engine) {
        return new FleetPool(Pool.plain(id, workload, id, replicas), model, engine, 1, null, null, null, null, 0);
    }
}
