package io.ampacity.physics.calibration;

import io.ampacity.facts.BuiltInCatalogue;
import io.ampacity.facts.Catalogue;
import io.ampacity.facts.Chip;
import io.ampacity.facts.Engine;
import io.ampacity.facts.Precision;
import io.ampacity.physics.EfficiencyFile;
import io.ampacity.physics.EfficiencyTable;
import io.ampacity.physics.measurement.Measurement;
import io.ampacity.physics.measurement.MlEnergyReader;
import io.ampacity.physics.measurement.MlperfReader;
import io.ampacity.physics.measurement.SiliconReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes the calibration that ships with the module: {@code ShippedCalibration DATA-FOLDER OUT.yaml}. */
public final class ShippedCalibration {

    private ShippedCalibration() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 2) {
            throw new IllegalArgumentException("needs the folder of measurements and the file to write");
        }
        Files.writeString(
                Path.of(arguments[1]), EfficiencyFile.write(calibrate(Path.of(arguments[0]), BuiltInCatalogue.load())));
    }

    /** Fits all serving measurements of the folder. */
    static EfficiencyTable calibrate(Path data, Catalogue catalogue) {
        Calibrator plain = new Calibrator(catalogue);
        List<Measurement> serving = serving(data);
        List<Measurement> loops = serving.stream()
                .filter(row -> row.load() == Measurement.Load.CLOSED_LOOP)
                .toList();
        List<String> models = loops.stream().map(Measurement::model).distinct().toList();
        UnseenBands unseen = new UnseenBands(Rotation.of(plain, loops, batches(data), Rotation.subsets(models, 1))
                .all());
        Calibrator sharing = plain.sharing(serving);
        EfficiencyTable measured = sharing.calibrate(
                serving,
                "ML.ENERGY leaderboard @0cd52dab (2026-02-16); AIConfigurator silicon_sample.csv @095f58a5",
                "2026-08-21",
                unseen);
        List<EfficiencyTable.Entry> entries = new ArrayList<>(
                sharing.believing(measured, combinations(measured)).entries());
        entries.addAll(plain.calibrate(
                        offline(data).stream()
                                .filter(row -> row.chip().startsWith("mi"))
                                .toList(),
                        "MLPerf Inference v5.1, offline, ntuhpc/inference_results_v5.1 @387c3dd0",
                        "2025-10-08")
                .entries());
        return new EfficiencyTable(entries, catalogue.chips());
    }

    /** Every engine and format that a measured chip multiplies. */
    private static List<Calibrator.Key> combinations(EfficiencyTable measured) {
        List<Calibrator.Key> keys = new ArrayList<>();
        for (Chip chip : measured.chips()) {
            for (Engine engine : Engine.values()) {
                for (Precision precision : List.of(Precision.BF16, Precision.FP8, Precision.FP4)) {
                    if (chip.peakFlops().containsKey(precision)) {
                        keys.add(new Calibrator.Key(chip.id(), engine, precision));
                    }
                }
            }
        }
        return keys;
    }

    /** Offline results of MLPerf. */
    static List<Measurement> offline(Path data) {
        return MlperfReader.read(data.resolve("mlperf/summary_results_v5.1.json"), MlperfReader.KNOWN_CHIPS);
    }

    /** Measurements of steady batches. */
    static List<Measurement> batches(Path data) {
        return MlEnergyReader.read(data.resolve("ml-energy/serving_measurements.csv"));
    }

    /** Measurements of batches and closed loops. */
    static List<Measurement> serving(Path data) {
        List<Measurement> rows = new ArrayList<>(batches(data));
        SiliconReader.read(data.resolve("silicon/serving_latency.csv")).stream()
                .filter(row -> row.load() == Measurement.Load.CLOSED_LOOP && SiliconReader.tellsHowItRan(row))
                .forEach(rows::add);
        return rows;
    }
}
