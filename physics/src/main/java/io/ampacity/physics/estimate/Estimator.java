package io.ampacity.physics.estimate;

import io.ampacity.facts.Chip;
import io.ampacity.facts.Deployment;
import io.ampacity.facts.Engine;
import io.ampacity.facts.LanguageModel;
import io.ampacity.physics.Binding;
import io.ampacity.physics.ChipSheet;
import io.ampacity.physics.Decoding;
import io.ampacity.physics.EfficiencyTable;
import io.ampacity.physics.EngineLimits;
import io.ampacity.physics.ErrorBand;
import io.ampacity.physics.PhysicsException;
import io.ampacity.physics.ServingPhysics;
import io.ampacity.physics.ServingStepModel;

/** Estimates one operating point of a deployment. Thread-safe. */
public final class Estimator {

    /** Requests a client sends in a closed loop: what benchmarks commonly run. */
    private static final int WAVES = 10;

    /** Waves that are replayed; later ones repeat them. */
    private static final int REPLAYED_WAVES = 4;

    /** Requests of a closed loop beyond which more waves change nothing worth their time. */
    private static final int MOST_REQUESTS = 40_000;

    private final ServingPhysics physics;

    public Estimator(ServingPhysics physics) {
        this.physics = physics;
    }

    /**
     * A steady batch: {@code sequences} run at all times, each that ends is replaced at once.
     *
     * @throws PhysicsException when the model or the batch does not fit
     */
    public Estimate batch(
            Chip chip, LanguageModel model, Deployment deployment, int promptTokens, int outputTokens, int sequences) {
        EngineLimits limits = EngineLimits.of(chip, deployment);
        ServingStepModel step = physics.stepModel(chip, model, deployment, limits, Decoding.SAMPLED);
        EfficiencyTable.Resolved resolved = physics.table().resolve(chip, deployment.engine(), deployment.weights());
        BatchPoint point = BatchPoint.of(step, limits, promptTokens, outputTokens, sequences);
        boolean fits = sequences * (promptTokens + outputTokens / 2.0) <= step.kvTokens();
        Binding binding = fits ? point.binding() : Binding.KV_ROOM;
        ErrorBand time = resolved.timeBand();
        ErrorBand power = resolved.powerBand();
        return new Estimate(
                Banded.of(point.firstTokenSeconds(), resolved.firstTokenBand()),
                Banded.of(point.typicalStepSeconds(), time),
                Banded.of(point.firstTokenSeconds() + (outputTokens - 1) * point.meanStepSeconds(), time),
                Banded.inverse(point.running() / point.meanStepSeconds(), time),
                Banded.of(point.watts(), power),
                Banded.product(point.watts() * point.meanStepSeconds() / point.running(), time, power),
                step.idleWatts() - step.chipIdleWatts(),
                point.running(),
                step.memoryRoom(),
                binding,
                resolved.provenance());
    }

    /**
     * A closed loop of {@code clients}, each sending its next request when the last one ends.
     *
     * @throws PhysicsException when the model does not fit
     */
    public Estimate closedLoop(Chip chip, LanguageModel model, Deployment deployment, Lengths lengths, int clients) {
        EngineLimits limits = EngineLimits.of(chip, deployment);
        limits = limits.withSequences(Math.max(limits.sequences(), clients));
        ServingStepModel step = physics.stepModel(chip, model, deployment, limits, Decoding.GREEDY);
        EfficiencyTable.Resolved resolved = physics.table().resolve(chip, deployment.engine(), deployment.weights());
        ClosedLoop.Result result = replay(step, limits, deployment.engine(), lengths, clients);
        ErrorBand time = resolved.timeBand();
        ErrorBand power = resolved.powerBand();
        BatchPoint point = BatchPoint.of(step, limits, lengths.promptTokens(), lengths.outputTokens(), (int)
                Math.max(1, Math.round(result.meanRunning())));
        return new Estimate(
                Banded.of(result.meanFirstTokenSeconds(WAVES), resolved.firstTokenBand()),
                Banded.of(result.meanTokenSeconds(), time),
                Banded.of(result.meanEndToEndSeconds(), time),
                Banded.inverse(result.outputTokensPerSecond(), time),
                Banded.of(result.watts(), power),
                Banded.product(result.watts() / result.outputTokensPerSecond(), time, power),
                step.idleWatts() - step.chipIdleWatts(),
                result.meanRunning(),
                step.memoryRoom(),
                result.waitedForRoom() ? Binding.KV_ROOM : point.binding(),
                resolved.provenance());
    }

    /**
     * A closed loop of {@code clients} served by one pool of workers that reads prompts and another that decodes. Keys and
     * values move over the scale-up link when both pools fit into one domain, over the network otherwise.
     *
     * @throws PhysicsException when the model does not fit on a worker of either pool
     */
    public SplitEstimate disaggregated(Pool prefill, Pool decode, LanguageModel model, Lengths lengths, int clients) {
        EngineLimits prefillLimits = EngineLimits.of(prefill.chip(), prefill.deployment());
        EngineLimits decodeLimits = EngineLimits.of(decode.chip(), decode.deployment());
        ServingStepModel reading =
                physics.stepModel(prefill.chip(), model, prefill.deployment(), prefillLimits, Decoding.GREEDY);
        ServingStepModel decoding =
                physics.stepModel(decode.chip(), model, decode.deployment(), decodeLimits, Decoding.GREEDY);
        EfficiencyTable.Resolved first = physics.table()
                .resolve(
                        prefill.chip(),
                        prefill.deployment().engine(),
                        prefill.deployment().weights());
        EfficiencyTable.Resolved later = physics.table()
                .resolve(
                        decode.chip(),
                        decode.deployment().engine(),
                        decode.deployment().weights());
        double perToken = transferSecondsPerToken(
                prefill,
                decode,
                decoding.memoryRoom().kvBytesPerToken(),
                first.efficiencies().link());
        int total = Math.max(clients + clients / 2, Math.min(REPLAYED_WAVES * clients, MOST_REQUESTS));
        SplitLoop.Result result = new SplitLoop(
                        reading,
                        prefill.workers(),
                        prefillLimits.batchedTokens(),
                        decoding,
                        decode.workers(),
                        perToken,
                        lengths,
                        clients,
                        total)
                .run();
        ErrorBand time = later.timeBand();
        ErrorBand power = later.powerBand();
        return new SplitEstimate(
                Banded.of(result.firstTokenSeconds(), first.firstTokenBand()),
                Banded.of(result.tokenSeconds(), time),
                Banded.of(result.endToEndSeconds(), time),
                Banded.inverse(result.outputTokensPerSecond(), time),
                Banded.of(result.watts(), power),
                Banded.product(result.watts() / result.outputTokensPerSecond(), time, power),
                perToken * lengths.promptTokens(),
                result.prefillBusy(),
                result.runningSequences(),
                first.provenance().compareTo(later.provenance()) >= 0 ? first.provenance() : later.provenance());
    }

    /** Each chip of the narrower worker moves its part; a latent cache is kept whole by each and moved once. */
    private static double transferSecondsPerToken(Pool prefill, Pool decode, double bytesPerToken, double link) {
        ChipSheet from = ChipSheet.of(prefill.chip());
        ChipSheet to = ChipSheet.of(decode.chip());
        boolean oneDomain = prefill.chips() + decode.chips() <= Math.min(from.scaleUpDomain(), to.scaleUpDomain());
        double each = oneDomain
                ? Math.min(from.scaleUpBandwidth(), to.scaleUpBandwidth())
                : Math.min(from.scaleOutBandwidth(), to.scaleOutBandwidth());
        return bytesPerToken
                / (each
                        * link
                        * Math.min(
                                prefill.deployment().chips(),
                                decode.deployment().chips()));
    }

    static ClosedLoop.Result replay(
            ServingStepModel step, EngineLimits limits, Engine engine, Lengths lengths, int clients) {
        int total = Math.max(clients + clients / 2, Math.min(REPLAYED_WAVES * clients, MOST_REQUESTS));
        return new ClosedLoop(step, limits, lengths, clients, total, reservedOutput(engine), 0).run();
    }

    /** TensorRT-LLM reserves the whole output before it starts a request; the others let sequences grow into room. */
    static double reservedOutput(Engine engine) {
        return switch (engine) {
            case TRTLLM -> 1;
            case VLLM, SGLANG -> 0.5;
        };
    }
}
