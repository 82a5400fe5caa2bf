package io.ampacity.physics.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.ampacity.facts.BuiltInCatalogue;
import io.ampacity.facts.Catalogue;
import io.ampacity.facts.Deployment;
import io.ampacity.facts.Engine;
import io.ampacity.facts.Precision;
import io.ampacity.physics.ChipSheet;
import io.ampacity.physics.Efficiencies;
import io.ampacity.physics.EfficiencyTable;
import io.ampacity.physics.KernelModel;
import io.ampacity.physics.PowerCoefficients;
import io.ampacity.physics.calibration.Errors.Metric;
import io.ampacity.physics.estimate.MeasuredPoint;
import io.ampacity.physics.measurement.KernelTime;
import io.ampacity.physics.measurement.Measured;
import io.ampacity.physics.measurement.Measurement;
import io.ampacity.physics.measurement.MeasurementException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FittingTest {

    private static final Catalogue CATALOGUE = BuiltInCatalogue.load();

    private final Fitting fitting = new Fitting(
            CATALOGUE,
            (trace, model) -> {
                throw new AssertionError("no run was given");
            },
            EfficiencyTable.shipped());

    /** Operating points as a chip with these efficiencies would show them. */
    private static List<Measurement> points(Efficiencies truth, String... models) {
        List<Measurement> points = new ArrayList<>();
        for (String model : models) {
            for (int sequences : new int[] {1, 4, 16, 48, 96, 160}) {
                Measurement asked = point(model, sequences, null, null);
                MeasuredPoint seen = MeasuredPoint.of(
                        asked,
                        CATALOGUE.chip("h100-sxm").orElseThrow(),
                        CATALOGUE.model(model).orElseThrow(),
                        truth,
                        3);
                points.add(point(model, sequences, seen.interTokenSeconds(), seen.watts()));
            }
        }
        return points;
    }

    private static Measurement point(
            String model,
            int sequences,
            @org.jspecify.annotations.Nullable Double seconds,
            @org.jspecify.annotations.Nullable Double watts) {
        return new Measurement(
                "made:" + sequences,
                "h100-sxm",
                model,
                Deployment.tensorParallel(1),
                Measurement.Load.BATCH,
                300,
                400,
                sequences,
                0,
                false,
                1,
                null,
                seconds,
                null,
                watts);
    }

    private static Efficiencies truth(double memory, double compute, PowerCoefficients power) {
        double[] values = EfficiencyParameters.times(Efficiencies.TYPICAL);
        values[0] = memory;
        values[EfficiencyParameters.COMPUTE] = compute;
        return EfficiencyParameters.of(values, power);
    }

    private static Measured measured(List<Measurement> points, List<KernelTime> kernels) {
        return new Measured(points, List.of(), kernels, List.of());
    }

    @Test
    void efficienciesBehindMeasurementsAreFoundAndCheckedOnModelsKeptOut() {
        Efficiencies truth = truth(0.8, 0.62, Efficiencies.TYPICAL.power());
        Measured measured = measured(points(truth, "llama-3.1-8b", "qwen3-32b"), List.of());
        Fitted fitted = fitting.fit(fitting.groups(measured).getFirst(), "made", "2026-01-01");
        assertThat(fitted.entry().efficiencies().memory()).isCloseTo(0.8, withinPercentage(8));
        assertThat(fitted.residuals().medianAbsolute(Metric.INTER_TOKEN)).isLessThan(0.04);
        assertThat(fitted.check()).extracting(Fitted.HeldOut::model).containsExactly("llama-3.1-8b", "qwen3-32b");
        for (Fitted.HeldOut held : fitted.check()) {
            assertThat(held.errors().medianAbsolute(Metric.INTER_TOKEN)).isLessThan(0.06);
            assertThat(held.errors().count(Metric.INTER_TOKEN)).isEqualTo(6);
        }
        Fitted.FittedParameter memory = fitted.parameters().getFirst();
        assertThat(memory.told()).isGreaterThan(0.3);
        assertThat(memory.low()).isLessThan(memory.value());
        assertThat(memory.high()).isGreaterThan(memory.value());
    }

    @Test
    void whatWasNotMeasuredIsNotTold() {
        Measured measured = measured(points(truth(0.8, 0.7, Efficiencies.TYPICAL.power()), "llama-3.1-8b"), List.of());
        Fitted fitted = fitting.fit(fitting.groups(measured).getFirst(), "made", "2026-01-01");
        assertThat(fitted.parameters())
                .filteredOn(parameter -> parameter.name().startsWith("link"))
                .hasSize(2)
                .allSatisfy(parameter -> {
                    assertThat(parameter.told()).isLessThan(0.01);
                    assertThat(parameter.value()).isCloseTo(parameter.typical(), withinPercentage(1));
                });
        assertThat(fitted.check()).isEmpty();
        assertThat(fitted.entry().timeBand().high())
                .as("wide, as nothing checks it")
                .isGreaterThan(1.15);
    }

    @Test
    void kernelsTellTheirTermsAndTheClosestChipLendsTheOthers() {
        ChipSheet sheet = ChipSheet.of(CATALOGUE.chip("h200-sxm").orElseThrow());
        Efficiencies truth = truth(0.8, 0.6, Efficiencies.TYPICAL.power());
        List<KernelTime> kernels = new ArrayList<>();
        for (int tokens : new int[] {1, 16, 256, 2048, 8192}) {
            for (double columns : new double[] {8192, 28672, 57344}) {
                double flops = 2.0 * tokens * columns * 8192;
                double bytes = columns * 8192 * 2;
                double seconds = KernelModel.productSeconds(
                        sheet.peak(Precision.BF16), sheet.memoryBandwidth(), truth, flops, bytes);
                kernels.add(new KernelTime(
                        "made",
                        "h200-sxm",
                        Engine.VLLM,
                        Precision.BF16,
                        KernelTime.Kind.MATRIX_PRODUCT,
                        flops,
                        bytes,
                        1,
                        seconds));
            }
        }
        Fitted fitted = fitting.fit(fitting.groups(measured(List.of(), kernels)).getFirst(), "made", "2026-01-01");
        Efficiencies kin = EfficiencyTable.shipped()
                .resolve(CATALOGUE.chip("h200-sxm").orElseThrow(), Engine.VLLM, Precision.BF16)
                .efficiencies();
        assertThat(fitted.entry().efficiencies().compute())
                .as("kernels are believed by half")
                .isCloseTo(Math.sqrt(0.6 * kin.compute()), withinPercentage(5));
        assertThat(fitted.entry().efficiencies().memory())
                .isCloseTo(Math.sqrt(0.8 * kin.memory()), withinPercentage(5));
        assertThat(fitted.entry().efficiencies().stepSeconds()).isCloseTo(kin.stepSeconds(), withinPercentage(1));
        assertThat(fitted.entry().efficiencies().power()).isEqualTo(kin.power());
    }

    @Test
    void unknownChipsAndModelsAreNamedBeforeAnythingIsFitted() {
        Measurement stranger = point("no-such-model", 4, 0.01, null);
        assertThatThrownBy(() -> fitting.groups(measured(List.of(stranger), List.of())))
                .isInstanceOf(MeasurementException.class)
                .hasMessageContaining("no-such-model")
                .hasMessageContaining("made:4");
    }
}
