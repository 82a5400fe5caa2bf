package io.ampacity.physics.calibration;

import io.ampacity.facts.Catalogue;
import io.ampacity.facts.Chip;
import io.ampacity.facts.Engine;
import io.ampacity.facts.Precision;
import io.ampacity.physics.Efficiencies;
import io.ampacity.physics.EfficiencyTable;
import io.ampacity.physics.ErrorBand;
import io.ampacity.physics.calibration.Errors.Metric;
import io.ampacity.physics.measurement.Measurement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Fits efficiencies for each chip, engine and precision that was measured. Deterministic.
 *
 * <p>Rows whose tokens were drafted are left out of fits: what they measure hangs on a setting that they do not tell.
 */
public final class Calibrator {

    /** Residual beyond which a row counts linearly: what a careful estimate is off by. */
    static final double SCALE = 0.08;

    /** Weight of belief against one row: neighbouring rows repeat each other's errors. */
    private static final double PULL = 3;

    /** Times to first token scatter with how a benchmark starts, and weigh less. */
    private static final double FIRST_TOKEN_WEIGHT = 0.3;

    /** How freely one chip and engine strays from what all have in common. */
    private static final double OWN_FREEDOM = 0.5;

    /** How freely the share of peak arithmetic strays where it stands for all that an offline rate loses. */
    private static final double UNKNOWN_ARITHMETIC = 1.5;

    /** The same where it was fitted before: other recipes, the same chip. */
    private static final double KNOWN_ARITHMETIC = 0.05;

    private static final int MOST_ROWS = 60;
    private static final int FITTED_WAVES = 3;
    private static final int CHECKED_WAVES = 4;
    private static final int EVALUATIONS = 20;

    private final Catalogue catalogue;
    private final @Nullable Function<Key, double[]> belief;

    /** Fits are pulled to {@link Efficiencies#TYPICAL}. */
    public Calibrator(Catalogue catalogue) {
        this(catalogue, null);
    }

    private Calibrator(Catalogue catalogue, @Nullable Function<Key, double[]> belief) {
        this.catalogue = catalogue;
        this.belief = belief;
    }

    /** A calibrator whose fits are pulled to what all the given rows have in common. */
    Calibrator sharing(List<Measurement> rows) {
        return new Calibrator(catalogue, SharedFit.of(this, rows)::times);
    }

    /** A calibrator whose fits are pulled to what a table already says of a chip, engine and precision. */
    public Calibrator refining(EfficiencyTable table) {
        return new Calibrator(catalogue, key -> {
            Chip chip = catalogue.chips().get(key.chip());
            return EfficiencyParameters.times(
                    chip == null
                            ? Efficiencies.TYPICAL
                            : table.resolve(chip, key.engine(), key.precision()).efficiencies());
        });
    }

    /** The catalogue's name of a row's model, the same for all its variants. */
    String modelId(Measurement measurement) {
        return Errors.model(measurement, catalogue).id();
    }

    /** Whether a chip multiplies four-bit floats, which tells Blackwell from its elders. */
    boolean hasFourBits(Key key) {
        Chip chip = catalogue.chips().get(key.chip());
        return chip != null && chip.peakFlops().containsKey(Precision.FP4);
    }

    /** What a calibration holds for: one chip, engine and precision. */
    public record Key(String chip, Engine engine, Precision precision) implements Comparable<Key> {

        @Override
        public int compareTo(Key other) {
            return Comparator.comparing(Key::chip)
                    .thenComparing(Key::engine)
                    .thenComparing(Key::precision)
                    .compare(this, other);
        }
    }

    /** The key of a measurement. */
    public Key key(Measurement measurement) {
        return new Key(
                Errors.chip(measurement, catalogue).id(),
                measurement.deployment().engine(),
                measurement.deployment().weights());
    }

    /** Fits one entry a key; the bands come from how far each model's rows lie from a fit without them. */
    public EfficiencyTable calibrate(List<Measurement> measurements, String source, String asOf) {
        return calibrate(measurements, source, asOf, null);
    }

    /** As {@link #calibrate(List, String, String)}, with bands of times from models that no fit saw. */
    EfficiencyTable calibrate(
            List<Measurement> measurements, String source, String asOf, @Nullable UnseenBands unseen) {
        Map<Key, List<Measurement>> groups = measurements.stream()
                .filter(measurement -> !measurement.speculative())
                .collect(Collectors.groupingBy(this::key, TreeMap::new, Collectors.toList()));
        List<EfficiencyTable.Entry> entries = new ArrayList<>();
        groups.forEach((key, rows) -> {
            Efficiencies fitted = fit(rows);
            List<Errors> heldOut = heldOut(rows, fitted);
            entries.add(new EfficiencyTable.Entry(
                    key.chip(),
                    key.engine(),
                    key.precision(),
                    fitted,
                    unseen == null ? Bands.of(heldOut, timeMetric(rows)) : unseen.time(),
                    unseen == null ? Bands.of(heldOut, Metric.TIME_TO_FIRST_TOKEN) : unseen.firstToken(key.engine()),
                    Bands.of(heldOut, Metric.WATTS),
                    source,
                    asOf,
                    rows.size()));
        });
        return new EfficiencyTable(PowerKin.spread(entries, groups, catalogue), catalogue.chips());
    }

    private static Metric timeMetric(List<Measurement> rows) {
        return rows.stream().anyMatch(row -> row.interTokenSeconds() != null) ? Metric.INTER_TOKEN : Metric.OUTPUT_RATE;
    }

    /** Fits one entry a key without bands, which is faster. */
    EfficiencyTable fitOnly(List<Measurement> measurements) {
        List<EfficiencyTable.Entry> entries = new ArrayList<>();
        measurements.stream()
                .filter(measurement -> !measurement.speculative())
                .collect(Collectors.groupingBy(this::key, TreeMap::new, Collectors.toList()))
                .forEach((key, rows) -> entries.add(new EfficiencyTable.Entry(
                        key.chip(),
                        key.engine(),
                        key.precision(),
                        fit(rows),
                        new ErrorBand(1, 1),
                        new ErrorBand(1, 1),
                        new ErrorBand(1, 1),
                        "fit",
                        "now",
                        rows.size())));
        return new EfficiencyTable(entries, catalogue.chips());
    }

    /**
     * A table with what is believed of keys that it lacks: no points stand behind those entries. Power and bands are those
     * of the chip's other entries.
     */
    EfficiencyTable believing(EfficiencyTable table, Collection<Key> keys) {
        Function<Key, double[]> believed = belief;
        if (believed == null) {
            return table;
        }
        List<EfficiencyTable.Entry> entries = new ArrayList<>(table.entries());
        for (Key key : new TreeSet<>(keys)) {
            List<EfficiencyTable.Entry> siblings = table.entries().stream()
                    .filter(entry -> entry.chip().equals(key.chip()))
                    .sorted(Comparator.comparing(entry -> entry.engine() != key.engine()))
                    .toList();
            boolean known = siblings.stream()
                    .anyMatch(entry -> entry.engine() == key.engine() && entry.precision() == key.precision());
            if (!known) {
                entries.add(believed(key, believed.apply(key), siblings));
            }
        }
        return new EfficiencyTable(entries, catalogue.chips());
    }

    private static EfficiencyTable.Entry believed(Key key, double[] times, List<EfficiencyTable.Entry> siblings) {
        if (siblings.isEmpty()) {
            ErrorBand none = new ErrorBand(1, 1);
            Efficiencies efficiencies = EfficiencyParameters.of(times, Efficiencies.TYPICAL.power());
            return new EfficiencyTable.Entry(
                    key.chip(), key.engine(), key.precision(), efficiencies, none, none, none, "fit", "now", 0);
        }
        EfficiencyTable.Entry sibling = siblings.getFirst();
        return new EfficiencyTable.Entry(
                key.chip(),
                key.engine(),
                key.precision(),
                EfficiencyParameters.of(times, sibling.efficiencies().power()),
                sibling.timeBand(),
                sibling.firstTokenBand(),
                sibling.powerBand(),
                sibling.source(),
                sibling.asOf(),
                0);
    }

    /** Each model's errors under a fit on the other models, where there are others; else under the fit itself. */
    private List<Errors> heldOut(List<Measurement> rows, Efficiencies fitted) {
        Map<String, List<Measurement>> byModel = rows.stream()
                .collect(Collectors.groupingBy(Measurement::model, LinkedHashMap::new, Collectors.toList()));
        if (byModel.size() < 2) {
            return errors(rows, fitted);
        }
        List<Errors> all = new ArrayList<>();
        byModel.forEach((model, held) -> all.addAll(errors(
                held,
                fit(rows.stream().filter(row -> !row.model().equals(model)).toList()))));
        return all;
    }

    /** Errors of rows under given efficiencies. */
    public List<Errors> errors(List<Measurement> rows, Efficiencies efficiencies) {
        return rows.stream()
                .map(row -> Errors.of(row, catalogue, efficiencies, CHECKED_WAVES))
                .toList();
    }

    /** Errors of rows under a table, each with what the table finds for it. */
    public List<Errors> errors(List<Measurement> rows, EfficiencyTable table) {
        return rows.stream()
                .map(row -> Errors.of(
                        row,
                        catalogue,
                        table.resolve(
                                        Errors.chip(row, catalogue),
                                        row.deployment().engine(),
                                        row.deployment().weights())
                                .efficiencies(),
                        CHECKED_WAVES))
                .toList();
    }

    /** Fits one set of efficiencies to rows of one chip, engine and precision. */
    public Efficiencies fit(List<Measurement> rows) {
        List<Measurement> some = thinned(rows, MOST_ROWS);
        if (some.stream().allMatch(row -> row.load() == Measurement.Load.OFFLINE)) {
            return fitOffline(some);
        }
        boolean power = some.stream().anyMatch(row -> row.watts() != null);
        boolean eager = some.stream().allMatch(row -> row.load() == Measurement.Load.ONE_BATCH);
        List<Parameter> times = belief == null || rows.isEmpty()
                ? eager ? EfficiencyParameters.ofAnotherAge() : EfficiencyParameters.TIMES
                : EfficiencyParameters.around(belief.apply(key(rows.getFirst())), OWN_FREEDOM);
        List<Parameter> parameters = power
                ? Stream.concat(times.stream(), EfficiencyParameters.POWER.stream())
                        .toList()
                : times;
        double[] values = RobustFit.fit(
                parameters,
                candidate -> residuals(some, efficiencies(candidate, power), true),
                SCALE,
                PULL,
                EVALUATIONS);
        return efficiencies(values, power);
    }

    private static Efficiencies efficiencies(double[] values, boolean power) {
        return power ? EfficiencyParameters.of(values) : EfficiencyParameters.of(values, Efficiencies.TYPICAL.power());
    }

    double[] residuals(List<Measurement> rows, Efficiencies efficiencies, boolean power) {
        return rows.stream()
                .flatMapToDouble(row ->
                        Errors.of(row, catalogue, efficiencies, FITTED_WAVES).logRatios().entrySet().stream()
                                .filter(error -> power || !ofPower(error.getKey()))
                                .mapToDouble(error -> error.getKey() == Metric.TIME_TO_FIRST_TOKEN
                                                && row.load() == Measurement.Load.CLOSED_LOOP
                                        ? FIRST_TOKEN_WEIGHT * error.getValue()
                                        : error.getValue()))
                .toArray();
    }

    private static boolean ofPower(Metric metric) {
        return metric == Metric.WATTS || metric == Metric.JOULES_PER_TOKEN;
    }

    /**
     * Offline rates tell one number and no more: the share of peak arithmetic, searched on its own while all else stays as
     * believed. All results of a model come from the same recipe, so each model counts once.
     */
    private Efficiencies fitOffline(List<Measurement> rows) {
        Efficiencies best = belief == null
                ? Efficiencies.TYPICAL
                : EfficiencyParameters.of(belief.apply(key(rows.getFirst())), Efficiencies.TYPICAL.power());
        double freedom = belief == null ? UNKNOWN_ARITHMETIC : KNOWN_ARITHMETIC;
        double[] values = EfficiencyParameters.times(best);
        double believed = values[EfficiencyParameters.COMPUTE];
        Map<String, List<Measurement>> models =
                rows.stream().collect(Collectors.groupingBy(Measurement::model, TreeMap::new, Collectors.toList()));
        double least = Double.POSITIVE_INFINITY;
        for (double compute = 0.15; compute <= 1; compute *= 1.02) {
            values[EfficiencyParameters.COMPUTE] = compute;
            Efficiencies candidate = EfficiencyParameters.of(values, Efficiencies.TYPICAL.power());
            double pull = Math.log(compute / believed) / freedom;
            double cost = pull * pull;
            for (List<Measurement> same : models.values()) {
                double residual =
                        RobustFit.huber(Bands.medianAbsolute(errors(same, candidate), Metric.OUTPUT_RATE) / SCALE);
                cost += residual * residual;
            }
            if (cost < least) {
                least = cost;
                best = candidate;
            }
        }
        return best;
    }

    /** At most so many rows, evenly over the list: more cost time and say little. */
    static List<Measurement> thinned(List<Measurement> rows, int most) {
        if (rows.size() <= most) {
            return rows;
        }
        List<Measurement> some = new ArrayList<>(most);
        for (int i = 0; i < most; i++) {
            some.add(rows.get((int) ((long) i * rows.size() / most)));
        }
        return some;
    }
}
