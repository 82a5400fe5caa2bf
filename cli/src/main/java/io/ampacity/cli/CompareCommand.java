package io.ampacity.cli;

import io.ampacity.reports.paper.Block;
import io.ampacity.reports.paper.Cell;
import io.ampacity.reports.paper.Column;
import io.ampacity.simulator.report.PairedDifference;
import io.ampacity.units.Fraction;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
        for (int seed = 1; seed <= pairs; seed++) {
            output().progress("pair " + seed + " of " + pairs + " …");
            ofA.add(first.run(seed, with));
            ofB.add(second.run(seed, with));
        }
        List<Row> rows = rows(ofA, ofB, share);
        Row deciding = deciding(rows);
        String verdict = verdict(deciding, pairs, share);
        tell(rows, deciding, verdict, pairs, share, first, second);
        boolean worse =
                deciding.difference.isShown() && (deciding.difference.difference() > 0) != deciding.metric.more();
        return worse ? ExitCode.NO : ExitCode.FINE;
    }

    private static List<Row> rows(List<JsonNode> ofA, List<JsonNode> ofB, double share) {
        List<Row> rows = new ArrayList<>();
        for (ComparedMetric metric : ComparedMetric.ALL) {
            double[] valuesA = values(metric, ofA);
            double[] valuesB = values(metric, ofB);
            if (valuesA.length > 0 && valuesB.length == valuesA.length) {
                rows.add(new Row(metric, PairedDifference.of(valuesA, valuesB, share)));
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

    private static String verdict(Row row, int pairs, double share) {
        PairedDifference difference = row.difference;
        String by = row.metric.path() + " is " + row.metric.print(difference.meanA()) + " with A and "
                + row.metric.print(difference.meanB()) + " with B";
        if (pairs == 1) {
            return "One pair tells no chance apart: " + by + ".";
        }
        if (difference.difference() == 0 && difference.low() == 0 && difference.high() == 0) {
            return "No difference: " + by + ", in every pair.";
        }
        String interval = ", a difference of " + row.metric.difference(difference.difference()) + " (from "
                + row.metric.difference(difference.low()) + " to " + row.metric.difference(difference.high()) + ", "
                + Math.round(share * 1000) / 10.0 + " % confidence, " + pairs + " pairs)";
        if (!difference.isShown()) {
            return "No difference is shown: " + by + interval + ". Maybe more --seeds tell.";
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
            ComparedRun second) {
        if (output().json()) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("a", first.words());
            document.put("b", second.words());
            document.put("pairs", pairs);
            document.put("method", "paired-t");
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
                                "Paired t intervals, each by itself: of many figures, a few differ by chance."));
    }
}
