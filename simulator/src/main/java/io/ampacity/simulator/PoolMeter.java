package io.ampacity.simulator;

import io.ampacity.facts.MonthHourTable;
import io.ampacity.simulator.fleet.FleetPool;
import io.ampacity.simulator.replica.Replica;
import io.ampacity.simulator.replica.ReplicaMeter;
import io.ampacity.simulator.report.PoolResult;
import io.ampacity.simulator.serving.HourlyFigure;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a pool takes from the grid, and what that costs in carbon, water and money. */
final class PoolMeter {

    private static final double SECONDS_PER_HOUR = 3600;
    private static final double HOURS_PER_MONTH = 8766.0 / 12;
    private static final double JOULES_PER_KILOWATT_HOUR = 3.6e6;

    private final FleetPool pool;
    private final boolean shaped;
    private final @Nullable HourlyFigure hourlyGrams;
    private final @Nullable HourlyFigure hourlyUsd;
    private final double[] gramsPerKilowattHour = new double[12 * 24];
    private final int startMonth;
    private final int startHour;
    private double facilityJoules;
    private double grams;
    /** Paid for energy hour by hour. */
    private double usd;
    /** When each replica was switched on; NaN while it is off. */
    private double[] onSince = {};
    /** Seconds for which each replica was on, up to when it was last switched off. */
    private double[] onSeconds = {};

    PoolMeter(FleetPool pool, int startMonth, int startHour) {
        this.pool = pool;
        this.startMonth = startMonth;
        this.startHour = startHour;
        hourlyGrams = pool.hourlyGrams();
        hourlyUsd = pool.hourlyUsd();
        Double level = pool.routing().gramsPerKilowattHour();
        MonthHourTable shape = pool.gridShape();
        shaped = level != null && shape != null && shape.mean() > 0;
        for (int month = 0; month < 12; month++) {
            for (int hour = 0; hour < 24; hour++) {
                double factor = shape != null && shaped ? shape.at(month + 1, hour) / shape.mean() : 1;
                gramsPerKilowattHour[month * 24 + hour] = level == null ? Double.NaN : level * factor;
            }
        }
    }

    /** A replica is on, and costs, from now on. */
    void on(int replica, double now) {
        if (replica >= onSince.length) {
            int before = onSince.length;
            onSince = Arrays.copyOf(onSince, Math.max(replica + 1, before * 2));
            Arrays.fill(onSince, before, onSince.length, Double.NaN);
            onSeconds = Arrays.copyOf(onSeconds, onSince.length);
        }
        onSince[replica] = now;
    }

    /** A replica is off from now on. */
    void off(int replica, double now) {
        if (isOn(replica)) {
            onSeconds[replica] += now - onSince[replica];
            onSince[replica] = Double.NaN;
        }
    }

    boolean isOn(int replica) {
        return !Double.isNaN(onSince[replica]);
    }

    /** Seconds for which some replicas were on, all together. */
    double replicaSeconds(int from, int to, double endSeconds) {
        double sum = 0;
        for (int replica = from; replica < Math.min(to, onSince.length); replica++) {
            double since = onSince[replica];
            sum += onSeconds[replica] + (Double.isNaN(since) ? 0 : Math.max(0, endSeconds - since));
        }
        return sum;
    }

    /** What holding replicas costs; null when unknown. Those beyond the last part are like it. */
    private @Nullable Double rentUsd(List<PoolPart> parts, int size, double endSeconds) {
        double sum = 0;
        for (int number = 0; number < parts.size(); number++) {
            PoolPart part = parts.get(number);
            Double rent = part.usdPerReplicaSecond();
            if (rent == null) {
                return null;
            }
            int to = number + 1 == parts.size() ? size : part.to();
            sum += rent * replicaSeconds(part.from(), to, endSeconds);
        }
        return sum;
    }

    /** Accounts for energy; returns the facility's. */
    double energy(double from, double to, double joules) {
        double facility = joules * pool.pue();
        facilityJoules += facility;
        double perJoule = facility / JOULES_PER_KILOWATT_HOUR;
        if (!(shaped || hourlyGrams != null || hourlyUsd != null) || to <= from) {
            add(perJoule, from);
            return facility;
        }
        double at = from;
        while (at < to) {
            double next = Math.min(to, (Math.floor(at / SECONDS_PER_HOUR) + 1) * SECONDS_PER_HOUR);
            add(perJoule * (next - at) / (to - from), at);
            at = next;
        }
        return facility;
    }

    private void add(double kilowattHours, double atSeconds) {
        grams += kilowattHours * gramsPerKilowattHour(atSeconds);
        if (hourlyUsd != null) {
            usd += kilowattHours * hourlyUsd.at(atSeconds);
        }
    }

    /** Tariff at a moment; NaN when unknown. */
    double usdPerKilowattHour(double seconds) {
        if (hourlyUsd != null) {
            return hourlyUsd.at(seconds);
        }
        Double tariff = pool.usdPerKilowattHour();
        return tariff == null ? Double.NaN : tariff;
    }

    /** Carbon of a kWh at a moment; NaN when unknown. */
    double gramsPerKilowattHour(double seconds) {
        if (hourlyGrams != null) {
            return hourlyGrams.at(seconds);
        }
        long hours = (long) (seconds / SECONDS_PER_HOUR);
        int hour = (int) ((startHour + hours) % 24);
        int month = (int) ((startMonth - 1 + (long) (hours / HOURS_PER_MONTH)) % 12);
        return gramsPerKilowattHour[month * 24 + hour];
    }

    PoolResult result(Replica[] replicas, int size, List<PoolPart> parts, long completed, double endSeconds) {
        double busy = 0;
        double peakKv = 0;
        long preemptions = 0;
        long prefilled = 0;
        long cached = 0;
        long decoded = 0;
        for (int number = 0; number < size; number++) {
            Replica replica = replicas[number];
            ReplicaMeter meter = replica.meter();
            busy += meter.busySeconds();
            peakKv = Math.max(peakKv, replica.gauges().peakKvUse());
            preemptions += meter.preemptions();
            prefilled += meter.prefilledTokens();
            cached += meter.cachedTokens();
            decoded += meter.decodedTokens();
        }
        double held = replicaSeconds(0, size, endSeconds);
        double itKilowattHours = facilityJoules / pool.pue() / JOULES_PER_KILOWATT_HOUR;
        Double litres = pool.litresPerKilowattHour();
        Double rent = rentUsd(parts, size, endSeconds);
        Double tariff = pool.usdPerKilowattHour();
        Double energyUsd = hourlyUsd != null
                ? Double.valueOf(usd)
                : tariff == null ? null : tariff * facilityJoules / JOULES_PER_KILOWATT_HOUR;
        return new PoolResult(
                pool.routing().id(),
                pool.routing().workload(),
                pool.routing().supplier(),
                pool.routing().site(),
                size,
                completed,
                held > 0 ? busy / held : 0,
                peakKv,
                preemptions,
                prefilled,
                cached,
                decoded,
                facilityJoules,
                pool.routing().gramsPerKilowattHour() == null && hourlyGrams == null ? null : grams,
                litres == null ? null : litres * itKilowattHours,
                rent == null || energyUsd == null ? null : rent + energyUsd);
    }
}
