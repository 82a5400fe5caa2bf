package io.ampacity.reports;

import io.ampacity.planner.proof.Proof;
import io.ampacity.reports.ProofView.LossOf;
import io.ampacity.simulator.failure.Effect;
import io.ampacity.simulator.failure.Failure;
import io.ampacity.simulator.report.Distribution;
import io.ampacity.simulator.report.FailureWindow;
import io.ampacity.simulator.report.RequestCounts;
import io.ampacity.simulator.report.Series;
import io.ampacity.simulator.report.SimulationResult;
import io.ampacity.simulator.report.SupplierResult;
import io.ampacity.simulator.report.WindowResult;
import io.ampacity.simulator.report.WorkloadResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** A planner's proof as a paper tells it. */
public final class Replays {

    private Replays() {}

    /**
     * The view of a proof.
     *
     * @param trace what was replayed, in words
     */
    public static ProofView view(Proof proof, String trace) {
        SimulationResult result = proof.result();
        return new ProofView(
                trace,
                proof.period(),
                proof.seed(),
                result.simulatedSeconds(),
                requests(result.requests()),
                percentiles(result.timeToFirstTokenSeconds()),
                percentiles(result.timePerOutputTokenSeconds()),
                percentiles(result.interTokenLatencySeconds()),
                percentiles(result.endToEndSeconds()),
                orUnknown(result.sloAttainment()),
                result.byWorkload().stream().map(Replays::workload).toList(),
                suppliers(result.bySupplier()),
                proof.failures().stream().map(one -> loss(one, result)).toList(),
                buckets(proof),
                result.energyJoules(),
                result.carbonGrams(),
                result.costUsd());
    }

    private static ProofView.WorkloadProof workload(WorkloadResult workload) {
        return new ProofView.WorkloadProof(
                workload.workload(),
                requests(workload.requests()),
                orUnknown(workload.sloAttainment()),
                percentiles(workload.timeToFirstTokenSeconds()),
                percentiles(workload.timePerOutputTokenSeconds()));
    }

    private static List<ProofView.SupplierProof> suppliers(List<SupplierResult> suppliers) {
        long all = suppliers.stream().mapToLong(SupplierResult::completed).sum();
        List<ProofView.SupplierProof> views = new ArrayList<>();
        for (SupplierResult supplier : suppliers) {
            views.add(new ProofView.SupplierProof(
                    supplier.supplier(),
                    supplier.completed(),
                    all > 0 ? (double) supplier.completed() / all : Double.NaN,
                    supplier.energyJoules(),
                    supplier.carbonGrams(),
                    supplier.costUsd()));
        }
        return views;
    }

    private static ProofView.Loss loss(Failure failure, SimulationResult result) {
        List<FailureWindow> windows = result.failures().stream()
                .filter(window -> window.failure().equals(failure.name())
                        && window.startSeconds() == failure.startSeconds()
                        && window.endSeconds() == failure.endSeconds())
                .toList();
        LossOf of = kind(failure);
        boolean whole = of == LossOf.SUPPLIER || of == LossOf.SITE;
        return new ProofView.Loss(
                of,
                whole ? failure.target() : failure.name(),
                failure.startSeconds(),
                Math.min(recovered(windows, failure), result.simulatedSeconds()),
                phase(windows, FailureWindow::before),
                phase(windows, FailureWindow::during),
                phase(windows, FailureWindow::after),
                sum(windows, window -> window.during().lost()),
                null);
    }

    /** When what was lost served again. */
    private static double recovered(List<FailureWindow> windows, Failure failure) {
        return windows.stream()
                .mapToDouble(FailureWindow::recoveredSeconds)
                .max()
                .orElse(failure.endSeconds());
    }

    private static LossOf kind(Failure failure) {
        if (!(failure.effect() instanceof Effect.Down)) {
            return LossOf.TROUBLE;
        }
        return switch (failure.scope()) {
            case SUPPLIER -> LossOf.SUPPLIER;
            case SITE -> LossOf.SITE;
            case POOL, CHIP, REPLICA, SERVER, LINK, REGION, CONTROL_PLANE -> LossOf.PART;
        };
    }

    /** Each workload's attainment, and that of all together, weighed by requests. */
    private static ProofView.Phase phase(List<FailureWindow> windows, Function<FailureWindow, WindowResult> phase) {
        Map<String, Double> byWorkload = new LinkedHashMap<>();
        double inTime = 0;
        long requests = 0;
        for (FailureWindow window : windows) {
            WindowResult result = phase.apply(window);
            Double attained = result.sloAttainment();
            if (attained != null) {
                byWorkload.put(window.workload(), attained);
                inTime += attained * result.requests();
                requests += result.requests();
            }
        }
        return new ProofView.Phase(requests > 0 ? inTime / requests : Double.NaN, byWorkload);
    }

    private static long sum(List<FailureWindow> windows, ToLongFunction<FailureWindow> amount) {
        return windows.stream().mapToLong(amount).sum();
    }

    /** The replay in the buckets of the served counts; the finer ones of the series are added up in them. */
    private static List<ProofView.Bucket> buckets(Proof proof) {
        SimulationResult result = proof.result();
        double width = proof.served().bucketSeconds();
        int count = (int) Math.ceil(proof.seconds() / width - 1e-9);
        double[] arrived = new double[count];
        double[] judged = new double[count];
        double[] attained = new double[count];
        Series series = result.series();
        for (int fine = 0; fine < series.arrivalsPerSecond().size(); fine++) {
            int bucket = (int) ((fine + 0.5) * series.bucketSeconds() / width);
            if (bucket >= count) {
                continue;
            }
            double length = Math.min(series.bucketSeconds(), result.simulatedSeconds() - fine * series.bucketSeconds());
            double requests = series.arrivalsPerSecond().get(fine) * length;
            arrived[bucket] += requests;
            Double share = series.sloAttainment().get(fine);
            if (share != null) {
                judged[bucket] += requests;
                attained[bucket] += requests * share;
            }
        }
        List<ProofView.Bucket> buckets = new ArrayList<>();
        for (int bucket = 0; bucket < count; bucket++) {
            buckets.add(new ProofView.Bucket(
                    bucket * width,
                    Math.min((bucket + 1) * width, proof.seconds()),
                    Math.round(arrived[bucket]),
                    judged[bucket] == 0 ? Double.NaN : attained[bucket] / judged[bucket],
                    proof.served().in(bucket)));
        }
        return buckets;
    }

    private static ProofView.Requests requests(RequestCounts counts) {
        return new ProofView.Requests(
                counts.arrived(), counts.completed(), counts.rejected(), counts.lost(), counts.retried());
    }

    private static ProofView.Percentiles percentiles(Distribution times) {
        return new ProofView.Percentiles(times.mean(), times.p50(), times.p90(), times.p95(), times.p99(), times.max());
    }

    private static double orUnknown(@Nullable Double value) {
        return value == null ? Double.NaN : value;
    }
}
