package io.ampacity.benchmarks;

import io.ampacity.simulator.Simulation;
import io.ampacity.simulator.fleet.Fleet;
import io.ampacity.simulator.replica.EngineSettings;
import io.ampacity.simulator.report.SimulationResult;
import io.ampacity.traces.Limited;
import io.ampacity.traces.RequestList;
import io.ampacity.traces.RequestSource;
import io.ampacity.traces.reader.Traces;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Replays a file as other programs are asked to: {@code ReplayFile FILE REQUESTS ROUNDS} prints a line a round, the
 * requests completed and the processor seconds. {@code ReplayFile --write FILE} writes the conversation trace to a requests
 * CSV.
 */
public final class ReplayFile {

    private ReplayFile() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments[0].equals("--write")) {
            write(Path.of(arguments[1]));
            return;
        }
        Fleet fleet = Fleet.onePool(Subjects.stepModel("llama-3.1-8b/h100-sxm/1"), 8, EngineSettings.LARGE, null);
        RequestList list;
        try (RequestSource source = Traces.open(Path.of(arguments[0]))) {
            list = RequestList.copyOf(source);
        }
        long requests = Long.parseLong(arguments[1]);
        for (int round = 0; round < Integer.parseInt(arguments[2]); round++) {
            ProcessMeter meter = new ProcessMeter();
            SimulationResult result =
                    Simulation.of(fleet).run(new Limited(list.source(), requests, Double.POSITIVE_INFINITY));
            System.out.printf(Locale.ROOT, "%d %.6f%n", result.requests().completed(), meter.threadSeconds());
        }
    }

    private static void write(Path file) throws IOException {
        RequestSource trace = Subjects.conversation().source();
        try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8))) {
            out.print("arrival_s,prompt_tokens,output_tokens\n");
            while (trace.next()) {
                out.printf(
                        Locale.ROOT,
                        "%.6f,%d,%d%n",
                        trace.arrivalSeconds(),
                        trace.promptTokens(),
                        trace.outputTokens());
            }
        }
    }
}
