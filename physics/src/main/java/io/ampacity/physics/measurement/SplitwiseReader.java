package io.ampacity.physics.measurement;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.ampacity.facts.Deployment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the measurements of splitwise-sim ({@code perf_model.csv}): one batch on an engine of 2023.
 *
 * <p>Repeats of a point become one row with their medians. Times are in milliseconds. Rows of capped chips are left out
 * (they are the others' prompt times multiplied by 1.3), and so are batches that the engine cut into parts, where a
 * bigger batch reads its prompts sooner.
 */
public final class SplitwiseReader {

    private SplitwiseReader() {}

    private record Point(String model, String chip, int tensor, int batch, int prompt, int output) {}

    public static List<Measurement> read(Path file) {
        Map<Point, List<double[]>> repeats = new LinkedHashMap<>();
        for (NamedCsvRecord row : CsvTable.read(file)) {
            Point point = new Point(
                    CsvTable.text(file, row, "model"),
                    CsvTable.text(file, row, "hardware"),
                    CsvTable.whole(file, row, "tensor_parallel", 1),
                    CsvTable.whole(file, row, "batch_size", 1),
                    CsvTable.whole(file, row, "prompt_size", 1),
                    CsvTable.whole(file, row, "token_size", 1));
            if (!point.chip().endsWith("-pcap")) {
                repeats.computeIfAbsent(point, ignored -> new ArrayList<>()).add(new double[] {
                    CsvTable.number(file, row, "prompt_time") / 1e3, CsvTable.number(file, row, "token_time") / 1e3
                });
            }
        }
        List<Measurement> measurements = new ArrayList<>();
        repeats.forEach((point, times) -> {
            double prompt = median(times, 0);
            if (!cut(repeats, point, prompt)) {
                measurements.add(new Measurement(
                        file.getFileName() + ":" + point.model() + "-" + point.chip() + "-tp" + point.tensor() + "-b"
                                + point.batch() + "-" + point.prompt() + "x" + point.output(),
                        point.chip(),
                        point.model(),
                        Deployment.tensorParallel(point.tensor()),
                        Measurement.Load.ONE_BATCH,
                        point.prompt(),
                        point.output(),
                        point.batch(),
                        0,
                        false,
                        point.tensor(),
                        prompt,
                        median(times, 1),
                        null,
                        null));
            }
        });
        return measurements;
    }

    private static boolean cut(Map<Point, List<double[]>> repeats, Point point, double prompt) {
        return repeats.entrySet().stream()
                .anyMatch(other -> other.getKey().batch() < point.batch()
                        && other.getKey().prompt() == point.prompt()
                        && other.getKey().model().equals(point.model())
                        && other.getKey().chip().equals(point.chip())
                        && other.getKey().tensor() == point.tensor()
                        && median(other.getValue(), 0) > prompt);
    }

    private static double median(List<double[]> rows, int column) {
        List<Double> values = new ArrayList<>();
        for (double[] row : rows) {
            values.add(row[column]);
        }
        Collections.sort(values);
        return values.get(values.size() / 2);
    }
}
