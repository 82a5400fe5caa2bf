package io.ampacity.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.ampacity.facts.BuiltInCatalogue;
import io.ampacity.facts.Catalogue;
import io.ampacity.facts.Deployment;
import io.ampacity.physics.EfficiencyTable;
import io.ampacity.physics.ServingPhysics;
import io.ampacity.physics.StepModel;
import io.ampacity.physics.calibration.Errors.Metric;
import io.ampacity.physics.calibration.Fitted;
import io.ampacity.physics.calibration.Fitting;
import io.ampacity.physics.calibration.TraceReplay;
import io.ampacity.physics.measurement.Measured;
import io.ampacity.physics.measurement.MeasurementFile;
import io.ampacity.physics.measurement.Setting;
import io.ampacity.simulator.calibration.ServedAgain;
import io.ampacity.simulator.fleet.Fleet;
import io.ampacity.simulator.replica.EngineSettings;
import io.ampacity.testing.SharedData;
import io.ampacity.traces.RequestList;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Replays requests that a real vLLM server served, and compares request by request. */
class RealRunTest {

    /**
     * The scheduler apart from the physics: five coefficients of an affine step fitted to the run itself leave no room to
     * mend 900 figures one by one, so what agrees is the order of things.
     */
    @Test
    void withAFittedStepTheSchedulerServesAnRtx4090AsVllmDid() throws IOException {
        AffineModel fitted = new AffineModel(1.309e-2, 1.142e-4, 0, 2.53e-5, 2.033e-7, 41_408, 1, 1, 0, 0);
        RealRun real = real("RTX4090");
        Errors errors = compare(real, fitted, EngineSettings.SMALL);
        assertThat(errors.worstMean()).isLessThan(0.03);
        assertThat(errors.worstQuantile()).isLessThan(0.05);
    }

    @Test
    void withAFittedStepTheSchedulerServesAnRtxPro6000AsVllmDid() throws IOException {
        AffineModel fitted =
                new AffineModel(9.52e-3, 4.769e-5, 6.4e-11, 2.273e-5, 1.045e-7, 560_000, 1, 1, 0.0158, 0.0047);
        RealRun real = real("RTXPRO6000");
        Errors errors = compare(real, fitted, EngineSettings.SMALL.withMaxNumSeqs(128));
        assertThat(errors.worstMean()).isLessThan(0.03);
        assertThat(errors.worstQuantile()).isLessThan(0.06);
    }

    @Test
    void anRtx4090ServesAsMeasured() throws IOException {
        assertAgrees(compare(real("RTX4090"), shipped("rtx-4090"), EngineSettings.SMALL.withKvTokens(41_408)));
    }

    @Test
    void anRtx4090ServesAsMeasuredWithoutKnowingItsRoomForContext() throws IOException {
        assertAgrees(compare(real("RTX4090"), shipped("rtx-4090"), EngineSettings.SMALL));
    }

    @Test
    void anRtxPro6000ServesAsMeasured() throws IOException {
        assertAgrees(compare(real("RTXPRO6000"), shipped("rtx-pro-6000"), EngineSettings.SMALL.withMaxNumSeqs(128)));
    }

    private static void assertAgrees(Errors errors) {
        assertThat(Math.abs(errors.endToEnd().mean())).as("end to end, mean").isLessThan(0.02);
        assertThat(Math.abs(errors.timePerOutputToken().mean()))
                .as("TPOT, mean")
                .isLessThan(0.015);
        assertThat(Math.abs(errors.timeToFirstToken().mean())).as("TTFT, mean").isLessThan(0.05);
        assertThat(errors.worstQuantile()).as("p50, p90 and p99").isLessThan(0.09);
    }

    /** What is fitted by the product on one run holds when the product simulates it. */
    @Test
    void whatIsFittedOnARunHoldsInASimulationOfIt() {
        Catalogue catalogue = BuiltInCatalogue.load();
        TraceReplay replay = new ServedAgain(name -> catalogue.chip(name).orElseThrow());
        Measured run =
                MeasurementFile.read(SharedData.at("LLMServingSim/RTX4090/Llama-3.1-8B/vllm"), null, Setting.UNKNOWN);
        Fitting fitting = new Fitting(catalogue, replay, EfficiencyTable.empty());
        Fitted fitted = fitting.fit(fitting.groups(run).getFirst(), "run", "2026-08-20");
        assertThat(fitted.requests()).isEqualTo(300);
        assertThat(fitted.residuals().medianAbsolute(Metric.INTER_TOKEN)).isLessThan(0.02);
        assertThat(fitted.residuals().medianAbsolute(Metric.TIME_TO_FIRST_TOKEN))
                .isLessThan(0.03);
        assertThat(fitted.residuals().medianAbsolute(Metric.END_TO_END)).isLessThan(0.02);
        assertThat(fitted.check()).as("one model only").isEmpty();
    }

    private static RealRun real(String folder) throws IOException {
        Path file = SharedData.at("LLMServingSim/" + folder + "/Llama-3.1-8B/vllm/requests.jsonl");
        return RealRun.read(file);
    }

    private static StepModel shipped(String chip) {
        Catalogue catalogue = BuiltInCatalogue.load();
        return ServingPhysics.shipped()
                .stepModel(
                        catalogue.chip(chip).orElseThrow(),
                        catalogue.model("llama-3.1-8b").orElseThrow(),
                        Deployment.tensorParallel(1));
    }

    private static Errors compare(RealRun real, StepModel model, EngineSettings engine) {
        List<RealRun.Request> requests = real.requests();
        RequestList list = new RequestList();
        requests.forEach(request -> list.add(request.arrival(), request.prompt(), request.output()));
        double[] first = new double[requests.size()];
        double[] pace = new double[requests.size()];
        double[] whole = new double[requests.size()];
        RequestSink sink = (workload, id, arrival, firstToken, lastToken, prompt, output, pool) -> {
            first[(int) id] = firstToken - arrival;
            pace[(int) id] = (lastToken - firstToken) / (output - 1);
            whole[(int) id] = lastToken - arrival;
        };
        Simulation.of(Fleet.onePool(model, 1, engine, null)).run(Map.of("requests", list.source()), sink);
        return new Errors(
                Deviation.of(requests, RealRun.Request::timeToFirstToken, first),
                Deviation.of(requests, RealRun.Request::timePerOutputToken, pace),
                Deviation.of(requests, RealRun.Request::endToEnd, whole));
    }

    private record Errors(Deviation timeToFirstToken, Deviation timePerOutputToken, Deviation endToEnd) {

        double worstMean() {
            return Math.max(
                    Math.abs(endToEnd.mean),
                    Math.max(Math.abs(timeToFirstToken.mean), Math.abs(timePerOutputToken.mean)));
        }

        double worstQuantile() {
            return Math.max(endToEnd.quantile, Math.max(timeToFirstToken.quantile, timePerOutputToken.quantile));
        }
    }

    /** Relative error of the mean, and the largest of those at p50, p90 and p99. */
    private record Deviation(double mean, double quantile) {

        static Deviation of(
                List<RealRun.Request> requests, ToDoubleFunction<RealRun.Request> measure, double[] simulated) {
            double[] real = requests.stream().mapToDouble(measure).sorted().toArray();
            double[] sorted = simulated.clone();
            Arrays.sort(sorted);
            double worst = 0;
            for (double quantile : new double[] {0.5, 0.9, 0.99}) {
                worst = Math.max(worst, Math.abs(at(sorted, quantile) / at(real, quantile) - 1));
            }
            return new Deviation(
                    Arrays.stream(sorted).sum() / Arrays.stream(real).sum() - 1, worst);
        }
    }

    private static double at(double[] sorted, double quantile) {
        return sorted[(int) Math.ceil(quantile * sorted.length) - 1];
    }
}
