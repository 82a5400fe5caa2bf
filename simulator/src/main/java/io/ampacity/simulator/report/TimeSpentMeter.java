package io.ampacity.simulator.report;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects where the time of completed requests went. For one thread. */
public final class TimeSpentMeter {

    /** Made when first needed: most workloads never spend time on some of the parts. */
    private final @Nullable LatencyMeter[] meters = new LatencyMeter[Part.COUNT];

    private long count;

    /** Records one request: seconds by {@link Part}, in the order of its constants. */
    public void record(double[] seconds) {
        count++;
        for (int part = 0; part < Part.COUNT; part++) {
            // Rounding may leave a hair below zero.
            if (seconds[part] > 0) {
                meter(part).record(seconds[part]);
            }
        }
    }

    public void add(TimeSpentMeter other) {
        count += other.count;
        for (int part = 0; part < Part.COUNT; part++) {
            LatencyMeter more = other.meters[part];
            if (more != null) {
                meter(part).add(more);
            }
        }
    }

    /** Seconds spent on a part, in all. */
    public double total(Part part) {
        LatencyMeter meter = meters[part.index()];
        return meter == null ? 0 : meter.sum();
    }

    /** One entry a part, in the order of its constants. */
    public List<TimeSpent> result() {
        double all = 0;
        for (Part part : Part.values()) {
            all += total(part);
        }
        List<TimeSpent> result = new ArrayList<>();
        for (Part part : Part.values()) {
            LatencyMeter whole = LatencyMeter.coarse();
            LatencyMeter meter = meters[part.index()];
            if (meter != null) {
                whole.add(meter);
            }
            whole.recordZeros(count - whole.count());
            result.add(
                    new TimeSpent(part, total(part), all > 0 ? total(part) / all : Double.NaN, whole.distribution()));
        }
        return List.copyOf(result);
    }

    private LatencyMeter meter(int part) {
        LatencyMeter meter = meters[part];
        if (meter == null) {
            meter = LatencyMeter.coarse();
            meters[part] = meter;
        }
        return meter;
    }
}
