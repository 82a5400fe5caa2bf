package io.ampacity.cli;

import io.ampacity.simulator.report.PoolSeries;
import io.ampacity.simulator.report.Series;
import io.ampacity.simulator.report.SimulationResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Every series of a replay as CSV: a row a scope, name and bucket; a field is empty where a scope has no such figure. */
final class SeriesText {

    private static final String HEADER = "scope,name,start_s,seconds,arrivals_per_s,completions_per_s,"
            + "output_tokens_per_s,outstanding,queued,running,kv_use,slo_attainment,facility_watts";

    private SeriesText() {}

    static String of(SimulationResult result) {
        StringBuilder text = new StringBuilder(HEADER).append('\n');
        double end = result.simulatedSeconds();
        rows(text, "total", "", result.series(), end);
        for (Map.Entry<String, Series> one : result.seriesByWorkload().entrySet()) {
            rows(text, "workload", one.getKey(), one.getValue(), end);
        }
        for (Map.Entry<String, PoolSeries> one : result.seriesByPool().entrySet()) {
            rows(text, one.getKey(), one.getValue(), end);
        }
        return text.toString();
    }

    private static void rows(StringBuilder text, String scope, String name, Series series, double end) {
        for (int bucket = 0; bucket < series.facilityWatts().size(); bucket++) {
            row(
                    text,
                    scope,
                    name,
                    bucket * series.bucketSeconds(),
                    Math.min(series.bucketSeconds(), end - bucket * series.bucketSeconds()),
                    values(
                            series.arrivalsPerSecond().get(bucket),
                            series.completionsPerSecond().get(bucket),
                            series.outputTokensPerSecond().get(bucket),
                            series.meanOutstanding().get(bucket),
                            series.meanQueued().get(bucket),
                            series.meanRunning().get(bucket),
                            series.meanKvUse().get(bucket),
                            series.sloAttainment().get(bucket),
                            series.facilityWatts().get(bucket)));
        }
    }

    private static void rows(StringBuilder text, String pool, PoolSeries series, double end) {
        for (int bucket = 0; bucket < series.facilityWatts().size(); bucket++) {
            row(
                    text,
                    "pool",
                    pool,
                    bucket * series.bucketSeconds(),
                    Math.min(series.bucketSeconds(), end - bucket * series.bucketSeconds()),
                    values(
                            null,
                            null,
                            null,
                            null,
                            series.meanQueued().get(bucket),
                            series.meanRunning().get(bucket),
                            series.meanKvUse().get(bucket),
                            null,
                            series.facilityWatts().get(bucket)));
        }
    }

    private static List<@Nullable Double> values(@Nullable Double... values) {
        List<@Nullable Double> list = new ArrayList<>();
        for (Double value : values) {
            list.add(value);
        }
        return list;
    }

    private static void row(
            StringBuilder text,
            String scope,
            String name,
            double start,
            double seconds,
            List<@Nullable Double> values) {
        text.append(scope).append(',').append(CsvText.of(name)).append(',');
        text.append(start).append(',').append(seconds);
        for (Double value : values) {
            text.append(',');
            if (value != null) {
                text.append(value.doubleValue());
            }
        }
        text.append('\n');
    }
}
