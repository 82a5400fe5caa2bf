package io.ampacity.cli;

import io.ampacity.facts.Chip;
import io.ampacity.facts.Deployment;
import io.ampacity.facts.LanguageModel;
import io.ampacity.physics.ServingPhysics;
import io.ampacity.simulator.fleet.FleetPool;
import io.ampacity.simulator.fleet.PowerCurve;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The machines that compute answers, where {@code --disaggregate} puts them apart and they are others. */
final class AnswerOptions {

    private static final double SECONDS_PER_HOUR = 3600;

    @Option(
            names = "--answers-chip",
            paramLabel = "ID",
            description = "With --disaggregate: the accelerator on which answers are computed (default: as --chip).")
    private @Nullable String chip;

    @Option(
            names = "--answers-tensor-parallel",
            paramLabel = "N",
            description = "Chips of such a replica that share each layer (default: as --tensor-parallel).")
    private @Nullable Integer tensorParallel;

    @Option(
            names = "--answers-price",
            paramLabel = "USD",
            description = "What such a chip costs an hour (default: its cheapest on-demand offer).")
    private @Nullable Double price;

    /**
     * Machines for answers alone.
     *
     * @param machines null when they are as the others
     * @param costBasis which price was taken, or why there is none
     */
    record Chosen(FleetPool.@Nullable Answers machines, String costBasis) {}

    Chosen choose(
            AbstractAction command,
            KnownFacts known,
            PriceAndPlace prices,
            ServingPhysics physics,
            LanguageModel model,
            Deployment ofPrompts,
            boolean disaggregated,
            boolean needPower) {
        String named = chip;
        if (named == null) {
            if (tensorParallel != null || price != null) {
                throw command.badInput((price == null ? "--answers-tensor-parallel" : "--answers-price")
                        + " speaks of machines for answers, and --answers-chip names none");
            }
            return new Chosen(null, "");
        }
        if (!disaggregated) {
            throw command.badInput("--answers-chip is " + named
                    + ", but prompts and answers are computed together. Maybe add --disaggregate");
        }
        ReplicaOptions described = new ReplicaOptions();
        described.chip = named;
        Chip other = described.chip(command, known.catalogue());
        Deployment deployment = new Deployment(
                tensorParallel == null
                        ? ofPrompts.tensorParallel()
                        : Numbers.atLeastOne("--answers-tensor-parallel", tensorParallel),
                ofPrompts.pipelineParallel(),
                ofPrompts.expertParallel(),
                ofPrompts.dataParallel(),
                ofPrompts.weights(),
                ofPrompts.kvCache(),
                ofPrompts.engine());
        if (model.queryHeads() % deployment.tensorParallel() != 0) {
            throw command.badInput("--answers-tensor-parallel is " + deployment.tensorParallel() + ", but the "
                    + model.queryHeads() + " attention heads of " + model.id()
                    + " cannot be shared equally by so many chips. Maybe " + ofPrompts.tensorParallel());
        }
        Double chipHour = price == null
                ? prices.cheapestChipHour(known, other)
                : Double.valueOf(Numbers.positive("--answers-price", price));
        return new Chosen(
                new FleetPool.Answers(
                        physics.stepModel(other, model, deployment),
                        other.id(),
                        needPower ? PowerCurve.of(physics, other, model, deployment) : null,
                        chipHour == null ? null : (Double) (chipHour * deployment.chips() / SECONDS_PER_HOUR)),
                chipHour == null
                        ? "; unknown for answers, as no on-demand offer of " + other.id()
                                + " is known; --answers-price sets one"
                        : "; for answers, " + other.id() + " at " + chipHour + " USD a chip-hour");
    }
}
