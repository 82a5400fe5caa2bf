package io.ampacity.physics.estimate;

import io.ampacity.facts.Chip;
import io.ampacity.facts.Deployment;
import io.ampacity.facts.Engine;
import io.ampacity.facts.LanguageModel;
import io.ampacity.physics.Binding;
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

    static ClosedLoop.Result replay(
            ServingStepModel step, EngineLimits limits, Engine engine, Lengths lengths, int clients) {
        int total = Math.max(clients + clients / 2, Math.min(REPLAYED_WAVES * clients, MOST_REQUESTS));
        return new ClosedLoop(step, limits, lengths, clients, total, reservedOutput(engine)).run();
    }

    /** TensorRT-LLM reserves the whole output before it starts a request; the others let sequences grow into room. */
    static double reservedOutput(Engine engine) {
        return switch (engine) {
            case TRTLLM -> 1;
            case VLLM, SGLANG -> 0.5;
        };
    }
}
