package io.ampacity.simulator.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where the time of requests went, by workload, pool, tenant and class, and what each pool did over time. Its memory
 * follows the fleet, not the trace: only {@value #MOST_GROUPS} tenants and as many classes are told apart. For one thread.
 */
public final class DetailMeters {

    /** Beyond these, tenants or classes are counted together. */
    static final int MOST_GROUPS = 1000;

    /** The name under which those beyond the limit are counted. */
    static final String OTHERS = "(others)";

    private final @Nullable TimeSpentMeter[] timeSpent;
    private final double[][] poolParts;
    private final @Nullable SeriesMeter[] poolSeries;
    /** Seconds of replicas that were down; while any is, their number times the moment is outstanding. */
    private final double[] downSeconds;

    private final int[] down;
    private final Map<String, GroupMeter> tenants = new TreeMap<>();
    private final Map<String, GroupMeter> classes = new TreeMap<>();

    public DetailMeters(int workloads, int pools) {
        timeSpent = new TimeSpentMeter[workloads];
        poolParts = new double[pools][];
        poolSeries = new SeriesMeter[pools];
        downSeconds = new double[pools];
        down = new int[pools];
    }

    /** A replica of a pool went down. */
    public void down(int pool, double now) {
        down[pool]++;
        downSeconds[pool] -= now;
    }

    /** A replica that was down serves again. */
    public void up(int pool, double now) {
        down[pool]--;
        downSeconds[pool] += now;
    }

    double availability(int pool, int replicas, double endSeconds) {
        double whole = replicas * endSeconds;
        return whole > 0 ? Math.clamp(1 - (downSeconds[pool] + down[pool] * endSeconds) / whole, 0, 1) : 1;
    }

    /** Makes room for a pool whose requests will be told here. */
    public void open(int pool) {
        poolParts[pool] = new double[Part.COUNT];
        poolSeries[pool] = new SeriesMeter();
    }

    /** The meter of a workload's time. */
    public TimeSpentMeter ofWorkload(int workload) {
        TimeSpentMeter meter = timeSpent[workload];
        if (meter == null) {
            meter = new TimeSpentMeter();
            timeSpent[workload] = meter;
        }
        return meter;
    }

    /** The meter of what an {@linkplain #open opened} pool does over time. */
    public SeriesMeter ofPool(int pool) {
        return Objects.requireNonNull(poolSeries[pool]);
    }

    public GroupMeter ofTenant(String name) {
        return group(tenants, name);
    }

    public GroupMeter ofClass(String name) {
        return group(classes, name);
    }

    private static GroupMeter group(Map<String, GroupMeter> groups, String name) {
        GroupMeter known = groups.get(name);
        if (known != null) {
            return known;
        }
        return groups.computeIfAbsent(groups.size() < MOST_GROUPS ? name : OTHERS, GroupMeter::new);
    }

    /** A request was completed on a pool; {@code parts} as for {@link TimeSpentMeter#record}. */
    public void completed(int workload, int pool, double[] parts) {
        ofWorkload(workload).record(parts);
        double[] sums = poolParts[pool];
        for (int part = 0; part < Part.COUNT; part++) {
            sums[part] += parts[part];
        }
    }

    /** Takes over what meters of another part of the fleet tell. */
    public void add(DetailMeters other) {
        for (int workload = 0; workload < timeSpent.length; workload++) {
            TimeSpentMeter more = other.timeSpent[workload];
            if (more != null) {
                ofWorkload(workload).add(more);
            }
        }
        for (int pool = 0; pool < poolSeries.length; pool++) {
            SeriesMeter more = other.poolSeries[pool];
            if (more != null) {
                // A pool stands in one part of the fleet only.
                poolSeries[pool] = more;
                poolParts[pool] = other.poolParts[pool];
                downSeconds[pool] = other.downSeconds[pool];
                down[pool] = other.down[pool];
            }
        }
        other.tenants.forEach((name, more) -> ofTenant(name).add(more));
        other.classes.forEach((name, more) -> ofClass(name).add(more));
    }

    List<GroupResult> byTenant(double endSeconds) {
        return tenants.values().stream().map(group -> group.result(endSeconds)).toList();
    }

    List<GroupResult> byClass(double endSeconds) {
        return classes.values().stream().map(group -> group.result(endSeconds)).toList();
    }

    Map<Part, Double> parts(int pool) {
        Map<Part, Double> parts = new LinkedHashMap<>();
        for (Part part : Part.values()) {
            parts.put(part, poolParts[pool][part.index()]);
        }
        return parts;
    }
}
