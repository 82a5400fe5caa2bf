package io.ampacity.cli;

import io.ampacity.facts.BuiltInCatalogue;
import io.ampacity.facts.Catalogue;
import io.ampacity.facts.Chip;
import io.ampacity.facts.Deployment;
import io.ampacity.facts.LanguageModel;
import io.ampacity.physics.ServingPhysics;
import io.ampacity.reports.SimulationPaper;
import io.ampacity.routing.policy.RoutingPolicies;
import io.ampacity.scenario.ServiceLevelObjective;
import io.ampacity.simulator.RequestSink;
import io.ampacity.simulator.Simulation;
import io.ampacity.simulator.SimulationSettings;
import io.ampacity.simulator.failure.Failure;
import io.ampacity.simulator.fleet.Fleet;
import io.ampacity.simulator.replica.EngineSettings;
import io.ampacity.simulator.report.SimulationResult;
import io.ampacity.traces.RequestSource;
import io.ampacity.units.TimeSpan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ampacity simulate}: replays a trace on replicas, or on the fleet of a plan. */
@Command(
        name = "simulate",
        description = "Replay requests on a fleet and tell what users would have seen.",
        footer = {
            "",
            "Examples:",
            "  ampacity simulate --model llama-3.1-70b --chip h100-sxm --tensor-parallel 4 --replicas 8 \\",
            "      --trace azure-conversation-2023",
            "  ampacity simulate --model llama-3.1-8b --chip l40s --replicas 4 --trace requests.csv --ttft '1 s' \\",
            "      --per-request out.csv --json"
        })
final class SimulateCommand extends AbstractAction {

    @Mixin
    private ReplicaOptions replica = new ReplicaOptions();

    @Option(names = "--replicas", paramLabel = "N", defaultValue = "1", description = "Replicas of the model.")
    private int replicas = 1;

    @Mixin
    private TraceOptions trace = new TraceOptions();

    @Option(names = "--max-num-seqs", paramLabel = "N", description = "Most requests running at once on a replica.")
    private @Nullable Integer maxNumSeqs;

    @Option(names = "--max-batched-tokens", paramLabel = "N", description = "Most new tokens in one engine iteration.")
    private @Nullable Integer maxBatchedTokens;

    @Option(names = "--kv-tokens", paramLabel = "N", description = "Room of a replica's KV cache in tokens.")
    private @Nullable Long kvTokens;

    @Option(names = "--router", paramLabel = "NAME", defaultValue = "plan-weighted", description = "Routing policy.")
    private String router = "plan-weighted";

    @Option(
            names = "--fail",
            paramLabel = "SPEC",
            description = "A failure to replay, such as supplier:azure@600s+1200s; may be given several times.")
    private List<String> failures = new ArrayList<>();

    @Option(names = "--ttft", paramLabel = "TIME", description = "Objective: time to first token, such as '1 s'.")
    private @Nullable String timeToFirstToken;

    @Option(names = "--tpot", paramLabel = "TIME", description = "Objective: time per output token, such as '50 ms'.")
    private @Nullable String timePerOutputToken;

    @Option(
            names = "--attainment",
            paramLabel = "SHARE",
            defaultValue = "95 %",
            description = "Share of requests that must attain the objective (default: ${DEFAULT-VALUE}).")
    private String attainment = "95 %";

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Seed of all chance.")
    private long seed = 1;

    @Option(names = "--threads", paramLabel = "N", description = "Threads; the result does not depend on it.")
    private @Nullable Integer threads;

    @Option(names = "--step-by-step", description = "Simulate every engine iteration as an event: slower, same result.")
    private boolean stepByStep;

    @Option(names = "--per-request", paramLabel = "FILE", description = "Write a CSV row for every completed request.")
    private @Nullable Path perRequest;

    @Override
    public Integer call() throws IOException {
        Catalogue catalogue = BuiltInCatalogue.load();
        LanguageModel model = replica.model(this, catalogue);
        Chip chip = replica.chip(this, catalogue);
        Deployment deployment = replica.deployment(this, model);
        if (replicas < 1 || replicas > 1_000_000) {
            throw badInput("--replicas is " + replicas + "; it must be 1 to 1000000");
        }
        SimulationSettings settings = settings();
        EngineSettings engine = typed(() -> engine(chip));
        Fleet fleet = Fleet.onePool(
                ServingPhysics.shipped().stepModel(chip, model, deployment), replicas, engine, objective());
        Simulation simulation = typed(() -> Simulation.of(fleet).with(settings));
        long started = System.nanoTime();
        SimulationResult result;
        try (RequestSource source = trace.open(this, seed)) {
            result = run(simulation, source);
        }
        double wallSeconds = (System.nanoTime() - started) / 1e9;
        if (output().json()) {
            output().document(SimulationDocument.of(result, wallSeconds));
        } else {
            String what = model.name() + " on " + replicas + " × " + deployment.chips() + " " + chip.name();
            output().paper(SimulationPaper.of(what, deployment.id() + ", " + router + ", seed " + seed, result));
        }
        return ExitCode.FINE;
    }

    private SimulationResult run(Simulation simulation, RequestSource source) throws IOException {
        if (perRequest == null) {
            return simulation.run(source);
        }
        try (PerRequestFile file = new PerRequestFile(perRequest)) {
            RequestSink sink = file;
            SimulationResult result = simulation.run(java.util.Map.of("requests", source), sink);
            file.finish();
            return result;
        }
    }

    private SimulationSettings settings() {
        return typed(() -> SimulationSettings.STANDARD
                .withRouter(RoutingPolicies.named(router))
                .withSeed(seed)
                .withThreads(threads == null ? Runtime.getRuntime().availableProcessors() : threads)
                .withFailures(failures.stream().map(Failure::parse).toList()));
    }

    private EngineSettings engine(Chip chip) {
        EngineSettings engine = EngineSettings.forMemory(
                        chip.memoryBytes() == null ? 0 : chip.memoryBytes().value())
                .withStepByStep(stepByStep);
        if (maxBatchedTokens != null) {
            engine = new EngineSettings(
                    Math.min(engine.maxNumSeqs(), maxBatchedTokens),
                    maxBatchedTokens,
                    engine.blockSize(),
                    engine.kvTokens(),
                    engine.reserveFullPrompt(),
                    engine.prefixShare(),
                    engine.prefixCaching(),
                    engine.stepByStep());
        }
        if (maxNumSeqs != null) {
            engine = engine.withMaxNumSeqs(maxNumSeqs);
        }
        return kvTokens == null ? engine : engine.withKvTokens(kvTokens);
    }

    private @Nullable ServiceLevelObjective objective() {
        if (timeToFirstToken == null && timePerOutputToken == null) {
            return null;
        }
        return new ServiceLevelObjective(
                timeToFirstToken == null ? null : TimeSpan.parse(timeToFirstToken),
                timePerOutputToken == null ? null : TimeSpan.parse(timePerOutputToken),
                io.ampacity.units.Fraction.parse(attainment).value());
    }

    /** What the rooms below refuse in a typed value is the typist's error. */
    private <T> T typed(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException refused) {
            if (refused instanceof io.ampacity.units.UnitException) {
                throw refused;
            }
            throw badInput(String.valueOf(refused.getMessage()));
        }
    }
}
