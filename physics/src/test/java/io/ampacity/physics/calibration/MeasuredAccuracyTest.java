package io.ampacity.physics.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import io.ampacity.facts.BuiltInCatalogue;
import io.ampacity.physics.EfficiencyTable;
import io.ampacity.physics.calibration.Errors.Metric;
import io.ampacity.physics.measurement.Measurement;
import io.ampacity.physics.measurement.MlEnergyReader;
import io.ampacity.physics.measurement.SiliconReader;
import io.ampacity.physics.measurement.SplitwiseReader;
import io.ampacity.testing.SharedData;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The shipped calibration and its method against public measurements, when they are there. */
class MeasuredAccuracyTest {

    private final Calibrator calibrator = new Calibrator(BuiltInCatalogue.load());

    private static List<Measurement> energyRows() {
        return MlEnergyReader.read(SharedData.at("ml-energy/serving_measurements.csv"));
    }

    private static List<Measurement> loops() {
        return SiliconReader.read(SharedData.at("silicon/serving_latency.csv")).stream()
                .filter(row -> row.load() == Measurement.Load.CLOSED_LOOP)
                .toList();
    }

    @Test
    void everyClosedLoopIsCoveredAndTheShippedFitIsClose() {
        List<Errors> errors = calibrator.errors(loops(), EfficiencyTable.shipped());
        assertThat(errors).hasSize(1325);
        assertThat(Bands.medianAbsolute(errors, Metric.INTER_TOKEN)).isLessThan(0.055);
        assertThat(Bands.medianAbsolute(errors, Metric.TIME_TO_FIRST_TOKEN)).isLessThan(0.18);
        List<Errors> told = errors.stream()
                .filter(error -> SiliconReader.tellsHowItRan(error.measurement()))
                .toList();
        assertThat(told).hasSize(1087);
        assertThat(Bands.medianAbsolute(told, Metric.INTER_TOKEN)).isLessThan(0.047);
        assertThat(Bands.medianAbsolute(told, Metric.TIME_TO_FIRST_TOKEN)).isLessThan(0.145);
    }

    @Test
    void draftedRowsAreEstimatedFromWhatIsPublishedOfThem() {
        List<Errors> drafted = calibrator.errors(
                loops().stream().filter(Measurement::speculative).toList(), EfficiencyTable.shipped());
        assertThat(drafted).hasSize(164);
        assertThat(Bands.medianAbsolute(drafted, Metric.INTER_TOKEN)).isLessThan(0.11);
    }

    @Test
    void offlineRatesFollowFromClosedLoops() {
        List<Errors> errors = calibrator.errors(
                ShippedCalibration.offline(SharedData.at(".")).stream()
                        .filter(row -> !row.chip().startsWith("mi"))
                        .toList(),
                EfficiencyTable.shipped());
        assertThat(Bands.medianAbsolute(errors, Metric.OUTPUT_RATE)).isLessThan(0.15);
        assertThat(errors)
                .allSatisfy(error -> assertThat(Math.abs(error.logRatios().getOrDefault(Metric.OUTPUT_RATE, 0.0)))
                        .isLessThan(0.3));
    }

    @Test
    @Tag("nightly")
    void twoModelsAndBatchesOfOthersTellTheThirdInClosedLoops() {
        List<Measurement> rows = loops();
        List<String> models = rows.stream().map(Measurement::model).distinct().toList();
        Rotation rotation = Rotation.of(calibrator, rows, energyRows(), Rotation.subsets(models, 1));
        assertThat(Bands.medianAbsolute(rotation.all(), Metric.INTER_TOKEN)).isLessThan(0.08);
        assertThat(Bands.medianAbsolute(rotation.all(), Metric.TIME_TO_FIRST_TOKEN))
                .isLessThan(0.19);
        List<Errors> told = rotation.all().stream()
                .filter(error -> SiliconReader.tellsHowItRan(error.measurement()))
                .toList();
        assertThat(Bands.medianAbsolute(told, Metric.INTER_TOKEN)).isLessThan(0.075);
        assertThat(Bands.medianAbsolute(told, Metric.TIME_TO_FIRST_TOKEN)).isLessThan(0.16);
    }

    @Test
    void theShippedFitMeetsMeasuredBatchesPowerAndEnergy() {
        List<Errors> errors = calibrator.errors(energyRows(), EfficiencyTable.shipped());
        assertThat(Bands.medianAbsolute(errors, Metric.INTER_TOKEN)).isLessThan(0.1);
        assertThat(Bands.medianAbsolute(errors, Metric.OUTPUT_RATE)).isLessThan(0.1);
        assertThat(Bands.medianAbsolute(errors, Metric.WATTS)).isLessThan(0.08);
        assertThat(Bands.medianAbsolute(errors, Metric.JOULES_PER_TOKEN)).isLessThan(0.1);
    }

    @Test
    @Tag("nightly")
    void twoModelsTellTheOtherTwo() {
        List<Measurement> rows = energyRows();
        List<String> models = rows.stream().map(Measurement::model).distinct().toList();
        List<Errors> errors =
                Rotation.refined(calibrator, rows, Rotation.subsets(models, 2)).all();
        assertThat(Bands.medianAbsolute(errors, Metric.INTER_TOKEN)).isLessThan(0.1);
        assertThat(Bands.medianAbsolute(errors, Metric.OUTPUT_RATE)).isLessThan(0.1);
        assertThat(Bands.medianAbsolute(errors, Metric.WATTS)).isLessThan(0.08);
        assertThat(Bands.medianAbsolute(errors, Metric.JOULES_PER_TOKEN)).isLessThan(0.1);
    }

    @Test
    void promptsAndTokensOfOneBatchAreMet() {
        List<Measurement> rows = SplitwiseReader.read(SharedData.at("Mutinifni_splitwise-sim/data/perf_model.csv"));
        List<Errors> errors = calibrator.errors(rows, calibrator.fitOnly(rows));
        assertThat(Bands.medianAbsolute(errors, Metric.TIME_TO_FIRST_TOKEN)).isLessThan(0.07);
        assertThat(Bands.medianAbsolute(errors, Metric.INTER_TOKEN)).isLessThan(0.06);
    }

    @Test
    void anEngineOf2023IsMetForAModelThatItsFitDidNotSee() {
        List<Measurement> rows = SplitwiseReader.read(SharedData.at("Mutinifni_splitwise-sim/data/perf_model.csv"));
        List<String> models = rows.stream().map(Measurement::model).distinct().toList();
        Rotation.refined(calibrator, rows, Rotation.subsets(models, 1))
                .checked()
                .forEach((model, errors) -> {
                    assertThat(Bands.medianAbsolute(errors, Metric.TIME_TO_FIRST_TOKEN))
                            .as(model)
                            .isLessThan(0.08);
                    assertThat(Bands.medianAbsolute(errors, Metric.INTER_TOKEN))
                            .as(model)
                            .isLessThan(0.08);
                });
    }
}
