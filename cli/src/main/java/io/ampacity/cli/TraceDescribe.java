package io.ampacity.cli;

import io.ampacity.reports.paper.Block;
import io.ampacity.reports.paper.Cell;
import io.ampacity.reports.paper.Column;
import io.ampacity.reports.paper.Numerals;
import io.ampacity.reports.terminal.Bars;
import io.ampacity.traces.RequestSource;
import io.ampacity.traces.description.Percentiles;
import io.ampacity.traces.description.TraceDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ampacity trace describe}: rates, burstiness and lengths of a trace. */
@Command(
        name = "describe",
        description = "Say what a trace is like: rates, burstiness, lengths, sessions, shared prefixes.")
final class TraceDescribe extends AbstractAction {

    @Mixin
    private RecordedTrace trace = new RecordedTrace();

    @Override
    public Integer call() {
        TraceDescription description;
        try (RequestSource source = trace.open()) {
            description = TraceDescription.of(source);
        }
        if (output().json()) {
            output().document(description);
        } else {
            say(description);
        }
        return ExitCode.FINE;
    }

    private void say(TraceDescription description) {
        List<Block.Entry> entries = new ArrayList<>();
        entries.add(new Block.Entry("requests", Numerals.count(description.requests())));
        entries.add(new Block.Entry("span", Numerals.seconds(description.spanSeconds())));
        entries.add(entry("requests/s, mean", description.meanRequestsPerSecond(), Numerals::rate));
        entries.add(entry("requests/s, busiest 10 s", description.peakRequestsPerSecond(), Numerals::rate));
        entries.add(entry("variation of gaps", description.gapVariation(), Numerals::significant));
        entries.add(entry("dispersion, 1 s", description.dispersion1s(), Numerals::significant));
        entries.add(entry("dispersion, 10 s", description.dispersion10s(), Numerals::significant));
        entries.add(entry("dispersion, 60 s", description.dispersion60s(), Numerals::significant));
        entries.add(entry("reusable prefix tokens", description.prefixReuseShare(), Numerals::share));
        Long sessions = description.sessions();
        entries.add(entry("sessions", sessions == null ? null : sessions.doubleValue(), Numerals::count));
        entries.add(entry("requests a session", description.requestsPerSession(), Numerals::significant));
        entries.add(new Block.Entry("rate over time", profile(description.requestsPerSecond())));
        List<Column> columns = List.of(
                Column.text("tokens"),
                Column.number("mean"),
                Column.number("min").withPriority(3),
                Column.number("p50"),
                Column.number("p90"),
                Column.number("p95"),
                Column.number("p99"),
                Column.number("p99.9").withPriority(2),
                Column.number("max"));
        List<List<Cell>> rows =
                List.of(row("prompt", description.promptTokens()), row("output", description.outputTokens()));
        output().blocks(new Block.Entries(entries), new Block.Table("tokens", columns, rows, null));
    }

    private String profile(List<Double> rates) {
        double top = rates.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        return Bars.sparkline(output().terminal(), rates, top, rates.size());
    }

    private static Block.Entry entry(String term, @Nullable Double value, DoubleFunction<String> print) {
        return new Block.Entry(term, value == null ? "unknown" : print.apply(value));
    }

    private static List<Cell> row(String name, Percentiles tokens) {
        return List.of(
                Cell.text(name),
                Cell.count(Math.round(tokens.mean())),
                Cell.count(Math.round(tokens.minimum())),
                Cell.count(Math.round(tokens.p50())),
                Cell.count(Math.round(tokens.p90())),
                Cell.count(Math.round(tokens.p95())),
                Cell.count(Math.round(tokens.p99())),
                Cell.count(Math.round(tokens.p999())),
                Cell.count(Math.round(tokens.maximum())));
    }
}
