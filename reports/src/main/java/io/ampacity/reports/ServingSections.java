package io.ampacity.reports;

import io.ampacity.reports.paper.Block;
import io.ampacity.reports.paper.Cell;
import io.ampacity.reports.paper.Column;
import io.ampacity.reports.paper.Numerals;
import io.ampacity.reports.paper.Section;
import io.ampacity.simulator.report.ClassResult;
import io.ampacity.simulator.report.DisaggregationResult;
import io.ampacity.simulator.report.HedgingResult;
import io.ampacity.simulator.report.JobResult;
import io.ampacity.simulator.report.MoveResult;
import io.ampacity.simulator.report.OffloadResult;
import io.ampacity.simulator.report.PowerCapResult;
import io.ampacity.simulator.report.ScalingResult;
import io.ampacity.simulator.report.ServingResult;
import java.util.ArrayList;
import java.util.List;

/** What came of each feature that a replay used, a section each. */
final class ServingSections {

    private static final double JOULES_PER_KILOWATT_HOUR = 3.6e6;
    private static final double BYTES_PER_GIGABYTE = 1e9;

    private ServingSections() {}

    /** Sections of the features that were in use, in the order in which they are asked for. */
    static List<Section> of(ServingResult serving) {
        List<Section> sections = new ArrayList<>();
        if (!serving.classes().isEmpty()) {
            sections.add(new Section("priorities", "Priority classes", classes(serving.classes())));
        }
        if (!serving.hedging().equals(HedgingResult.NONE)) {
            sections.add(new Section("hedging", "Second tries", hedging(serving.hedging())));
        }
        if (!serving.scaling().isEmpty()) {
            sections.add(new Section("scaling", "Autoscaling", scaling(serving.scaling())));
        }
        if (!serving.jobs().isEmpty()) {
            sections.add(new Section("jobs", "Jobs in valleys", jobs(serving.jobs())));
        }
        if (!serving.disaggregation().isEmpty()) {
            sections.add(new Section(
                    "disaggregation", "Prompts and answers apart", disaggregation(serving.disaggregation())));
        }
        if (!serving.offloading().isEmpty()) {
            sections.add(new Section("offloading", "Offload tiers", offloading(serving.offloading())));
        }
        if (!serving.moves().equals(MoveResult.NONE)) {
            sections.add(new Section("moves", "Moved requests", moves(serving.moves())));
        }
        if (!serving.powerCaps().isEmpty()) {
            sections.add(new Section("power", "Limits on power", powerCaps(serving.powerCaps())));
        }
        return sections;
    }

    private static Block classes(List<ClassResult> classes) {
        List<List<Cell>> rows = new ArrayList<>();
        for (ClassResult one : classes) {
            rows.add(List.of(
                    Cell.text(one.name()),
                    Cell.count(one.priority()),
                    Cell.count(one.arrived()),
                    Cell.count(one.shed()),
                    Cell.seconds(one.timeToFirstTokenSeconds().p95()),
                    Cell.seconds(one.endToEndSeconds().p95()),
                    one.sloAttainment() == null ? Cell.text("–") : Cell.share(one.sloAttainment())));
        }
        return new Block.Table(
                "How each priority class fared",
                List.of(
                        Column.text("class"),
                        Column.number("priority").withPriority(1),
                        Column.number("requests"),
                        Column.number("shed"),
                        Column.number("TTFT p95"),
                        Column.number("end to end p95").withPriority(1),
                        Column.number("attained")),
                rows,
                "Shed: given up because they waited too long.");
    }

    private static Block hedging(HedgingResult hedging) {
        return new Block.Entries(List.of(
                new Block.Entry("Second tries", Numerals.count(hedging.hedges())),
                new Block.Entry("Faster than the first", Numerals.count(hedging.won())),
                new Block.Entry("Output tokens wasted", Numerals.count(hedging.wastedOutputTokens())),
                new Block.Entry("Prompt tokens wasted", Numerals.count(hedging.wastedPromptTokens()))));
    }

    private static Block scaling(List<ScalingResult> pools) {
        List<List<Cell>> rows = new ArrayList<>();
        for (ScalingResult one : pools) {
            rows.add(List.of(
                    Cell.text(one.half() == null ? one.pool() : one.pool() + ", " + one.half()),
                    Cell.number(Numerals.significant(one.meanReplicas()), one.meanReplicas()),
                    Cell.count(one.mostReplicas()),
                    Cell.count(one.ordered()),
                    Cell.count(one.givenUp())));
        }
        return new Block.Table(
                "How the size of each pool followed its traffic",
                List.of(
                        Column.text("pool"),
                        Column.number("replicas, mean"),
                        Column.number("at most"),
                        Column.number("ordered"),
                        Column.number("given up")),
                rows,
                null);
    }

    private static Block jobs(List<JobResult> jobs) {
        List<List<Cell>> rows = new ArrayList<>();
        for (JobResult one : jobs) {
            rows.add(List.of(
                    Cell.text(one.job()),
                    Cell.text(one.pool()),
                    Cell.text(Numerals.count(one.finished()) + " of " + Numerals.count(one.tasks())),
                    Cell.count(one.preempted() + one.failed()),
                    Cell.seconds(one.usefulSeconds()),
                    Cell.seconds(one.lostSeconds()),
                    Cell.number(
                            Numerals.energy(one.energyJoules() / JOULES_PER_KILOWATT_HOUR),
                            one.energyJoules() / JOULES_PER_KILOWATT_HOUR)));
        }
        return new Block.Table(
                "What ran on replicas that traffic did not need",
                List.of(
                        Column.text("job"),
                        Column.text("pool").withPriority(2),
                        Column.text("tasks ended"),
                        Column.number("stopped"),
                        Column.number("useful"),
                        Column.number("done again"),
                        Column.number("energy").withPriority(1)),
                rows,
                "Times are those of all replicas together.");
    }

    private static Block disaggregation(List<DisaggregationResult> pools) {
        List<List<Cell>> rows = new ArrayList<>();
        for (DisaggregationResult one : pools) {
            rows.add(List.of(
                    Cell.text(one.pool()),
                    Cell.text(one.prefillReplicas() + " + " + one.decodeReplicas()),
                    Cell.share(one.prefillUtilisation()),
                    Cell.share(one.decodeUtilisation()),
                    Cell.share(one.linkUtilisation()),
                    Cell.seconds(one.meanTransferSeconds()),
                    Cell.number(
                            Numerals.significant(one.transferredBytes() / BYTES_PER_GIGABYTE),
                            one.transferredBytes() / BYTES_PER_GIGABYTE)));
        }
        return new Block.Table(
                "How busy each half and the link between them were",
                List.of(
                        Column.text("pool"),
                        Column.text("replicas"),
                        Column.number("prompts"),
                        Column.number("answers"),
                        Column.number("link"),
                        Column.number("a transfer"),
                        Column.number("sent, GB").withPriority(1)),
                rows,
                null);
    }

    private static Block offloading(List<OffloadResult> tiers) {
        List<List<Cell>> rows = new ArrayList<>();
        for (OffloadResult one : tiers) {
            rows.add(List.of(
                    Cell.text(one.pool()),
                    Cell.text(one.tier()),
                    Cell.count(one.storedTokens()),
                    Cell.count(one.loadedTokens()),
                    Cell.count(one.loads()),
                    Cell.seconds(one.busySeconds())));
        }
        return new Block.Table(
                "What tiers behind the KV cache kept and gave back",
                List.of(
                        Column.text("pool"),
                        Column.text("tier"),
                        Column.number("tokens stored"),
                        Column.number("tokens loaded"),
                        Column.number("loads"),
                        Column.number("link busy").withPriority(1)),
                rows,
                null);
    }

    private static Block moves(MoveResult moves) {
        return new Block.Entries(List.of(
                new Block.Entry("Requests moved when their replica was taken away", Numerals.count(moves.requests())),
                new Block.Entry("Whose answer had begun", Numerals.count(moves.begun())),
                new Block.Entry("Output tokens kept", Numerals.count(moves.tokensKept()))));
    }

    private static Block powerCaps(List<PowerCapResult> caps) {
        List<List<Cell>> rows = new ArrayList<>();
        for (PowerCapResult one : caps) {
            rows.add(List.of(
                    Cell.text(one.cap()),
                    Cell.number(Numerals.power(one.capWatts()), one.capWatts()),
                    Cell.text(Numerals.seconds(one.startSeconds()) + " to " + Numerals.seconds(one.endSeconds())),
                    Cell.number(Numerals.power(one.uncappedWatts()), one.uncappedWatts()),
                    Cell.number(Numerals.power(one.boundWatts()), one.boundWatts()),
                    Cell.count(one.slowedReplicas()),
                    Cell.count(one.shedReplicas())));
        }
        return new Block.Table(
                "How each limit was kept",
                List.of(
                        Column.text("limit on"),
                        Column.number("limit"),
                        Column.text("held").withPriority(1),
                        Column.number("most without it"),
                        Column.number("most under it"),
                        Column.number("slowed"),
                        Column.number("off")),
                rows,
                "A limit on a rack or a chip is that of one; the most without and under it are those of all together.");
    }
}
