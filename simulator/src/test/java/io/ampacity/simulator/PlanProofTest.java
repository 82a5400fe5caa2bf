package io.ampacity.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ampacity.facts.BuiltInCatalogue;
import io.ampacity.facts.Catalogue;
import io.ampacity.facts.Deployment;
import io.ampacity.facts.Engine;
import io.ampacity.facts.Precision;
import io.ampacity.physics.ServingPhysics;
import io.ampacity.physics.StepModel;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.Scenario;
import io.ampacity.scenario.Workload;
import io.ampacity.scenario.reading.ScenarioReader;
import io.ampacity.simulator.capacity.CapacityAtSlo;
import io.ampacity.simulator.failure.Failure;
import io.ampacity.simulator.fleet.Fleet;
import io.ampacity.simulator.fleet.FleetFactory;
import io.ampacity.simulator.fleet.StepModels;
import io.ampacity.simulator.report.FailureWindow;
import io.ampacity.simulator.report.SimulationResult;
import io.ampacity.simulator.report.SupplierResult;
import io.ampacity.traces.RequestSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A plan sized by {@link CapacityAtSlo} with a supplier to spare must hold in the replay when one is lost. */
class PlanProofTest {

    private static final String SCENARIO = """
            ampacity: 1
            name: proof
            horizon: {start: 2027-01, period: quarter, periods: 1, discount-rate: 8 %}
            suppliers:
              aws: {regions: [aws:eu-north-1], chips: [h100-sxm], contracts: [on-demand]}
              gcp: {regions: [gcp:europe-west4], chips: [h100-sxm], contracts: [on-demand]}
              own: {name: The enterprise itself}
            sites:
              aws:eu-north-1: {round-trip: 32 ms}
              gcp:europe-west4: {round-trip: 18 ms}
              frankfurt:
                kind: data-centre
                jurisdiction: DE
                power: 400 kW
                pue: 1.3
                tariff: 110 USD/MWh
                carbon-intensity: 276 g/kWh
                grid: DE-LU
                round-trip: 12 ms
            fleet:
              - {site: frankfurt, chip: h100-sxm, chips: 96}
            workloads:
              assistant:
                kind: serving
                model: llama-3.1-8b
                traffic:
                  rate: 60 /s
                  prompt-tokens: {mean: 1155, cv: 0.96, maximum: 14050}
                  output-tokens: {mean: 211, cv: 0.77, maximum: 1000}
                objective: {time-to-first-token: 1 s, time-per-output-token: 40 ms, attainment: 95 %}
                data-class: personal
                latency-class: regional
            policy:
              data-classes:
                personal: {sub-processors: [aws, gcp], jurisdictions: [EU]}
            """;

    private static final Deployment ONE_CHIP = new Deployment(1, 1, 1, 1, Precision.BF16, Precision.BF16, Engine.VLLM);

    private static final Catalogue CATALOGUE = BuiltInCatalogue.load();
    private static final StepModels MODELS =
            (model, chip, deployment) -> ServingPhysics.shipped().stepModel(chip, model, deployment);

    private static Scenario scenario;
    private static double capacity;

    @BeforeAll
    static void sizeOneReplica() {
        scenario = ScenarioReader.parse("proof.yaml", SCENARIO, CATALOGUE).scenarioOrThrow();
        Workload.Serving serving = (Workload.Serving) scenario.workloads().getFirst();
        StepModel model = MODELS.of(
                CATALOGUE.model("llama-3.1-8b").orElseThrow(),
                CATALOGUE.chip("h100-sxm").orElseThrow(),
                ONE_CHIP);
        capacity = CapacityAtSlo.of(model, serving.traffic(), serving.objective(), 0.032, 1)
                .maxRequestsPerSecond();
    }

    @Test
    void aPlanWithASupplierToSpareServesThroughItsLoss() {
        SimulationResult result = replay(plan(2, 2, 2), 0.9 * 4 * capacity, "supplier:aws@400s+400s");
        FailureWindow window = result.failures().getFirst();
        assertThat(window.before().sloAttainment()).isGreaterThan(0.99);
        assertThat(window.during().sloAttainment()).isGreaterThan(0.95);
        assertThat(window.after().sloAttainment()).isGreaterThan(0.99);
        assertThat(result.requests().lost()).isZero();
        assertThat(result.requests().retried()).isPositive();
        assertThat(result.breakersOpened()).isPositive();
        assertThat(result.wastedTokens()).isPositive();
    }

    @Test
    void aPlanWithNothingToSpareFailsWhenASupplierIsLost() {
        SimulationResult calm = replay(plan(2, 2, 2), 0.95 * 6 * capacity);
        assertThat(calm.sloAttainment()).isGreaterThan(0.95);
        SimulationResult result = replay(plan(2, 2, 2), 0.95 * 6 * capacity, "supplier:aws@400s+400s");
        FailureWindow window = result.failures().getFirst();
        assertThat(window.before().sloAttainment()).isGreaterThan(0.95);
        assertThat(window.during().sloAttainment()).isLessThan(0.8);
    }

    @Test
    void trafficFollowsThePlansWeights() {
        SimulationResult result = replay(plan(6, 3, 3), 60);
        assertThat(result.byPool().get(0).completed()
                        / (double) result.requests().completed())
                .isCloseTo(0.5, within(0.001));
    }

    @Test
    void moneyEnergyAndCarbonAddUp() {
        Plan plan = plan(4, 3, 3);
        SimulationResult result = replay(plan, 60);
        double seconds = result.simulatedSeconds();
        double periodSeconds = scenario.horizon().periodLength().seconds();
        double rent =
                plan.capacity().stream().mapToDouble(Plan.Capacity::costUsd).sum() / periodSeconds * seconds;
        SupplierResult own = result.bySupplier().stream()
                .filter(supplier -> supplier.supplier().equals("own"))
                .findFirst()
                .orElseThrow();
        double energyUsd = own.energyJoules() / 3.6e6 * 0.11;
        assertThat(result.costUsd()).isCloseTo(rent + energyUsd, within(1e-6 * rent));
        assertThat(result.energyJoules())
                .isCloseTo(
                        result.bySupplier().stream()
                                .mapToDouble(SupplierResult::energyJoules)
                                .sum(),
                        within(1.0));
        // Frankfurt's grid varies over the day around 276 g/kWh.
        assertThat(Objects.requireNonNull(own.carbonGrams()) / (own.energyJoules() / 3.6e6))
                .isBetween(140.0, 420.0);
    }

    @Test
    void aPlacementThatThePolicyForbidsIsNeverRoutedTo() {
        Plan plan = plan(2, 2, 2);
        Scenario strict = ScenarioReader.parse(
                        "strict.yaml",
                        SCENARIO.replace("sub-processors: [aws, gcp]", "sub-processors: [gcp]"),
                        CATALOGUE)
                .scenarioOrThrow();
        Fleet fleet = FleetFactory.fromPlan(strict, plan, 0, MODELS);
        assertThat(fleet.pools()).noneMatch(pool -> pool.routing().supplier().equals("aws"));
        assertThat(fleet.table().refusals()).singleElement().asString().contains("aws is no sub-processor");
    }

    @Test
    void aFailureOfNothingIsRefused() {
        Fleet fleet = FleetFactory.fromPlan(scenario, plan(2, 2, 2), 0, MODELS);
        SimulationSettings settings =
                SimulationSettings.STANDARD.withFailures(List.of(Failure.parse("supplier:azure@1h+1h")));
        assertThatThrownBy(() -> Simulation.of(fleet).with(settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("supplier:azure touches no pool")
                .hasMessageContaining("supplier:aws");
    }

    private static SimulationResult replay(Plan plan, double rate, String... failures) {
        Fleet fleet = FleetFactory.fromPlan(scenario, plan, 0, MODELS);
        List<Failure> parsed = new ArrayList<>();
        for (String failure : failures) {
            parsed.add(Failure.parse(failure));
        }
        Workload.Serving serving = (Workload.Serving) scenario.workloads().getFirst();
        Map<String, RequestSource> sources = new LinkedHashMap<>();
        sources.put(
                serving.id(), serving.traffic().traceModel("assistant", rate).synthesise(1200, 3));
        return Simulation.of(fleet)
                .with(SimulationSettings.STANDARD.withFailures(parsed))
                .run(sources);
    }

    private static Plan plan(int aws, int gcp, int own) {
        List<Plan.Placement> placements = new ArrayList<>();
        List<Plan.Capacity> held = new ArrayList<>();
        int all = aws + gcp + own;
        place(placements, held, "aws:eu-north-1", "aws", aws, all);
        place(placements, held, "gcp:europe-west4", "gcp", gcp, all);
        place(placements, held, "frankfurt", "own", own, all);
        return new Plan(
                1,
                "proof",
                "",
                Plan.Status.FEASIBLE,
                0,
                0,
                0,
                List.of("2027-Q1"),
                held,
                placements,
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    private static void place(
            List<Plan.Placement> placements,
            List<Plan.Capacity> held,
            String site,
            String supplier,
            int replicas,
            int all) {
        double share = (double) replicas / all;
        placements.add(new Plan.Placement(
                0,
                "assistant",
                site,
                supplier,
                "h100-sxm",
                ONE_CHIP,
                replicas,
                replicas,
                60 * share,
                60 * share,
                capacity * replicas,
                share,
                0));
        held.add(new Plan.Capacity(0, site, supplier, "h100-sxm", "on-demand", replicas, replicas, 1000.0 * replicas));
    }
}
