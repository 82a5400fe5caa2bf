package io.ampacity.physics.calibration;

import io.ampacity.facts.Engine;
import io.ampacity.facts.Precision;
import io.ampacity.physics.Efficiencies;
import io.ampacity.physics.measurement.Measurement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What efficiencies of all chips, engines and precisions have in common, fitted to all their measurements at once.
 *
 * <p>Idea: an engine launches kernels the same way on every chip, and a generation of chips multiplies the same way under
 * every engine. Each parameter is therefore a base times one factor for each trait that applies (this engine, this
 * generation, this format). A chip and engine measured on one model only still learns from the others what that model
 * could not tell.
 *
 * <p>Cost: a trait moves only the rows it applies to; residuals of all others are remembered.
 */
final class SharedFit {

    private static final int ROWS_OF_A_MODEL = 16;
    private static final int EVALUATIONS = 14;
    /**
     * Weight of belief against one row. Rows of one campaign share its engine's version and settings and so repeat each
     * other's errors; with less, one old release speaks for its engine.
     */
    private static final double PULL = 8;

    private static final int REMEMBERED = 96;

    private final Calibrator calibrator;
    private final List<Trait> traits = new ArrayList<>();
    private final double[] values;

    /** A factor on one parameter wherever a trait applies. */
    private record Trait(int parameter, Predicate<Calibrator.Key> applies, Parameter factor) {}

    private SharedFit(Calibrator calibrator, List<Measurement> rows) {
        this.calibrator = calibrator;
        declare();
        Map<Calibrator.Key, List<Measurement>> groups = rows.stream()
                .filter(row -> !row.speculative() && row.load() != Measurement.Load.OFFLINE)
                .collect(Collectors.groupingBy(calibrator::key, TreeMap::new, Collectors.toList()));
        groups.replaceAll((key, all) -> thinned(all));
        List<Parameter> parameters = new ArrayList<>(EfficiencyParameters.TIMES);
        traits.forEach(trait -> parameters.add(trait.factor()));
        Map<Calibrator.Key, Map<List<Double>, double[]>> remembered = new HashMap<>();
        this.values = RobustFit.fit(
                parameters, candidate -> residuals(groups, candidate, remembered), Calibrator.SCALE, PULL, EVALUATIONS);
    }

    /** Fits what all rows share. */
    static SharedFit of(Calibrator calibrator, List<Measurement> rows) {
        return new SharedFit(calibrator, rows);
    }

    /** Values of {@link EfficiencyParameters#TIMES} for a chip, engine and precision, measured or not. */
    double[] times(Calibrator.Key key) {
        return times(key, values);
    }

    private void declare() {
        Predicate<Calibrator.Key> blackwell = calibrator::hasFourBits;
        Predicate<Calibrator.Key> eight = key -> key.precision() == Precision.FP8;
        Predicate<Calibrator.Key> four = key -> key.precision() == Precision.FP4;
        trait("memory", four, 0.75, 0.2);
        trait("memory", blackwell, 0.1);
        trait("attentionMemory", blackwell, 0.85, 0.2);
        trait("compute", eight, 0.2);
        trait("compute", four, 0.2);
        trait("compute", blackwell, 0.7, 0.2);
        trait("attentionCompute", blackwell, 0.2);
        trait("latentCompute", blackwell, 0.2);
        trait("expert", blackwell, 0.2);
        trait("expertCompute", blackwell, 0.8, 0.3);
        trait("expertCompute", blackwell.and(eight), 0.7, 0.3);
        trait("layerSeconds", blackwell, 0.2);
        trait("layerSeconds", eight.or(four), 0.2);
        trait("promptLayerSeconds", blackwell, 0.3);
        trait("requestSeconds", blackwell, 0.4);
        for (Engine engine : Engine.values()) {
            Predicate<Calibrator.Key> own = key -> key.engine() == engine;
            trait("linkSeconds", own, 0.3);
            trait("stepSeconds", own, 0.8);
            trait("layerSeconds", own, 0.5);
            trait("promptLayerSeconds", own, 0.5);
            trait("sequenceSeconds", own, 0.5);
            trait("requestSeconds", own, 0.5);
        }
    }

    private void trait(String parameter, Predicate<Calibrator.Key> applies, double freedom) {
        trait(parameter, applies, 1, freedom);
    }

    private void trait(String parameter, Predicate<Calibrator.Key> applies, double typical, double freedom) {
        traits.add(new Trait(
                EfficiencyParameters.place(parameter),
                applies,
                new Parameter(parameter + " factor", typical, 1.0 / 16, 16, freedom)));
    }

    private double[] times(Calibrator.Key key, double[] candidate) {
        int count = EfficiencyParameters.TIMES.size();
        double[] times = Arrays.copyOf(candidate, count);
        for (int i = 0; i < traits.size(); i++) {
            Trait trait = traits.get(i);
            if (trait.applies().test(key)) {
                times[trait.parameter()] *= candidate[count + i];
            }
        }
        for (int i = 0; i < count; i++) {
            Parameter parameter = EfficiencyParameters.TIMES.get(i);
            times[i] = Math.clamp(times[i], parameter.low(), parameter.high());
        }
        return times;
    }

    private double[] residuals(
            Map<Calibrator.Key, List<Measurement>> groups,
            double[] candidate,
            Map<Calibrator.Key, Map<List<Double>, double[]>> remembered) {
        List<double[]> parts = new ArrayList<>();
        groups.forEach((key, rows) -> {
            double[] times = times(key, candidate);
            Map<List<Double>, double[]> known = remembered.computeIfAbsent(key, absent -> new HashMap<>());
            if (known.size() > REMEMBERED) {
                known.clear();
            }
            parts.add(known.computeIfAbsent(
                    Arrays.stream(times).boxed().toList(),
                    absent -> calibrator.residuals(
                            rows, EfficiencyParameters.of(times, Efficiencies.TYPICAL.power()), false)));
        });
        return parts.stream().flatMapToDouble(Arrays::stream).toArray();
    }

    /** At most {@value #ROWS_OF_A_MODEL} rows of each model, evenly over them, so that no campaign outvotes the others. */
    private static List<Measurement> thinned(List<Measurement> rows) {
        return rows.stream()
                .collect(Collectors.groupingBy(Measurement::model, TreeMap::new, Collectors.toList()))
                .values()
                .stream()
                .flatMap(some -> Calibrator.thinned(some, ROWS_OF_A_MODEL).stream())
                .toList();
    }
}
