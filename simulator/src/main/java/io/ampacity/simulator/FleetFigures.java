package io.ampacity.simulator;

import io.ampacity.physics.StepModel;
import io.ampacity.routing.PoolFigures;
import io.ampacity.routing.RouteQuery;
import io.ampacity.simulator.fleet.Fleet;
import io.ampacity.simulator.fleet.FleetPool;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a request adds to the energy, carbon and cost of each pool of a fleet, at the hour in which it comes: its prompt
 * computed alone, and an answer as long as the last ones were, in a batch of {@value #BATCH}; only what goes beyond idle power,
 * since that is drawn anyway.
 */
final class FleetFigures implements PoolFigures {

    private static final int BATCH = 16;
    private static final double FIRST_GUESS_TOKENS = 200;
    private static final double JOULES_PER_KILOWATT_HOUR = 3.6e6;

    private final Fleet fleet;
    /** Its columns of electricity by pool; null where another shard has it. */
    private final @Nullable PoolMeter[] meters;
    /** Smoothed length of answers by workload. */
    private final double[] answerTokens;

    FleetFigures(Fleet fleet) {
        this.fleet = fleet;
        meters = new PoolMeter[fleet.pools().size()];
        answerTokens = new double[fleet.workloads().size()];
        Arrays.fill(answerTokens, FIRST_GUESS_TOKENS);
    }

    void meter(int pool, PoolMeter meter) {
        meters[pool] = meter;
    }

    void answered(int workload, int tokens) {
        answerTokens[workload] += 0.01 * (tokens - answerTokens[workload]);
    }

    @Override
    public double joules(int pool, RouteQuery query) {
        FleetPool one = fleet.pools().get(pool);
        StepModel model = one.model();
        int prompt = Math.max(1, query.promptTokens());
        double pairs = 0.5 * prompt * prompt;
        double answer = answerTokens[query.workload()];
        double context = BATCH * (prompt + answer / 2);
        double prefill =
                model.stepJoules(prompt, pairs, 0, 0) - model.idleWatts() * model.stepSeconds(prompt, pairs, 0, 0);
        double decode = model.decodeBaseJoules(BATCH)
                + model.decodeJoulesPerContextToken(BATCH) * context
                - model.idleWatts()
                        * (model.decodeBaseSeconds(BATCH) + model.decodeSecondsPerContextToken(BATCH) * context);
        return one.pue() * (prefill + decode * answer / BATCH);
    }

    @Override
    public double grams(int pool, RouteQuery query) {
        PoolMeter meter = meters[pool];
        return meter == null
                ? Double.NaN
                : meter.gramsPerKilowattHour(query.nowSeconds()) * joules(pool, query) / JOULES_PER_KILOWATT_HOUR;
    }

    @Override
    public double usd(int pool, RouteQuery query) {
        PoolMeter meter = meters[pool];
        Double rent = fleet.pools().get(pool).routing().usdPerRequest();
        if (meter == null || rent == null) {
            return Double.NaN;
        }
        double tariff = meter.usdPerKilowattHour(query.nowSeconds());
        return tariff == 0 || Double.isNaN(tariff)
                ? rent
                : rent + tariff * joules(pool, query) / JOULES_PER_KILOWATT_HOUR;
    }
}
