package io.ampacity.physics.calibration;

import io.ampacity.facts.Catalogue;
import io.ampacity.facts.Engine;
import io.ampacity.facts.Precision;
import io.ampacity.physics.ChipSheet;
import io.ampacity.physics.Efficiencies;
import io.ampacity.physics.EfficiencyTable;
import io.ampacity.physics.ErrorBand;
import io.ampacity.physics.PowerCoefficients;
import io.ampacity.physics.calibration.Errors.Metric;
import io.ampacity.physics.measurement.KernelTime;
import io.ampacity.physics.measurement.Measured;
import io.ampacity.physics.measurement.MeasuredTrace;
import io.ampacity.physics.measurement.Measurement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Calibration as users run it: operating points, runs of requests and kernel times of one chip, engine and precision
 * fitted together, each parameter with how well it is known, and a check on models that a fit did not see. Pure;
 * thread-safe as far as its replay is.
 *
 * <p>Fits start from typical values, so that a check says what it seems to say. Only where nothing but kernels was
 * measured do the terms that no kernel tells start from the closest calibrated chip.
 */
public final class Fitting {

    private static final int MOST_POINTS = 60;
    private static final int MOST_KERNELS = 300;
    private static final int EVALUATIONS = 20;

    /** Operating points of one benchmark repeat each other's errors. */
    private static final double PULL = 3;

    /** Below this a kernel's time is that of starting it, which a step counts with its small kernels. */
    private static double shortest(KernelTime.Kind kind) {
        return switch (kind) {
            case MATRIX_PRODUCT -> 40e-6;
            case DECODE_ATTENTION -> 200e-6;
            case ALL_REDUCE -> 0;
        };
    }

    /**
     * A sum shorter than this is the library's (NCCL), while engines sum so little with kernels of their own wherever
     * chips reach each other's memory: on H100 NCCL takes 6.6 µs and an engine 3.
     */
    private static final double SHORT_SUM = 100e-6;

    private boolean tells(KernelTime kernel) {
        boolean own = kernel.kind() == KernelTime.Kind.ALL_REDUCE
                && ChipSheet.of(Errors.chip(kernel.source(), kernel.chip(), catalogue))
                        .reachesMemoryOfOthers();
        return kernel.seconds() >= (own ? SHORT_SUM : shortest(kernel.kind()));
    }

    /** How far the share of peak arithmetic may stray where it stands for all that an offline rate loses. */
    private static final double OFFLINE_FREEDOM = 1.5;

    /** Least bands where no other model checks them: what one more model has shown to differ. */
    private static final ErrorBand UNCHECKED_TIME = new ErrorBand(0.85, 1.18);

    private static final ErrorBand UNCHECKED_FIRST_TOKEN = new ErrorBand(0.7, 1.45);

    private final Catalogue catalogue;
    private final Samples samples;
    private final EfficiencyTable known;

    /** @param known what was calibrated before, which lends what the measurements do not tell */
    public Fitting(Catalogue catalogue, TraceReplay replay, EfficiencyTable known) {
        this.catalogue = catalogue;
        this.samples = new Samples(catalogue, replay);
        this.known = known;
    }

    /**
     * What was measured of one chip, engine and precision.
     *
     * @param drafted points left out because their tokens were drafted
     */
    public record Group(
            Calibrator.Key key,
            List<Measurement> points,
            List<MeasuredTrace> runs,
            List<KernelTime> kernels,
            int drafted) {

        boolean onlyKernels() {
            return points.isEmpty() && runs.isEmpty();
        }

        /** Offline rates tell one number and no more: the share of peak arithmetic. */
        boolean onlyOffline() {
            return runs.isEmpty()
                    && !points.isEmpty()
                    && points.stream().allMatch(point -> point.load() == Measurement.Load.OFFLINE);
        }

        boolean hasWatts() {
            return points.stream().anyMatch(point -> point.watts() != null);
        }
    }

    /** Sorts what was measured by chip, engine and precision. */
    public List<Group> groups(Measured measured) {
        Map<Calibrator.Key, Group> groups = new TreeMap<>();
        for (Measurement point : measured.points()) {
            Errors.model(point, catalogue);
            Group group = group(
                    groups,
                    point.source(),
                    point.chip(),
                    point.deployment().engine(),
                    point.deployment().weights());
            if (point.speculative()) {
                groups.put(
                        group.key(),
                        new Group(group.key(), group.points(), group.runs(), group.kernels(), group.drafted() + 1));
            } else {
                group.points().add(point);
            }
        }
        for (MeasuredTrace run : measured.runs()) {
            Errors.model(run.source(), run.model(), catalogue);
            group(
                            groups,
                            run.source(),
                            run.chip(),
                            run.deployment().engine(),
                            run.deployment().weights())
                    .runs()
                    .add(run);
        }
        List<KernelTime> kernels =
                measured.kernels().stream().filter(this::tells).toList();
        for (KernelTime kernel : kernels) {
            if (kernel.kind() == KernelTime.Kind.MATRIX_PRODUCT) {
                group(groups, kernel.source(), kernel.chip(), kernel.engine(), kernel.precision())
                        .kernels()
                        .add(kernel);
            }
        }
        for (KernelTime kernel : kernels) {
            if (kernel.kind() != KernelTime.Kind.MATRIX_PRODUCT) {
                share(groups, kernel);
            }
        }
        return groups.values().stream()
                .filter(group -> !group.onlyKernels() || !group.kernels().isEmpty())
                .toList();
    }

    /** Attention and sums are the same whatever the weights, so every precision of the chip hears of them. */
    private void share(Map<Calibrator.Key, Group> groups, KernelTime kernel) {
        String chip = Errors.chip(kernel.source(), kernel.chip(), catalogue).id();
        List<Group> sharing = groups.values().stream()
                .filter(group -> group.key().chip().equals(chip)
                        && (group.key().engine() == kernel.engine() || kernel.kind() == KernelTime.Kind.ALL_REDUCE))
                .toList();
        if (sharing.isEmpty()) {
            sharing = List.of(group(groups, kernel.source(), kernel.chip(), kernel.engine(), kernel.precision()));
        }
        sharing.forEach(group -> group.kernels().add(kernel));
    }

    private Group group(
            Map<Calibrator.Key, Group> groups, String source, String chip, Engine engine, Precision precision) {
        Calibrator.Key key =
                new Calibrator.Key(Errors.chip(source, chip, catalogue).id(), engine, precision);
        return groups.computeIfAbsent(
                key, absent -> new Group(absent, new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), 0));
    }

    /** Fits one group and checks the fit. */
    public Fitted fit(Group group, String source, String asOf) {
        EfficiencyTable.Resolved kin = known.resolve(
                Errors.chip(group.key().chip(), group.key().chip(), catalogue),
                group.key().engine(),
                group.key().precision());
        List<Sample> fitted = samples(group, model -> true, true);
        List<Parameter> parameters = parameters(group, typical(group), kin.efficiencies());
        RobustFit.Fit fit = fit(group, fitted, parameters, kin);
        Efficiencies efficiencies = efficiencies(fit.values(), kin);
        List<Sample> all = samples(group, model -> true, false);
        Errors.Summary residuals = Errors.Summary.of(all, efficiencies);
        List<Fitted.HeldOut> check = heldOut(group, kin);
        Errors.Summary outside = check.isEmpty()
                ? residuals
                : check.stream()
                        .map(Fitted.HeldOut::errors)
                        .reduce(Errors.Summary::and)
                        .orElse(residuals);
        EfficiencyTable.Entry entry = new EfficiencyTable.Entry(
                group.key().chip(),
                group.key().engine(),
                group.key().precision(),
                efficiencies,
                group.onlyKernels() ? kin.timeBand() : timeBand(outside, check.isEmpty()),
                group.onlyKernels() ? kin.firstTokenBand() : firstTokenBand(outside, check.isEmpty()),
                group.hasWatts() ? outside.band(Metric.WATTS) : kin.powerBand(),
                source,
                asOf,
                count(group));
        return new Fitted(
                entry,
                group.points().size(),
                group.runs().stream().mapToInt(MeasuredTrace::requests).sum(),
                group.kernels().size(),
                group.drafted(),
                told(parameters, fit),
                residuals,
                check);
    }

    /**
     * Half way, in logarithms, between what was believed and what kernels say. Kernels timed alone are no server: those of an
     * H100 put its bandwidth 4 % below, its arithmetic a fifth above and its attention two fifths below what its engines
     * reach, about as far off as another chip's values are.
     */
    private static RobustFit.Fit halfBelieved(List<Parameter> parameters, RobustFit.Fit fit) {
        double[] half = new double[fit.values().length];
        for (int i = 0; i < half.length; i++) {
            half[i] = Math.sqrt(fit.values()[i] * parameters.get(i).typical());
        }
        return new RobustFit.Fit(half, fit.freedoms());
    }

    private static int count(Group group) {
        return group.points().size()
                + group.kernels().size()
                + group.runs().stream().mapToInt(MeasuredTrace::requests).sum();
    }

    private static ErrorBand timeBand(Errors.Summary errors, boolean unchecked) {
        Metric metric = errors.has(Metric.INTER_TOKEN) ? Metric.INTER_TOKEN : Metric.OUTPUT_RATE;
        ErrorBand band = errors.band(metric);
        return unchecked ? widest(band, UNCHECKED_TIME) : band;
    }

    private static ErrorBand firstTokenBand(Errors.Summary errors, boolean unchecked) {
        ErrorBand band = errors.band(Metric.TIME_TO_FIRST_TOKEN);
        return unchecked ? widest(band, UNCHECKED_FIRST_TOKEN) : band;
    }

    private static ErrorBand widest(ErrorBand one, ErrorBand other) {
        return new ErrorBand(Math.min(one.low(), other.low()), Math.max(one.high(), other.high()));
    }

    /** Each model kept out of a fit on the others; empty when there is only one. */
    private List<Fitted.HeldOut> heldOut(Group group, EfficiencyTable.Resolved kin) {
        Set<String> models = new LinkedHashSet<>();
        for (Sample sample : samples(group, model -> true, false)) {
            if (!sample.model().isEmpty()) {
                models.add(sample.model());
            }
        }
        List<Fitted.HeldOut> check = new ArrayList<>();
        if (models.size() < 2) {
            return check;
        }
        for (String model : models) {
            List<Sample> others = samples(group, candidate -> !candidate.equals(model), true);
            List<Sample> held = samples(group, candidate -> candidate.equals(model), false);
            Efficiencies efficiencies = efficiencies(
                    fit(group, others, parameters(group, typical(group), kin.efficiencies()), kin)
                            .values(),
                    kin);
            check.add(new Fitted.HeldOut(model, Errors.Summary.of(held, efficiencies)));
        }
        return check;
    }

    /** Samples of the models wanted; kernels, which have none, are always among those that are fitted. */
    private List<Sample> samples(Group group, Predicate<String> wanted, boolean toFit) {
        List<Sample> chosen = new ArrayList<>();
        List<Sample> points = group.points().stream()
                .map(samples::of)
                .filter(sample -> wanted.test(sample.model()))
                .toList();
        chosen.addAll(toFit ? Thinned.of(points, MOST_POINTS) : points);
        group.runs().stream()
                .map(samples::of)
                .filter(sample -> wanted.test(sample.model()))
                .forEach(chosen::add);
        if (toFit || wanted.test("")) {
            for (KernelTime.Kind kind : KernelTime.Kind.values()) {
                List<Sample> kernels = group.kernels().stream()
                        .filter(kernel -> kernel.kind() == kind)
                        .map(samples::of)
                        .toList();
                chosen.addAll(Thinned.of(kernels, MOST_KERNELS));
            }
        }
        return chosen;
    }

    private Efficiencies typical(Group group) {
        return Efficiencies.typicalOf(
                Errors.chip(group.key().chip(), group.key().chip(), catalogue));
    }

    private static List<Parameter> parameters(Group group, Efficiencies typical, Efficiencies kin) {
        List<Parameter> parameters =
                new ArrayList<>(EfficiencyParameters.around(EfficiencyParameters.times(typical), 1));
        if (group.onlyKernels()) {
            double[] values = EfficiencyParameters.times(kin);
            for (int i = 0; i < values.length; i++) {
                parameters.set(i, parameters.get(i).around(values[i]));
            }
        }
        if (group.onlyOffline()) {
            parameters.set(
                    EfficiencyParameters.COMPUTE,
                    parameters.get(EfficiencyParameters.COMPUTE).withFreedom(OFFLINE_FREEDOM));
        }
        if (group.hasWatts()) {
            parameters.addAll(EfficiencyParameters.POWER);
        }
        return parameters;
    }

    private static RobustFit.Fit fit(
            Group group, List<Sample> fitted, List<Parameter> parameters, EfficiencyTable.Resolved kin) {
        Function<double[], double[]> residuals = candidate -> {
            Efficiencies efficiencies = efficiencies(candidate, kin);
            return fitted.stream()
                    .flatMapToDouble(
                            sample -> sample.deviations(efficiencies).stream().mapToDouble(Sample.Deviation::residual))
                    .toArray();
        };
        double step = group.runs().isEmpty() ? RobustFit.STEP : RobustFit.WIDE_STEP;
        RobustFit.Fit fit = RobustFit.robust(parameters, residuals, PULL, step, EVALUATIONS);
        return group.onlyKernels() ? halfBelieved(parameters, fit) : fit;
    }

    private static Efficiencies efficiencies(double[] values, EfficiencyTable.Resolved kin) {
        PowerCoefficients power = kin.efficiencies().power();
        return values.length > EfficiencyParameters.TIMES.size()
                ? EfficiencyParameters.of(values)
                : EfficiencyParameters.of(values, power);
    }

    private static List<Fitted.FittedParameter> told(List<Parameter> parameters, RobustFit.Fit fit) {
        List<Fitted.FittedParameter> told = new ArrayList<>();
        for (int i = 0; i < parameters.size(); i++) {
            told.add(Fitted.FittedParameter.of(parameters.get(i), fit.values()[i], fit.freedoms()[i]));
        }
        return told;
    }
}
