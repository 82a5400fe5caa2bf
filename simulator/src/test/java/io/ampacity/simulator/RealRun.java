package io.ampacity.simulator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Requests of a real vLLM run, in order of arrival, on one clock that starts with the first arrival.
 *
 * <p>The log has two clocks: wall time for arrivals, a monotonic one for what the engine does. The least difference
 * between a request's arrival and its joining the queue is taken as their offset.
 */
record RealRun(List<Request> requests) {

    record Request(double arrival, int prompt, int output, double queued, double scheduled, double first, double last) {

        double timeToFirstToken() {
            return first - arrival;
        }

        double timePerOutputToken() {
            return (last - first) / (output - 1);
        }

        double endToEnd() {
            return last - arrival;
        }
    }

    static RealRun read(Path file) throws IOException {
        List<double[]> rows = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            if (!line.isBlank()) {
                rows.add(new double[] {
                    number(line, "arrival_time"),
                    number(line, "input_toks"),
                    number(line, "output_toks"),
                    number(line, "queued_ts"),
                    number(line, "scheduled_ts"),
                    number(line, "first_token_ts"),
                    number(line, "last_token_ts")
                });
            }
        }
        double offset = rows.stream().mapToDouble(row -> row[3] - row[0]).min().orElseThrow();
        double start = rows.stream().mapToDouble(row -> row[0]).min().orElseThrow();
        return new RealRun(rows.stream()
                .map(row -> new Request(
                        row[0] - start,
                        (int) row[1],
                        (int) row[2],
                        row[3] - offset - start,
                        row[4] - offset - start,
                        row[5] - offset - start,
                        row[6] - offset - start))
                .sorted(Comparator.comparingDouble(Request::arrival))
                .toList());
    }

    private static double number(String line, String field) {
        Matcher matcher = Pattern.compile("\"" + field + "\": ([-0-9.eE]+)").matcher(line);
        if (!matcher.find()) {
            throw new IllegalArgumentException("no " + field + " in " + line);
        }
        return Double.parseDouble(matcher.group(1));
    }
}
