package io.ampacity.planner.coefficients;

import io.ampacity.facts.Chip;
import io.ampacity.facts.Deployment;
import io.ampacity.facts.Engine;
import io.ampacity.facts.LanguageModel;
import io.ampacity.facts.Precision;
import io.ampacity.physics.MemoryRoom;
import io.ampacity.physics.PhysicsException;
import io.ampacity.physics.ServingPhysics;
import io.ampacity.physics.StepModel;
import io.ampacity.scenario.Scenario;
import io.ampacity.scenario.ServiceLevelObjective;
import io.ampacity.scenario.Site;
import io.ampacity.scenario.Traffic;
import io.ampacity.scenario.Ways;
import io.ampacity.scenario.Workload;
import io.ampacity.simulator.capacity.CapacityAtSlo;
import io.ampacity.simulator.capacity.ServingCapacity;
import io.ampacity.simulator.replica.EngineSettings;
import io.ampacity.units.RequestRate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Coefficients from physics and simulation: the rate of a replica is the highest at which a simulated one keeps the
 * objective. Each question is answered once and remembered. Thread-safe.
 */
public final class SimulatedCoefficients implements Coefficients {

    /**
     * Part of the simulated capacity that a plan may count on. The rest is for what a lone replica under even traffic
     * does not see: routing that is not perfectly even, and the seconds until a failed pool is noticed.
     */
    private static final double PLANNED_PART = 0.95;

    private static final int MOST_LAYOUTS = 3;
    private static final int[] DEGREES = {1, 2, 4, 8, 16};
    private static final int USUAL_SERVER = 8;

    private final Scenario scenario;
    private final Ways ways;
    private final ServingPhysics physics;
    private final CoefficientStore store;
    private final long seed;
    private final Map<String, StepModel> models = new ConcurrentHashMap<>();
    private final Map<String, Estimate<ServingCoefficients>> serving = new ConcurrentHashMap<>();

    /** Coefficients for the workloads of a scenario, remembered for as long as this object lives. */
    public SimulatedCoefficients(Scenario scenario, ServingPhysics physics, long seed) {
        this(scenario, physics, seed, CoefficientStore.NONE);
    }

    /**
     * Coefficients for the workloads of a scenario.
     *
     * @param store what was computed before
     */
    public SimulatedCoefficients(Scenario scenario, ServingPhysics physics, long seed, CoefficientStore store) {
        this.scenario = scenario;
        this.ways = scenario.ways();
        this.physics = physics;
        this.seed = seed;
        this.store = store;
    }

    @Override
    public List<Deployment> deployments(Workload workload, Chip chip) {
        LanguageModel model = model(workload);
        long longest = longestSequence(workload);
        int server = chip.chipsPerServer() == null ? USUAL_SERVER : chip.chipsPerServer();
        int domain = Math.max(server, chip.scaleUpDomain() == null ? server : chip.scaleUpDomain());
        List<Deployment> fitting = new ArrayList<>();
        for (int pipeline : DEGREES) {
            for (int tensor : DEGREES) {
                boolean whole = pipeline == 1 || tensor == Math.min(server, USUAL_SERVER);
                if (tensor <= domain && model.queryHeads() % tensor == 0 && whole && pipeline <= model.layers()) {
                    Deployment deployment = deployment(workload, tensor, pipeline);
                    if (fits(chip, model, deployment, longest)) {
                        fitting.add(deployment);
                    }
                }
            }
            if (!fitting.isEmpty()) {
                break;
            }
        }
        fitting.sort(Comparator.comparingInt(Deployment::chips));
        return List.copyOf(fitting.subList(0, Math.min(MOST_LAYOUTS, fitting.size())));
    }

    private static Deployment deployment(Workload workload, int tensor, int pipeline) {
        return switch (workload) {
            case Workload.Serving serves ->
                new Deployment(tensor, pipeline, 1, 1, serves.precision(), serves.kvPrecision(), serves.engine());
            case Workload.Batch works ->
                new Deployment(tensor, pipeline, 1, 1, works.precision(), works.kvPrecision(), works.engine());
            case Workload.Training trains ->
                new Deployment(tensor, pipeline, 1, 1, trains.precision(), Precision.BF16, Engine.VLLM);
        };
    }

    private static boolean fits(Chip chip, LanguageModel model, Deployment deployment, long tokens) {
        try {
            MemoryRoom room = ServingPhysics.memoryRoom(chip, model, deployment);
            return room.fits() && room.kvTokens() >= tokens;
        } catch (PhysicsException unknown) {
            return false;
        }
    }

    private static long longestSequence(Workload workload) {
        return switch (workload) {
            case Workload.Serving serves ->
                (long) serves.traffic().promptTokens().maximum()
                        + serves.traffic().outputTokens().maximum();
            case Workload.Batch works -> 2L * (works.meanPromptTokens() + works.meanOutputTokens());
            case Workload.Training trains -> 0;
        };
    }

    @Override
    public Estimate<ServingCoefficients> serving(
            Workload.Serving workload, Site site, Chip chip, Deployment deployment) {
        double roundTrip = ways.roundTrip(workload, site).seconds();
        String key = String.join("|", workload.id(), chip.id(), deployment.id(), Double.toString(roundTrip));
        return serving.computeIfAbsent(key, absent -> {
            Traffic traffic = workload.traffic();
            return rated(traffic, workload.objective(), roundTrip, chip, model(workload), deployment);
        });
    }

    private Estimate<ServingCoefficients> rated(
            Traffic traffic,
            ServiceLevelObjective objective,
            double roundTripSeconds,
            Chip chip,
            LanguageModel model,
            Deployment deployment) {
        StepModel steps;
        try {
            steps = stepModel(chip, model, deployment);
        } catch (PhysicsException impossible) {
            return Estimate.impossible(String.valueOf(impossible.getMessage()));
        }
        String question = CoefficientStore.question(
                chip, model, deployment, physics.table().entries(), traffic, objective, roundTripSeconds, seed);
        ServingCoefficients known = store.serving(question);
        if (known != null) {
            return Estimate.of(known);
        }
        ServingCapacity capacity =
                CapacityAtSlo.of(steps, traffic, objective, roundTripSeconds, seed, EngineSettings.forChip(chip));
        double rate = capacity.maxRequestsPerSecond() * PLANNED_PART;
        if (!(rate > 0)) {
            return Estimate.impossible("a request alone misses the objective");
        }
        double idle = capacity.idleWatts();
        ServingCoefficients numbers =
                new ServingCoefficients(rate, idle, Math.max(0, (capacity.wattsAt(rate) - idle) / rate));
        store.remember(question, numbers);
        return Estimate.of(numbers);
    }

    @Override
    public Estimate<TrainingCoefficients> training(Workload.Training workload, Site site, Chip chip, int gangChips) {
        return TrainingGang.of(workload, model(workload), chip, gangChips);
    }

    @Override
    public Estimate<BatchCoefficients> batch(Workload.Batch workload, Site site, Chip chip, Deployment deployment) {
        StepModel steps;
        try {
            steps = stepModel(chip, model(workload), deployment);
        } catch (PhysicsException impossible) {
            return Estimate.impossible(String.valueOf(impossible.getMessage()));
        }
        Traffic always = new Traffic(
                new RequestRate(1),
                1,
                0,
                1,
                new Traffic.TokenLengths(workload.meanPromptTokens(), 0, Math.max(1, workload.meanPromptTokens())),
                new Traffic.TokenLengths(workload.meanOutputTokens(), 0, Math.max(1, workload.meanOutputTokens())),
                0,
                null);
        ServingCapacity capacity =
                CapacityAtSlo.of(steps, always, new ServiceLevelObjective(null, null, 0.95), 0, seed);
        double tokens = capacity.maxRequestsPerSecond() * PLANNED_PART * workload.meanOutputTokens();
        return tokens > 0
                ? Estimate.of(new BatchCoefficients(tokens, capacity.meanWatts()))
                : Estimate.impossible("a request does not fit its KV cache");
    }

    /** The step model of a replica; the same one for the same question. */
    public StepModel stepModel(Chip chip, LanguageModel model, Deployment deployment) {
        return models.computeIfAbsent(
                model.id() + "|" + chip.id() + "|" + deployment.id(),
                absent -> physics.stepModel(chip, model, deployment));
    }

    private LanguageModel model(Workload workload) {
        LanguageModel model = scenario.catalogue().models().get(workload.model());
        if (model == null) {
            throw new PlannerException("workloads." + workload.id() + ".model: " + workload.model()
                    + " is not in the catalogue. Maybe see `ampacity facts list models`");
        }
        return model;
    }
}
