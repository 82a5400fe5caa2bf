package io.ampacity.physics.measurement;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Gathers the requests of a run and makes the trace of them: one clock, from the first arrival. */
final class RequestRows {

    private record Row(double arrival, int prompt, int output, double firstToken, double lastToken) {}

    private final String source;
    private final List<Row> rows = new ArrayList<>();
    private int unfinished;

    RequestRows(String source) {
        this.source = source;
    }

    /** Adds a request; all times are seconds of one clock. */
    void add(String place, double arrival, double prompt, double output, double firstToken, double lastToken) {
        if (!(firstToken >= arrival && lastToken >= firstToken)) {
            throw new MeasurementException(
                    place + ": the request arrives at " + arrival + ", gets its first token at " + firstToken
                            + " and its last at " + lastToken,
                    "check that all times are seconds of one clock");
        }
        rows.add(new Row(
                arrival,
                Limits.atLeastOne(prompt, place, "the number of prompt tokens"),
                Limits.atLeastOne(output, place, "the number of output tokens"),
                firstToken,
                lastToken));
    }

    /** Counts a request that has no end. */
    void unfinished() {
        unfinished++;
    }

    Measured run(String chip, String model, Setting setting) {
        if (rows.size() < 2) {
            throw new MeasurementException(
                    source + " holds " + rows.size() + " whole requests", "bring a run of 100 and more");
        }
        List<Row> sorted =
                rows.stream().sorted(Comparator.comparingDouble(Row::arrival)).toList();
        int count = sorted.size();
        double start = sorted.getFirst().arrival();
        double[] arrivals = new double[count];
        int[] prompts = new int[count];
        int[] outputs = new int[count];
        double[] first = new double[count];
        double[] last = new double[count];
        for (int i = 0; i < count; i++) {
            Row row = sorted.get(i);
            arrivals[i] = row.arrival() - start;
            prompts[i] = row.prompt();
            outputs[i] = row.output();
            first[i] = row.firstToken() - row.arrival();
            last[i] = row.lastToken() - row.arrival();
        }
        MeasuredTrace trace = new MeasuredTrace(
                source,
                chip,
                model,
                setting.deployment(),
                setting.batchedTokens(),
                setting.sequences(),
                setting.kvTokens(),
                arrivals,
                prompts,
                outputs,
                first,
                last);
        List<String> notes = unfinished == 0
                ? List.of()
                : List.of(source + ": " + unfinished + " requests never ended and are left out, though they took room");
        return new Measured(List.of(), List.of(trace), List.of(), notes);
    }
}
