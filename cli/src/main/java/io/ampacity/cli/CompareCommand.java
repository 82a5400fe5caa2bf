package io.ampacity.cli;

import io.ampacity.reports.paper.Block;
import io.ampacity.reports.paper.Cell;
import io.ampacity.reports.paper.Column;
import io.ampacity.simulator.report.PairedDifference;
import io.ampacity.units.Fraction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code ampacity compare}: two replays in pairs that share trace and chance. */
@Command(
        name = "compare",
        description = {
            "Replay A and B in pairs, each pair on the same trace and seed, and tell what differs beyond chance.",
            "Ends with exit code 1 when B is worse than A by the figure that decides."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ampacity compare old-plan.json new-plan.json --seeds 8",
            "  ampacity compare 'simulate --replicas 8' 'simulate --replicas 10' \\",
            "      --with '--model llama-3.1-8b --chip h100-sxm --trace azure-conversation-2023 --speed 8'",
            "  ampacity compare 'simulate plan.json --router cost-aware' 'simulate plan.json' --decide costUsd",
            "  ampacity compare before.json after.json    results of simulate --json: no confidence from one pair"
        })
final class CompareCommand extends AbstractAction {

    @Parameters(
            index = "0",
            paramLabel = "A",
            description = "A plan, a scenario, a result of simulate --json, or 'simulate …' in quotes.")
    @SuppressWarnings("NullAway.Init") // picocli refuses a line without it
    private String a;

    @Parameters(index = "1", paramLabel = "B", description = "What it is compared with.")
    @SuppressWarnings("NullAway.Init") // picocli refuses a line without it
    private String b;

    @Option(
            names = "--with",
            paramLabel = "OPTIONS",
            defaultValue = "",
            description = "Options of simulate that both sides get, in quotes.")
    private String with = "";

    @Option(
            names = "--seeds",
            paramLabel = "N",
            defaultValue = "5",
            description = "Pairs, one a seed from 1 (default: ${DEFAULT-VALUE}).")
    private int seeds = 5;

    @Option(
            names = "--confidence",
            paramLabel = "SHARE",
            defaultValue = "95 %",
            description = "Confidence of each interval by itself (default: ${DEFAULT-VALUE}).")
    private String confidence = "95 %";

    @Option(
            names = "--decide",
            paramLabel = "FIGURE",
            description = "Figure that decides, such as costUsd (default: sloAttainment, else endToEndSeconds.p99).")
    private @Nullable String decide;

    /** A figure, and how it differs. */
    private record Row(ComparedMetric metric, PairedDifference difference) {}

    @Override
    public Integer call() throws IOException {
        if (seeds < 1 || seeds > 1000) {
            throw badInput("--seeds is " + seeds + "; it must be 1 to 1000");
        }
        double share = Fraction.parse(confidence).value();
        if (!(share > 0 && share < 1)) {
            throw badInput("--confidence is " + confidence + "; it must be above 0 and below 100 %");
        }
        if (decide != null
                && ComparedMetric.ALL.stream().noneMatch(one -> one.path().equals(decide))) {
            throw badInput("--decide " + decide + " is no figure that is compared. Maybe one of "
                    + String.join(
                            ", ",
                            ComparedMetric.ALL.stream()
                                    .map(ComparedMetric::path)
                                    .toList()));
        }
        ComparedRun first = ComparedRun.of(a);
        ComparedRun second = ComparedRun.of(b);
        boolean written = first instanceof ComparedRun.Written || second instanceof ComparedRun.Written;
        int pairs = written ? 1 : seeds;
        List<JsonNode> ofA = new ArrayList<>();
        List<JsonNode> ofB = new ArrayList<>();
        List<Row> rows;
        ComparedBlocks blocks = null;
        if (first.replaysFile(with) && second.replaysFile(with)) {
            Path folder = Files.createTempDirectory("ampacity-compare");
            try {
                blocks = byBlocks(first, second, pairs, folder, ofA, ofB);
            } finally {
                delete(folder);
            }
            rows = rows(ofA, ofB, share, blocks);
        } else {
            for (int seed = 1; seed <= pairs; seed++) {
                output().progress("pair " + seed + " of " + pairs + " …");
                ofA.add(first.run(seed, with, null));
                ofB.add(second.run(seed, with, null));
            }
            rows = rows(ofA, ofB, share, null);
        }
        Row deciding = deciding(rows);
        String verdict = verdict(deciding, ofA.size(), share, blocks);
        tell(rows, deciding, verdict, ofA.size(), share, first, second, blocks);
        boolean worse =
                deciding.difference.isShown() && (deciding.difference.difference() > 0) != deciding.metric.more();
        return worse ? ExitCode.NO : ExitCode.FINE;
    }

    /** Replays a trace that is the same for every seed; not again where the seed changes nothing. */
    private @Nullable ComparedBlocks byBlocks(
            ComparedRun first, ComparedRun second, int pairs, Path folder, List<JsonNode> ofA, List<JsonNode> ofB)
            throws IOException {
        List<Path> rowsOfA = new ArrayList<>();
        List<Path> rowsOfB = new ArrayList<>();
        for (int seed = 1; seed <= pairs; seed++) {
            output().progress("pair " + seed + " of " + pairs + " …");
            rowsOfA.add(folder.resolve("a" + seed + ".csv"));
            rowsOfB.add(folder.resolve("b" + seed + ".csv"));
            ofA.add(first.run(seed, with, rowsOfA.getLast()));
            ofB.add(second.run(seed, with, rowsOfB.getLast()));
            if (seed == 2 && areAlike(ofA) && areAlike(ofB)) {
                break;
            }
        }
        return ComparedBlocks.of(ofA, ofB, rowsOfA, rowsOfB);
    }

    private static boolean areAlike(List<JsonNode> documents) {
        for (ComparedMetric metric : ComparedMetric.ALL) {
            for (double value : values(metric, documents)) {
                if (value != values(metric, documents)[0]) {
                    return false;
                }
            }
        }
        return true;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    private static List<Row> rows(
            List<JsonNode> ofA, List<JsonNode> ofB, double share, @Nullable ComparedBlocks blocks) {
        List<Row> rows = new ArrayList<>();
        for (ComparedMetric metric : ComparedMetric.ALL) {
            double[] valuesA = values(metric, ofA);
            double[] valuesB = values(metric, ofB);
            if (valuesA.length > 0 && valuesB.length == valuesA.length) {
                PairedDifference paired = PairedDifference.of(valuesA, valuesB, share);
                double[] interval = blocks == null ? null : blocks.interval(metric, share);
                if (interval != null) {
                    paired = paired.within(interval[0], interval[1]);
                } else if (blocks != null && paired.low() == paired.high() && paired.difference() != 0) {
                    // One trace and no chance: that it differs is sure, how much it would elsewhere is not.
                    paired = paired.within(Double.NaN, Double.NaN);
                }
                rows.add(new Row(metric, paired));
            }
        }
        return rows;
    }

    /** A figure of each run; none when any run does not tell it. */
    private static double[] values(ComparedMetric metric, List<JsonNode> documents) {
        List<Double> values = new ArrayList<>();
        for (JsonNode document : documents) {
            Double value = metric.in(document);
            if (value == null) {
                return new double[0];
            }
            values.add(value);
        }
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private Row deciding(List<Row> rows) {
        List<String> wanted = decide == null ? List.of("sloAttainment", "endToEndSeconds.p99") : List.of(decide);
        for (String path : wanted) {
            for (Row row : rows) {
                if (row.metric.path().equals(path)) {
                    return row;
                }
            }
        }
        throw new BadInput(
                "not every run tells " + String.join(" or ", wanted), "--decide another figure, or complete a request");
    }

    private static String verdict(Row row, int pairs, double share, @Nullable ComparedBlocks blocks) {
        PairedDifference difference = row.difference;
        String by = row.metric.path() + " is " + row.metric.print(difference.meanA()) + " with A and "
                + row.metric.print(difference.meanB()) + " with B";
        if (Double.isNaN(difference.low())) {
            return blocks != null
                    ? "One trace does not tell how much this figure would differ on another: " + by + "."
                    : "One pair tells no chance apart: " + by + ".";
        }
        if (difference.difference() == 0 && difference.low() == 0 && difference.high() == 0) {
            return "No difference: " + by + ", in every pair.";
        }
        String interval = ", a difference of " + row.metric.difference(difference.difference()) + " (from "
                + row.metric.difference(difference.low()) + " to " + row.metric.difference(difference.high()) + ", "
                + Math.round(share * 1000) / 10.0 + " % confidence, "
                + (blocks == null ? pairs + " pairs" : blocks.length() + " blocks of the trace") + ")";
        if (!difference.isShown()) {
            return "No difference is shown: " + by + interval
                    + (blocks == null ? ". Maybe more --seeds tell." : ". Maybe a longer trace tells.");
        }
        boolean better = (difference.difference() > 0) == row.metric.more();
        return (better ? "B is better: " : "B is worse: ") + by + interval + ".";
    }

    private void tell(
            List<Row> rows,
            Row deciding,
            String verdict,
            int pairs,
            double share,
            ComparedRun first,
            ComparedRun second,
            @Nullable ComparedBlocks blocks) {
        if (output().json()) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("a", first.words());
            document.put("b", second.words());
            document.put("pairs", pairs);
            document.put("method", blocks == null ? "paired-t" : "block-bootstrap");
            if (blocks != null) {
                document.put("blocks", blocks.length());
            }
            document.put("confidence", share);
            document.put("decidedBy", deciding.metric.path());
            document.put("verdict", verdict);
            List<Map<String, Object>> list = new ArrayList<>();
            for (Row row : rows) {
                Map<String, Object> one = new LinkedHashMap<>();
                one.put("metric", row.metric.path());
                one.put("a", row.difference.meanA());
                one.put("b", row.difference.meanB());
                one.put("difference", row.difference.difference());
                one.put("low", row.difference.low());
                one.put("high", row.difference.high());
                one.put("shown", row.difference.isShown());
                one.put("moreIsBetter", row.metric.more());
                list.add(one);
            }
            document.put("metrics", list);
            output().document(document);
            return;
        }
        List<List<Cell>> cells = new ArrayList<>();
        for (Row row : rows) {
            PairedDifference one = row.difference;
            cells.add(List.of(
                    Cell.text(row.metric.path()),
                    Cell.number(row.metric.print(one.meanA()), one.meanA()),
                    Cell.number(row.metric.print(one.meanB()), one.meanB()),
                    Cell.number(row.metric.difference(one.difference()), one.difference()),
                    Cell.text(
                            Double.isNaN(one.low())
                                    ? "–"
                                    : row.metric.difference(one.low()) + " to " + row.metric.difference(one.high())),
                    Cell.text(one.isShown() ? "shown" : "")));
        }
        output().blocks(
                        new Block.Paragraph(verdict),
                        new Block.Table(
                                "A: " + first.words() + "   B: " + second.words(),
                                List.of(
                                        Column.text("figure"),
                                        Column.number("A"),
                                        Column.number("B"),
                                        Column.number("B less A"),
                                        Column.text("interval").withPriority(1),
                                        Column.text("").withPriority(2)),
                                cells,
                                (blocks == null
                                                ? "Paired t intervals"
                                                : "Intervals from drawing the trace's " + blocks.length()
                                                        + " blocks again")
                                        + ", each by itself: of many figures, a few differ by chance."));
    }
}
