package io.ampacity.cli;

import io.ampacity.facts.Catalogue;
import io.ampacity.facts.Chip;
import io.ampacity.facts.Deployment;
import io.ampacity.facts.GridProfile;
import io.ampacity.facts.LanguageModel;
import io.ampacity.physics.ServingPhysics;
import io.ampacity.planner.PlannerOptions;
import io.ampacity.planner.proof.Proof;
import io.ampacity.planner.proof.ReplaySettings;
import io.ampacity.reports.SimulationPaper;
import io.ampacity.reports.html.HtmlRenderer;
import io.ampacity.reports.paper.Paper;
import io.ampacity.routing.Pool;
import io.ampacity.routing.RoutingTable;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.Scenario;
import io.ampacity.scenario.ServiceLevelObjective;
import io.ampacity.simulator.Simulation;
import io.ampacity.simulator.SimulationSettings;
import io.ampacity.simulator.failure.Failure;
import io.ampacity.simulator.failure.process.FailureModel.Place;
import io.ampacity.simulator.fleet.Fleet;
import io.ampacity.simulator.fleet.FleetFactory;
import io.ampacity.simulator.fleet.FleetPool;
import io.ampacity.simulator.fleet.FleetWorkload;
import io.ampacity.simulator.fleet.PowerCurve;
import io.ampacity.simulator.replica.EngineSettings;
import io.ampacity.simulator.report.SimulationResult;
import io.ampacity.simulator.serving.ServingFeatures;
import io.ampacity.traces.RequestSource;
import io.ampacity.units.Fraction;
import io.ampacity.units.TimeSpan;
import io.ampacity.units.UnitException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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
            "      --per-request out.csv --json",
            "  ampacity simulate plan.json --fail worst",
            "  ampacity simulate plan.json --fail supplier:aws@300s+600s"
        })
final class SimulateCommand extends AbstractAction {

    /** Name of the one workload where no plan names any. */
    private static final String WORKLOAD = "requests";

    private static final Set<String> OF_PLANS = Set.of("--scenario", "--period", "--duration");

    private static final Set<String> OF_TRACES = Set.of("--trace-format", "--speed", "--repeat", "--limit");

    private static final Set<String> OF_REPLICAS = Set.of(
            "--model",
            "--chip",
            "--tensor-parallel",
            "--pipeline-parallel",
            "--expert-parallel",
            "--data-parallel",
            "--precision",
            "--kv-precision",
            "--engine",
            "--replicas",
            "--max-num-seqs",
            "--max-batched-tokens",
            "--kv-tokens",
            "--ttft",
            "--tpot",
            "--attainment",
            "--offer",
            "--price",
            "--region",
            "--start",
            "--step-by-step");

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "SCENARIO|PLAN",
            description = "A plan (JSON) to replay, or a scenario (YAML) to plan and replay.")
    private @Nullable Path subject;

    @Mixin
    private AnsweredScenario answered = new AnsweredScenario();

    @Mixin
    private KnownFacts known = new KnownFacts();

    @Mixin
    private CalibrationOption calibration = new CalibrationOption();

    @Mixin
    private ReplicaOptions replica = new ReplicaOptions();

    @Option(names = "--replicas", paramLabel = "N", defaultValue = "1", description = "Replicas of the model.")
    private int replicas = 1;

    @Mixin
    private TraceOptions trace = new TraceOptions();

    @Mixin
    private ReplayOptions replay = new ReplayOptions();

    @Option(names = "--max-num-seqs", paramLabel = "N", description = "Most requests running at once on a replica.")
    private @Nullable Integer maxNumSeqs;

    @Option(names = "--max-batched-tokens", paramLabel = "N", description = "Most new tokens in one engine iteration.")
    private @Nullable Integer maxBatchedTokens;

    @Option(names = "--kv-tokens", paramLabel = "N", description = "Room of a replica's KV cache in tokens.")
    private @Nullable Long kvTokens;

    @Mixin
    private FeatureOptions features = new FeatureOptions();

    @Mixin
    private DraftAndAdapterOptions draftsAndAdapters = new DraftAndAdapterOptions();

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

    @Option(
            names = "--start",
            paramLabel = "DATE",
            description = "When the trace begins, in UTC, for grids that vary over the year: 2026-07-01T18:00.")
    private @Nullable LocalDateTime start;

    @Option(names = "--threads", paramLabel = "N", description = "Threads; the result does not depend on it.")
    private @Nullable Integer threads;

    @Option(names = "--step-by-step", description = "Simulate every engine iteration as an event: slower, same result.")
    private boolean stepByStep;

    @Mixin
    private DrawnFailures drawn = new DrawnFailures();

    @Mixin
    private Exports exports = new Exports();

    @Mixin
    private PriceAndPlace priceAndPlace = new PriceAndPlace();

    @Option(names = "--html", paramLabel = "FILE", description = "Write the result as one HTML file.")
    private @Nullable Path html;

    @Override
    public Integer call() throws IOException {
        exports.check();
        if (html != null) {
            Draft.check(html);
        }
        if (subject == null) {
            refuse(OF_PLANS, "speaks of a plan, and none is given");
            return replayOnReplicas();
        }
        refuse(OF_REPLICAS, "speaks of replicas described here, but those of a plan are in the plan");
        if (!trace.given()) {
            refuse(OF_TRACES, "says how a trace is replayed, and none is named with --trace");
        }
        return replayOnPlan(subject);
    }

    /** An option that would be without effect is a mistake of whoever typed it. */
    private void refuse(Set<String> options, String reason) {
        for (OptionSpec option : spec().commandLine().getParseResult().matchedOptions()) {
            if (options.contains(option.longestName())) {
                throw badInput(option.longestName() + " " + reason);
            }
        }
    }

    private int replayOnPlan(Path named) throws IOException {
        Plan plan = null;
        ScenarioFile file;
        if (String.valueOf(named.getFileName()).endsWith(".json")) {
            plan = AnsweredScenario.read(named);
            file = answered.of(plan, known, output());
        } else {
            file = ScenarioFile.read(named, known.catalogue(), output());
        }
        PlanSession session = new PlanSession(file, output(), physics(known.catalogue()));
        if (plan == null) {
            plan = session.plan(PlannerOptions.usual());
        }
        if (plan.status() == Plan.Status.INFEASIBLE) {
            throw new BadInput("the plan is infeasible, so there is no fleet to replay on", "relax a limit first");
        }
        ReplaySettings settings = replay.settings(this, file.scenario(), seed, threads())
                .withRouter(typed(features::router))
                .withFeatures(typed(this::features));
        settings = withDrawn(settings, file.scenario(), plan);
        WorkloadRequests requests = new WorkloadRequests(file.folder(), seed);
        Proof.Requests source = trace.given() ? trace.split(this, file.scenario(), plan, settings, seed) : requests;
        Plan replayed = plan;
        ReplaySettings asked = settings;
        long started = System.nanoTime();
        Proof proof = exports.recording(
                observer -> typed(() -> session.prove(replayed, source, asked, observer)), Proof::result);
        double wallSeconds = (System.nanoTime() - started) / 1e9;
        String what = trace.given() ? String.valueOf(trace.trace) : requests.words();
        tell(proof.result(), Map.of(), wallSeconds, session.paper(plan, proof, what));
        return ExitCode.FINE;
    }

    /** The settings with failures drawn for the plan's pools, and regions told as their sites. */
    private ReplaySettings withDrawn(ReplaySettings settings, Scenario scenario, Plan plan) throws IOException {
        Map<String, String> regions = new LinkedHashMap<>();
        scenario.sites().forEach(site -> regions.put(site.id(), site.region() == null ? site.id() : site.region()));
        int period = settings.period() == null ? Proof.busiest(scenario) : settings.period();
        List<Failure> drills = settings.failures() == null
                ? Proof.usualLosses(scenario, plan, period, settings.seconds())
                : settings.failures();
        List<Failure> all = new ArrayList<>(drills);
        if (drawn.given()) {
            Map<String, Integer> chips = new LinkedHashMap<>();
            for (Plan.Placement placement : plan.placement()) {
                if (placement.deployment() != null) {
                    chips.put(
                            RoutingTable.poolId(placement),
                            placement.deployment().chips());
                }
            }
            List<Place> places = typed(() -> RoutingTable.of(scenario, plan, period)).pools().stream()
                    .map(pool -> new Place(
                            pool.id(),
                            pool.supplier(),
                            pool.site(),
                            regions.getOrDefault(pool.site(), pool.site()),
                            pool.replicas(),
                            chips.getOrDefault(pool.id().replaceFirst("~\\d+$", ""), 1)))
                    .toList();
            double seconds = trace.given() ? trace.lastArrivalSeconds(this, seed) : settings.seconds();
            all.addAll(drawn.of(places, seed, seconds, output()));
        }
        return settings.withFailures(Failure.inSites(all, regions));
    }

    private int replayOnReplicas() throws IOException {
        Catalogue catalogue = known.catalogue();
        LanguageModel model = replica.model(this, catalogue);
        Chip chip = replica.chip(this, catalogue);
        Deployment deployment = replica.deployment(this, model);
        Numbers.checkAtLeastOne("--max-num-seqs", maxNumSeqs);
        Numbers.checkAtLeastOne("--max-batched-tokens", maxBatchedTokens);
        Numbers.checkAtLeastOne("--kv-tokens", kvTokens);
        Numbers.checkAtLeastOne("--threads", threads);
        if (replicas < 1 || replicas > 1_000_000) {
            throw badInput("--replicas is " + replicas + "; it must be 1 to 1000000");
        }
        PriceAndPlace.Place place = priceAndPlace.place(known, chip, deployment);
        List<Failure> failures = new ArrayList<>(replay.failures(this));
        if (drawn.given()) {
            Place pool =
                    new Place("pool", place.supplier(), place.region(), place.region(), replicas, deployment.chips());
            failures.addAll(drawn.of(List.of(pool), seed, trace.lastArrivalSeconds(this, seed), output()));
        }
        SimulationSettings settings = settings(failures);
        EngineSettings engine = typed(() -> engine(chip));
        Fleet fleet = onePool(model, chip, deployment, engine, place);
        Simulation simulation = typed(() -> Simulation.of(fleet).with(settings));
        long started = System.nanoTime();
        SimulationResult result;
        try (RequestSource source = trace.open(this, seed)) {
            result = exports.recording(
                    observer -> observer == null
                            ? simulation.run(source)
                            : simulation.run(Map.of(WORKLOAD, source), observer),
                    whole -> whole);
        }
        double wallSeconds = (System.nanoTime() - started) / 1e9;
        if (result.requests().arrived() == 0) {
            output().warning("the trace holds no request, so nothing was replayed");
        }
        String what = model.name() + " on " + replicas + " × " + deployment.chips() + " " + chip.name();
        Map<String, String> bases = new LinkedHashMap<>();
        String hours = features.electricity() == null
                ? ""
                : "; where " + features.electricity() + " tells, electricity is as it says from hour to hour";
        bases.put("costBasis", place.costBasis() + hours);
        bases.put("carbonBasis", place.carbonBasis() + hours);
        bases.put("waterBasis", place.waterBasis());
        String how = deployment.id() + ", " + features.router().id() + ", seed " + seed;
        tell(
                result,
                bases,
                wallSeconds,
                SimulationPaper.of(
                        what,
                        how,
                        result,
                        List.of(
                                "Cost: " + bases.get("costBasis") + ".",
                                "Carbon: " + bases.get("carbonBasis") + ".",
                                "Water: " + place.waterBasis() + ".")));
        return ExitCode.FINE;
    }

    private Fleet onePool(
            LanguageModel model, Chip chip, Deployment deployment, EngineSettings engine, PriceAndPlace.Place place) {
        Pool pool = new Pool(
                "pool",
                WORKLOAD,
                place.supplier(),
                place.region(),
                model.id(),
                chip.id(),
                "pool",
                replicas,
                1,
                0,
                0,
                0,
                null,
                place.gramsPerKilowattHour());
        GridProfile profile =
                place.gridProfile() == null ? null : known.catalogue().grids().get(place.gridProfile());
        ServingPhysics physics = physics(known.catalogue());
        FleetPool placed = new FleetPool(
                pool,
                physics.stepModel(chip, model, deployment),
                engine,
                place.pue(),
                profile == null ? null : profile.carbonDirect(),
                place.litresPerKilowattHour(),
                place.usdPerReplicaSecond(),
                0.0,
                FleetFactory.STANDARD_COLD_START_SECONDS,
                null,
                null,
                features.needPower() ? PowerCurve.of(physics, chip, model, deployment) : null,
                null);
        return Fleet.of(List.of(placed), List.of(new FleetWorkload(WORKLOAD, objective())));
    }

    private void tell(SimulationResult result, Map<String, String> bases, double wallSeconds, Paper paper)
            throws IOException {
        if (html != null) {
            WholeFile.write(html, new HtmlRenderer().render(paper));
        }
        if (output().json()) {
            output().document(SimulationDocument.of(result, bases, wallSeconds));
        } else {
            output().paper(paper);
        }
    }

    /** How fast and how hot servers run, with what they do beyond plain serving. */
    private ServingPhysics physics(Catalogue catalogue) {
        return calibration.physics(catalogue).withTerms(draftsAndAdapters.terms(this, 0));
    }

    private ServingFeatures features() {
        return features.features().withDrafting(draftsAndAdapters.drafting(this));
    }

    private int threads() {
        return threads == null ? Runtime.getRuntime().availableProcessors() : threads;
    }

    private SimulationSettings settings(List<Failure> failures) {
        return typed(() -> SimulationSettings.STANDARD
                .withRouter(features.router())
                .withSeed(seed)
                .withThreads(threads())
                .withFeatures(features())
                .withStart(start == null ? 1 : start.getMonthValue(), start == null ? 0 : start.getHour())
                .withFailures(failures));
    }

    private EngineSettings engine(Chip chip) {
        EngineSettings engine = EngineSettings.forChip(chip).withStepByStep(stepByStep);
        if (maxBatchedTokens != null) {
            engine = engine.withMaxNumSeqs(Math.min(engine.maxNumSeqs(), maxBatchedTokens))
                    .withMaxBatchedTokens(maxBatchedTokens);
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
        double share = Fraction.parse(attainment).value();
        if (!(share > 0 && share <= 1)) {
            throw badInput("--attainment is " + attainment + "; it must be above 0 and at most 100 %");
        }
        return new ServiceLevelObjective(limit("--ttft", timeToFirstToken), limit("--tpot", timePerOutputToken), share);
    }

    private static @Nullable TimeSpan limit(String option, @Nullable String time) {
        if (time == null) {
            return null;
        }
        TimeSpan limit = TimeSpan.parse(time);
        Numbers.positive(option, limit.seconds());
        return limit;
    }

    /** What the rooms below refuse in a typed value is the typist's error. */
    private <T> T typed(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException refused) {
            if (refused instanceof UnitException) {
                throw refused;
            }
            throw badInput(String.valueOf(refused.getMessage()));
        }
    }
}
