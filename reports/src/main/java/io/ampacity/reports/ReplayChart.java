package io.ampacity.reports;

import io.ampacity.reports.ProofView.Bucket;
import io.ampacity.reports.ProofView.Loss;
import io.ampacity.reports.paper.Chart;
import io.ampacity.reports.paper.PlainText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A replay over time: what arrived, how much of it was answered in time, and by whom. */
final class ReplayChart {

    private ReplayChart() {}

    /** The chart with at most {@code most} buckets; neighbours are merged to get there. */
    static Chart.Timeline of(PlanReading reading, ProofView proof, int most) {
        List<Bucket> buckets = merged(proof.buckets(), most);
        List<Double> starts = new ArrayList<>();
        List<Double> rates = new ArrayList<>();
        List<Double> attained = new ArrayList<>();
        Set<String> suppliers = new LinkedHashSet<>();
        for (Bucket bucket : buckets) {
            double length = bucket.endSeconds() - bucket.startSeconds();
            starts.add(bucket.startSeconds());
            rates.add(length > 0 ? bucket.arrived() / length : Double.NaN);
            attained.add(bucket.sloAttainment());
            suppliers.addAll(bucket.servedBySupplier().keySet());
        }
        List<Chart.Series> shares = new ArrayList<>();
        for (String supplier : ordered(reading, suppliers)) {
            List<Double> values = new ArrayList<>();
            for (Bucket bucket : buckets) {
                long all = bucket.servedBySupplier().values().stream()
                        .mapToLong(Long::longValue)
                        .sum();
                long own = bucket.servedBySupplier().getOrDefault(supplier, 0L);
                values.add(all > 0 ? (double) own / all : Double.NaN);
            }
            shares.add(new Chart.Series(reading.supplierName(supplier), reading.hue(supplier), values));
        }
        List<Chart.Panel> panels = new ArrayList<>();
        panels.add(new Chart.Panel(
                "Requests arriving",
                Chart.Scale.RATE,
                false,
                null,
                null,
                List.of(new Chart.Series("Arriving", Chart.Series.NEUTRAL, rates))));
        panels.add(new Chart.Panel(
                "Answered in time",
                Chart.Scale.SHARE,
                false,
                1.0,
                null,
                List.of(new Chart.Series("In time", Chart.Series.NEUTRAL, attained))));
        if (!shares.isEmpty()) {
            panels.add(new Chart.Panel("Answered by", Chart.Scale.SHARE, true, 1.0, null, shares));
        }
        List<Chart.Window> windows = new ArrayList<>();
        for (Loss loss : proof.losses()) {
            windows.add(new Chart.Window(
                    nameOf(reading, loss) + (loss.of() == ProofView.LossOf.TROUBLE ? "" : " lost"),
                    loss.startSeconds(),
                    loss.endSeconds()));
        }
        double end = buckets.isEmpty() ? 0 : buckets.getLast().endSeconds();
        return new Chart.Timeline("The replay over time", starts, end, panels, windows);
    }

    static String nameOf(PlanReading reading, Loss loss) {
        return switch (loss.of()) {
            case SUPPLIER -> reading.supplierName(loss.id());
            case SITE -> "site " + PlainText.name(loss.id());
            case PART, TROUBLE -> PlainText.name(loss.id());
        };
    }

    private static List<String> ordered(PlanReading reading, Set<String> suppliers) {
        List<String> ordered = new ArrayList<>(reading.supplierOrder());
        ordered.retainAll(suppliers);
        for (String supplier : suppliers) {
            if (!ordered.contains(supplier)) {
                ordered.add(supplier);
            }
        }
        return ordered;
    }

    /** Sums of neighbours; attainment is weighed by arrivals. */
    static List<Bucket> merged(List<Bucket> buckets, int most) {
        if (buckets.size() <= most) {
            return buckets;
        }
        int together = (buckets.size() + most - 1) / most;
        List<Bucket> merged = new ArrayList<>();
        for (int from = 0; from < buckets.size(); from += together) {
            merged.add(sum(buckets.subList(from, Math.min(from + together, buckets.size()))));
        }
        return merged;
    }

    private static Bucket sum(List<Bucket> buckets) {
        long arrived = 0;
        double inTime = 0;
        long measured = 0;
        Map<String, Long> served = new LinkedHashMap<>();
        for (Bucket bucket : buckets) {
            arrived += bucket.arrived();
            if (!Double.isNaN(bucket.sloAttainment())) {
                inTime += bucket.sloAttainment() * bucket.arrived();
                measured += bucket.arrived();
            }
            bucket.servedBySupplier().forEach((supplier, count) -> served.merge(supplier, count, Long::sum));
        }
        return new Bucket(
                buckets.getFirst().startSeconds(),
                buckets.getLast().endSeconds(),
                arrived,
                measured > 0 ? inTime / measured : Double.NaN,
                served);
    }
}
