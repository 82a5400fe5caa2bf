package io.ampacity.reports;

import io.ampacity.planner.proof.Proof;
import io.ampacity.reports.ProofView.Bucket;
import io.ampacity.reports.ProofView.Loss;
import io.ampacity.reports.ProofView.LossOf;
import io.ampacity.reports.ProofView.Percentiles;
import io.ampacity.reports.ProofView.Phase;
import io.ampacity.reports.ProofView.Requests;
import io.ampacity.reports.ProofView.SupplierProof;
import io.ampacity.reports.ProofView.WorkloadProof;
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
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads what a paper needs to know out of a proof. */
public final class ProofReading {

    private final Proof proof;
    private final SimulationResult result;

    private ProofReading(Proof proof) {
        this.proof = proof;
        this.result = proof.result();
    }

    /**
     * The view of a proof.
     *
     * @param trace what was replayed, in words
     */
    public static ProofView of(Proof proof, String trace) {
        return new ProofReading(proof).view(trace);
    }

    private ProofView view(String trace) {
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
                orNaN(result.sloAttainment()),
                result.byWorkload().stream().map(ProofReading::workload).toList(),
                result.bySupplier().stream().map(this::supplier).toList(),
                losses(),
                buckets(),
                result.energyJoules(),
                result.carbonGrams(),
                result.costUsd());
    }

    private static WorkloadProof workload(WorkloadResult workload) {
        return new WorkloadProof(
                workload.workload(),
                requests(workload.requests()),
                orNaN(workload.sloAttainment()),
                percentiles(workload.timeToFirstTokenSeconds()),
                percentiles(workload.timePerOutputTokenSeconds()));
    }

    private SupplierProof supplier(SupplierResult supplier) {
        long all = result.requests().completed();
        return new SupplierProof(
                supplier.supplier(),
                supplier.completed(),
                all == 0 ? Double.NaN : (double) supplier.completed() / all,
                supplier.energyJoules(),
                supplier.carbonGrams(),
                supplier.costUsd());
    }

    /** One loss for each failure: its windows, one a workload, stand together. */
    private List<Loss> losses() {
        Map<String, List<FailureWindow>> byFailure = new LinkedHashMap<>();
        for (FailureWindow window : result.failures()) {
            byFailure
                    .computeIfAbsent(window.failure() + "@" + window.startSeconds(), absent -> new ArrayList<>())
                    .add(window);
        }
        return byFailure.values().stream().map(this::loss).toList();
    }

    private Loss loss(List<FailureWindow> windows) {
        FailureWindow first = windows.getFirst();
        int colon = first.failure().indexOf(':');
        String scope = first.failure().substring(0, Math.max(0, colon)).toLowerCase(Locale.ROOT);
        return new Loss(
                switch (scope) {
                    case "supplier" -> LossOf.SUPPLIER;
                    case "site" -> LossOf.SITE;
                    default -> LossOf.POOL;
                },
                first.failure().substring(colon + 1),
                first.startSeconds(),
                Math.min(first.endSeconds(), result.simulatedSeconds()),
                phase(windows, FailureWindow::before),
                phase(windows, FailureWindow::during),
                phase(windows, FailureWindow::after),
                windows.stream().mapToLong(window -> window.during().lost()).sum(),
                result.requests().retried());
    }

    private static Phase phase(List<FailureWindow> windows, Function<FailureWindow, WindowResult> part) {
        Map<String, Double> byWorkload = new LinkedHashMap<>();
        double attained = 0;
        double counted = 0;
        for (FailureWindow window : windows) {
            WindowResult ended = part.apply(window);
            byWorkload.put(window.workload(), orNaN(ended.sloAttainment()));
            if (ended.sloAttainment() != null) {
                attained += ended.sloAttainment() * ended.requests();
                counted += ended.requests();
            }
        }
        return new Phase(counted == 0 ? Double.NaN : attained / counted, byWorkload);
    }

    /** The replay in the buckets of the served counts; the finer ones of the series are added up in them. */
    private List<Bucket> buckets() {
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
            double length = Math.min(
                    series.bucketSeconds(), result.simulatedSeconds() - fine * series.bucketSeconds());
            double requests = series.arrivalsPerSecond().get(fine) * length;
            arrived[bucket] += requests;
            Double share = series.sloAttainment().get(fine);
            if (share != null) {
                judged[bucket] += requests;
                attained[bucket] += requests * share;
            }
        }
        List<Bucket> buckets = new ArrayList<>();
        for (int bucket = 0; bucket < count; bucket++) {
            buckets.add(new Bucket(
                    bucket * width,
                    Math.min((bucket + 1) * width, proof.seconds()),
                    Math.round(arrived[bucket]),
                    judged[bucket] == 0 ? Double.NaN : attained[bucket] / judged[bucket],
                    proof.served().in(bucket)));
        }
        return buckets;
    }

    private static Requests requests(RequestCounts counts) {
        return new Requests(counts.arrived(), counts.completed(), counts.rejected(), counts.lost(), counts.retried());
    }

    private static Percentiles percentiles(Distribution times) {
        return new Percentiles(times.mean(), times.p50(), times.p90(), times.p95(), times.p99(), times.max());
    }

    private static double orNaN(@Nullable Double value) {
        return value == null ? Double.NaN : value;
    }
}
