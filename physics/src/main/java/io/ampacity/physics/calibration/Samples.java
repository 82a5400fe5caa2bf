package io.ampacity.physics.calibration;

import io.ampacity.facts.Catalogue;
import io.ampacity.facts.Chip;
import io.ampacity.facts.LanguageModel;
import io.ampacity.physics.ChipSheet;
import io.ampacity.physics.Decoding;
import io.ampacity.physics.Efficiencies;
import io.ampacity.physics.EngineLimits;
import io.ampacity.physics.KernelModel;
import io.ampacity.physics.ServingPhysics;
import io.ampacity.physics.calibration.Errors.Metric;
import io.ampacity.physics.measurement.KernelTime;
import io.ampacity.physics.measurement.MeasuredTrace;
import io.ampacity.physics.measurement.Measurement;
import java.util.ArrayList;
import java.util.List;

/** Makes samples of what was measured. */
final class Samples {

    /** What a careful estimate of an operating point is off by. */
    private static final double POINT_SCALE = 0.08;

    /** Times to first token scatter with how a benchmark starts, and weigh less. */
    private static final double FIRST_TOKEN_WEIGHT = 0.3;

    /** What a replayed percentile is off by. */
    private static final double RUN_SCALE = 0.05;

    /** A percentile stands for hundreds of requests. */
    private static final double RUN_WEIGHT = 6;

    /** Kernels scatter with the shapes that a library was tuned for. */
    private static final double KERNEL_SCALE = 0.15;

    private static final int WAVES = 3;

    private final Catalogue catalogue;
    private final TraceReplay replay;

    Samples(Catalogue catalogue, TraceReplay replay) {
        this.catalogue = catalogue;
        this.replay = replay;
    }

    Sample of(Measurement point) {
        Chip chip = Errors.chip(point, catalogue);
        LanguageModel model = Errors.model(point, catalogue);
        return new Sample() {
            @Override
            public String model() {
                return model.id();
            }

            @Override
            public List<Deviation> deviations(Efficiencies efficiencies) {
                List<Deviation> deviations = new ArrayList<>();
                Errors.of(point, chip, model, efficiencies, WAVES).logRatios().forEach((metric, logRatio) -> {
                    boolean uncertain =
                            metric == Metric.TIME_TO_FIRST_TOKEN && point.load() == Measurement.Load.CLOSED_LOOP;
                    // Energy is power over rate: it follows from the two.
                    double weight = metric == Metric.JOULES_PER_TOKEN ? 0.5 : uncertain ? FIRST_TOKEN_WEIGHT : 1;
                    deviations.add(new Deviation(metric, logRatio, POINT_SCALE, weight));
                });
                return deviations;
            }
        };
    }

    Sample of(MeasuredTrace run) {
        Chip chip = Errors.chip(run.source(), run.chip(), catalogue);
        LanguageModel model = Errors.model(run.source(), run.model(), catalogue);
        EngineLimits usual = EngineLimits.of(chip, run.deployment());
        EngineLimits limits = run.batchedTokens() > 0 ? usual.withBatchedTokens(run.batchedTokens()) : usual;
        return new Sample() {
            @Override
            public String model() {
                return model.id();
            }

            @Override
            public List<Deviation> deviations(Efficiencies efficiencies) {
                return TraceErrors.of(
                                run,
                                replay.times(
                                        run,
                                        ServingPhysics.sketch(
                                                chip, model, run.deployment(), limits, efficiencies, Decoding.GREEDY)))
                        .stream()
                        .map(error -> new Deviation(
                                error.metric(),
                                error.logRatio(),
                                RUN_SCALE,
                                error.statistic().equals("mean") ? 2 * RUN_WEIGHT : RUN_WEIGHT))
                        .toList();
            }
        };
    }

    Sample of(KernelTime kernel) {
        ChipSheet sheet = ChipSheet.of(Errors.chip(kernel.source(), kernel.chip(), catalogue));
        return new Sample() {
            @Override
            public String model() {
                return "";
            }

            @Override
            public List<Deviation> deviations(Efficiencies efficiencies) {
                return List.of(new Deviation(
                        Metric.KERNEL,
                        Math.log(seconds(sheet, kernel, efficiencies) / kernel.seconds()),
                        KERNEL_SCALE,
                        1));
            }
        };
    }

    private static double seconds(ChipSheet sheet, KernelTime kernel, Efficiencies efficiencies) {
        return switch (kernel.kind()) {
            case MATRIX_PRODUCT ->
                KernelModel.productSeconds(
                        sheet.peak(kernel.precision()),
                        sheet.memoryBandwidth(),
                        efficiencies,
                        kernel.flops(),
                        kernel.bytes());
            case DECODE_ATTENTION -> KernelModel.attentionSeconds(sheet, efficiencies, kernel.flops(), kernel.bytes());
            case ALL_REDUCE -> KernelModel.sumSeconds(sheet, efficiencies, kernel.chips(), kernel.bytes());
        };
    }
}
