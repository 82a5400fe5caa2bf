package io.ampacity.traces.reader;

import io.ampacity.traces.model.Chance;
import io.ampacity.traces.model.GapDistribution;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One client of a ServeGen folder.
 *
 * <p>A row of its trace file holds: second from which the row is true, requests a second, coefficient of variation of
 * gaps, distribution of gaps (Gamma, Weibull, or nothing), its shape, its scale. Gaps are drawn with the row's shape and
 * scaled to the row's rate: the scale of a fitted heavy tail may give another one. Where a gap crosses into the next row,
 * what is left of it passes at that row's rate, so that counts follow the rates exactly on average. A rate without a
 * distribution is taken for Poisson, a shape under {@value #SMALLEST_SHAPE} for that. The last row lasts as long as the one
 * before it.
 */
final class ServeGenClient {

    private static final double DEFAULT_ROW_SECONDS = 600;
    private static final double SMALLEST_SHAPE = 0.1;

    private record Row(double start, double rate, GapDistribution gaps, double shape, double mean) {

        Row(double start, double rate, GapDistribution gaps, double shape) {
            this(start, rate, gaps, shape, gaps.mean(shape));
        }
    }

    private final int number;
    private final List<Row> rows;
    private final ServeGenLengths lengths;
    private @Nullable TokenDistribution pooledPrompts;
    private @Nullable TokenDistribution pooledOutputs;
    private Chance arrivals = new Chance(0);
    private Chance tokens = new Chance(0);
    private int row;
    private double now;

    ServeGenClient(Path folder, int number) {
        this.number = number;
        rows = new Rows(folder.resolve("chunk-" + number + "-trace.csv")).read();
        Path dataset = folder.resolve("chunk-" + number + "-dataset.json");
        lengths = Files.exists(dataset) ? ServeGenLengths.read(dataset) : ServeGenLengths.NONE;
    }

    int number() {
        return number;
    }

    void addLengthsTo(TokenDistribution.Pool prompts, TokenDistribution.Pool outputs) {
        lengths.addTo(prompts, outputs);
    }

    boolean lacksLengths() {
        return lengths.isEmpty() && rows.stream().anyMatch(r -> r.rate() > 0);
    }

    void complete(TokenDistribution prompts, TokenDistribution outputs) {
        pooledPrompts = prompts;
        pooledOutputs = outputs;
    }

    /** Returns to the start; arrivals and lengths have chances of their own, so that neither moves the other. */
    void begin(long seed) {
        long own = seed * 0x9E3779B97F4A7C15L + number * 2L;
        arrivals = new Chance(own);
        tokens = new Chance(own + 1);
        row = 0;
        now = rows.getFirst().start();
    }

    /** Moves to the next arrival; false when there is none. */
    boolean next() {
        double due = -1;
        while (row < rows.size()) {
            Row current = rows.get(row);
            if (due < 0 && current.rate() > 0) {
                due = current.gaps().draw(arrivals, current.shape(), current.mean());
            }
            double end = end(row);
            double capacity = current.rate() * (end - now);
            if (due >= 0 && due < capacity) {
                now += due / current.rate();
                return true;
            }
            due = due < 0 ? due : due - capacity;
            now = end;
            row++;
        }
        return false;
    }

    private double end(int index) {
        if (index + 1 < rows.size()) {
            return rows.get(index + 1).start();
        }
        double start = rows.get(index).start();
        return start + (index > 0 ? start - rows.get(index - 1).start() : DEFAULT_ROW_SECONDS);
    }

    double arrivalSeconds() {
        return now;
    }

    int drawPrompt() {
        return Objects.requireNonNullElse(lengths.prompts(now), Objects.requireNonNull(pooledPrompts))
                .draw(tokens);
    }

    int drawOutput() {
        return Objects.requireNonNullElse(lengths.outputs(now), Objects.requireNonNull(pooledOutputs))
                .draw(tokens);
    }

    /** The parsing of one trace file, which has no header. */
    private static final class Rows extends CsvReader {

        Rows(Path file) {
            super(file, false);
        }

        List<Row> read() {
            List<Row> rows = new ArrayList<>();
            try (this) {
                while (nextRow(6)) {
                    double start = seconds(start(0), end(0), "start");
                    double rate = seconds(start(1), end(1), "rate");
                    if (!rows.isEmpty() && start <= rows.getLast().start()) {
                        throw refuse(start(0), end(0), "start", "is not after the row above", "sort the rows by time");
                    }
                    rows.add(rate == 0 ? new Row(start, 0, GapDistribution.GAMMA, 1) : withGaps(start, rate));
                }
            }
            if (rows.isEmpty()) {
                throw Refusal.of(lines.name(), "is empty", "the copy was cut off");
            }
            return rows;
        }

        private Row withGaps(double start, double rate) {
            String name = text(3).toLowerCase(Locale.ROOT);
            if (name.isEmpty()) {
                return new Row(start, rate, GapDistribution.GAMMA, 1);
            }
            Optional<GapDistribution> gaps = GapDistribution.of(name);
            if (gaps.isEmpty()) {
                throw refuse(start(3), end(3), "distribution", "is no distribution of gaps", "use Gamma or Weibull");
            }
            double shape = number(start(4), end(4), "shape");
            if (!(shape > 0)) {
                throw refuse(start(4), end(4), "shape", "is not above 0", "leave the distribution empty for Poisson");
            }
            return new Row(start, rate, gaps.get(), Math.max(shape, SMALLEST_SHAPE));
        }

        @Override
        String wanted() {
            return "start,rate,variation,distribution,shape,scale (without a header)";
        }

        @Override
        boolean readRow() {
            return nextRow(6);
        }

        @Override
        void restart() {
            lines.rewind();
        }
    }
}
