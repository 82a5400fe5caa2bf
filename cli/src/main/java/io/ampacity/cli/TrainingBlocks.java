package io.ampacity.cli;

import io.ampacity.facts.Region;
import io.ampacity.physics.training.Reliability;
import io.ampacity.physics.training.TrainingEnergy;
import io.ampacity.physics.training.TrainingLayout;
import io.ampacity.physics.training.TrainingRun;
import io.ampacity.physics.training.TrainingSpread;
import io.ampacity.physics.training.TrainingStep;
import io.ampacity.reports.paper.Block;
import io.ampacity.reports.paper.Cell;
import io.ampacity.reports.paper.Column;
import io.ampacity.reports.paper.Numerals;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code ampacity training} shows a person. */
final class TrainingBlocks {

    private static final double JOULES_PER_KILOWATT_HOUR = 3.6e6;
    private static final double SECONDS_PER_DAY = 86_400;

    private final TrainingEstimate estimate;
    private final @Nullable Region where;
    private final @Nullable Double usdPerChipHour;

    TrainingBlocks(TrainingEstimate estimate, @Nullable Region where, @Nullable Double usdPerChipHour) {
        this.estimate = estimate;
        this.where = where;
        this.usdPerChipHour = usdPerChipHour;
    }

    /** The gang and how the model lies on it. */
    String layout() {
        TrainingLayout layout = estimate.layout();
        TrainingSpread spread = estimate.spread();
        return Numerals.count(layout.chips()) + " × " + estimate.chip().id()
                + ", tensor " + layout.tensorParallel()
                + " × pipeline " + layout.pipelineParallel()
                + " × data " + layout.dataParallel()
                + (spread.expertParallel() == 1 ? "" : ", experts over " + spread.expertParallel())
                + ", ZeRO stage " + spread.sharding().stage();
    }

    Block table() {
        List<List<Cell>> rows = new ArrayList<>();
        time(rows);
        energy(rows);
        Double carbon = estimate.carbonKilograms(where);
        if (carbon != null) {
            rows.add(row("carbon", Numerals.carbon(carbon)));
        }
        Double cost = estimate.costUsd(usdPerChipHour);
        if (cost != null) {
            rows.add(row("cost of the chips", Numerals.usd(cost)));
        }
        return new Block.Table("estimate", List.of(Column.text("run"), Column.number("value")), rows, null);
    }

    private void time(List<List<Cell>> rows) {
        TrainingStep step = estimate.step();
        TrainingRun run = estimate.run();
        rows.add(row("step", Numerals.seconds(step.seconds())));
        rows.add(row("of it waiting for the pipeline", Numerals.share(step.bubbleSeconds() / step.seconds())));
        rows.add(row("of it exchange not hidden", Numerals.share(step.exposedExchangeSeconds() / step.seconds())));
        rows.add(row("utilisation of peak (MFU)", Numerals.share(step.utilisation())));
        rows.add(row("tokens a second, all counted", Numerals.many(estimate.tokensPerSecond())));
        rows.add(row("time that makes progress (goodput)", Numerals.share(run.goodput())));
        rows.add(row("interruptions", Numerals.significant(run.interruptions())));
        rows.add(row("between two of them", Numerals.seconds(estimate.secondsBetweenInterruptions())));
        rows.add(row("between two checkpoints", Numerals.seconds(estimate.checkpointIntervalSeconds())));
        rows.add(row("whole run", Numerals.significant(run.wallSeconds() / SECONDS_PER_DAY) + Numerals.JOIN + "days"));
        rows.add(row("chip-hours", Numerals.many(estimate.chipHours())));
        rows.add(row("state on a chip", Numerals.significant(estimate.stateBytes() / 1e9) + Numerals.JOIN + "GB"));
    }

    private void energy(List<List<Cell>> rows) {
        TrainingEnergy energy = estimate.energy(1);
        rows.add(row("energy of chips in steps", kilowattHours(energy.steps())));
        rows.add(row("of chips while the run stands still", kilowattHours(energy.waiting())));
        rows.add(row("of servers", kilowattHours(energy.server())));
        rows.add(row("of the network", kilowattHours(energy.network())));
        rows.add(row("energy of chips and servers", Numerals.energy(estimate.serverKilowattHours())));
        Double facility = estimate.facilityKilowattHours(where);
        if (facility != null) {
            rows.add(row("energy at the meter", Numerals.energy(facility)));
        }
        Double megawatts = estimate.facilityMegawatts(where);
        if (megawatts != null) {
            rows.add(row("mean power at the meter", Numerals.significant(megawatts) + Numerals.JOIN + "MW"));
        }
    }

    private static String kilowattHours(double joules) {
        return Numerals.energy(joules / JOULES_PER_KILOWATT_HOUR);
    }

    private static List<Cell> row(String what, String value) {
        return List.of(Cell.text(what), Cell.text(value));
    }

    /** How far to trust it, and what it needs to say more. */
    Block remark() {
        StringBuilder remark = new StringBuilder();
        remark.append(
                "Step times were checked on eight measured ones of A100 (3 % mean, 7 % worst error), on Llama 3 405B and"
                        + " on DeepSeek-V3 (8 % below its chip-hours); other chips are further from that. Interruptions"
                        + " are those of ");
        remark.append(
                estimate.reliability().chipHoursPerInterruption() == Reliability.PUBLISHED.chipHoursPerInterruption()
                        ? "Llama 3 405B on 16,384 H100."
                        : "the rate given.");
        Region region = where;
        if (region == null) {
            remark.append(" Energy at the meter and carbon need --region.");
        } else if (region.pue() == null) {
            remark.append(" The PUE of ")
                    .append(region.id())
                    .append(" is unknown, so its energy at the meter is, too.");
        }
        if (usdPerChipHour == null) {
            remark.append(" Cost needs --price.");
        }
        return new Block.Paragraph(remark.toString());
    }
}
