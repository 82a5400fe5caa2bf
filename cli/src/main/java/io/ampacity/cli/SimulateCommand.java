package io.ampacity.cli;

import io.ampacity.facts.Catalogue;
import io.ampacity.facts.Chip;
import io.ampacity.facts.Deployment;
import io.ampacity.facts.LanguageModel;
import io.ampacity.physics.ServingPhysics;
import io.ampacity.planner.PlannerOptions;
import io.ampacity.planner.proof.Proof;
import io.ampacity.planner.proof.ReplaySettings;
import io.ampacity.reports.SimulationPaper;
import io.ampacity.reports.html.HtmlRenderer;
import io.ampacity.reports.paper.Paper;
import io.ampacity.scenario.Plan;
import io.ampacity.simulator.Simulation;
import io.ampacity.simulator.SimulationSettings;
import io.ampacity.simulator.failure.Failure;
import io.ampacity.simulator.failure.process.FailureModel.Place;
import io.ampacity.simulator.fleet.Fleet;
import io.ampacity.simulator.fleet.FleetWorkload;
import io.ampacity.simulator.report.SimulationResult;
import io.ampacity.simulator.serving.ServingFeatures;
import io.ampacity.traces.RequestSource;
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

    @Mixin
    private EngineOptions engine = new EngineOptions();

    @Mixin
    private AnswerOptions answers = new AnswerOptions();

    @Mixin
    private FlowOptions flow = new FlowOptions();

    @Mixin
    private FeatureOptions features = new FeatureOptions();

    @Mixin
    private DraftAndAdapterOptions draftsAndAdapters = new DraftAndAdapterOptions();

    @Mixin
    private ObjectiveOptions objective = new ObjectiveOptions();

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Seed of all chance.")
    private long seed = 1;

    @Option(
            names = "--start",
            paramLabel = "DATE",
            description = "When the trace begins, in UTC, for grids that vary over the year: 2026-07-01T18:00.")
    private @Nullable LocalDateTime start;

    @Option(names = "--threads", paramLabel = "N", description = "Threads; the result does not depend on it.")
    private @Nullable Integer threads;

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
            refuse(OptionScopes.OF_PLANS, "speaks of a plan, and none is given");
            return replayOnReplicas();
        }
        refuse(OptionScopes.OF_REPLICAS, "speaks of replicas described here, but those of a plan are in the plan");
        if (!trace.given()) {
            refuse(OptionScopes.OF_TRACES, "says how a trace is replayed, and none is named with --trace");
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
        double seconds = drawn.given() && trace.given() ? trace.lastArrivalSeconds(this, seed) : settings.seconds();
        settings = drawn.besides(settings, file.scenario(), plan, seconds, output());
        WorkloadRequests requests = new WorkloadRequests(file.folder(), seed);
        Proof.Requests source = trace.given() ? trace.split(this, file.scenario(), plan, settings, seed) : requests;
        Plan replayed = plan;
        ReplaySettings asked = settings;
        int sources = (int) plan.placement().stream()
                .map(Plan.Placement::workload)
                .distinct()
                .count();
        long started = System.nanoTime();
        Proof proof;
        try (ReplayProgress progress = new ReplayProgress(
                output(),
                trace.given() ? trace.knownSeconds() : settings.seconds(),
                trace.given() ? trace.knownRequests() : 0,
                sources)) {
            Proof.Requests watched = (workload, rate, until) -> progress.watch(source.of(workload, rate, until));
            proof = exports.recording(
                    observer -> typed(() -> session.prove(replayed, watched, asked, observer)), Proof::result);
        }
        double wallSeconds = (System.nanoTime() - started) / 1e9;
        String what = trace.given() ? String.valueOf(trace.trace) : requests.words();
        tell(proof.result(), Map.of(), wallSeconds, session.paper(plan, proof, what));
        return ExitCode.FINE;
    }

    private int replayOnReplicas() throws IOException {
        Catalogue catalogue = known.catalogue();
        LanguageModel model = replica.model(this, catalogue);
        Chip chip = replica.chip(this, catalogue);
        Deployment deployment = replica.deployment(this, model);
        engine.check();
        Numbers.checkAtLeastOne("--threads", threads);
        if (replicas < 1 || replicas > 1_000_000) {
            throw badInput("--replicas is " + replicas + "; it must be 1 to 1000000");
        }
        PriceAndPlace.Place place = priceAndPlace.place(known, chip, deployment);
        List<Failure> failures = new ArrayList<>(replay.failures(this));
        if (drawn.given()) {
            Place where =
                    new Place("pool", place.supplier(), place.region(), place.region(), replicas, deployment.chips());
            failures.addAll(drawn.of(List.of(where), seed, trace.lastArrivalSeconds(this, seed), output()));
        }
        SimulationSettings settings = settings(failures);
        AnswerOptions.Chosen others = answers.choose(
                this,
                known,
                priceAndPlace,
                physics(catalogue),
                model,
                deployment,
                features.disaggregated(),
                features.needPower());
        ServingPhysics physics = physics(catalogue);
        DescribedPool pool = new DescribedPool(
                model,
                chip,
                deployment,
                replicas,
                typed(() -> engine.engine(chip)),
                place,
                flow.coldStartSeconds(this),
                others.machines());
        Fleet fleet = pool.fleet(
                physics, catalogue, features.needPower(), new FleetWorkload(WORKLOAD, objective.objective(this)));
        Simulation simulation = typed(() -> Simulation.of(fleet).with(settings));
        long started = System.nanoTime();
        SimulationResult result;
        try (ReplayProgress progress = new ReplayProgress(output(), trace.knownSeconds(), trace.knownRequests(), 1);
                RequestSource source = progress.watch(trace.open(this, seed))) {
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
        bases.put("costBasis", place.costBasis() + others.costBasis() + hours);
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
        return typed(() -> flow.apply(SimulationSettings.STANDARD)
                .withRouter(features.router())
                .withSeed(seed)
                .withThreads(threads())
                .withFeatures(features())
                .withStart(start == null ? 1 : start.getMonthValue(), start == null ? 0 : start.getHour())
                .withFailures(failures));
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
