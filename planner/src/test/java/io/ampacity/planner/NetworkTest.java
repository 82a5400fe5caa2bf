package io.ampacity.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ampacity.facts.Contract;
import io.ampacity.facts.Coordinates;
import io.ampacity.planner.coefficients.Assumptions;
import io.ampacity.planner.verify.PlanVerifier;
import io.ampacity.scenario.Network;
import io.ampacity.scenario.Network.Line;
import io.ampacity.scenario.Network.Link;
import io.ampacity.scenario.Network.Origin;
import io.ampacity.scenario.Network.WorkloadData;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.Plan.PeriodTotals;
import io.ampacity.scenario.Policy;
import io.ampacity.scenario.Scenario;
import io.ampacity.scenario.ShareCaps;
import io.ampacity.scenario.Workload.LatencyClass;
import io.ampacity.testing.Seeds;
import io.ampacity.units.ByteRate;
import io.ampacity.units.Bytes;
import io.ampacity.units.DataPrice;
import io.ampacity.units.TimeSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Data that moves between places costs money and time, and lines carry only so much of it. */
class NetworkTest {

    private static final double GIGABIT = 1e9 / 8;
    private static final double QUARTER_SECONDS = 8766.0 / 4 * 3600;

    private final Planner planner = new Planner();

    private static Line line(@Nullable Coordinates at, double egress, double transfer, @Nullable Double uplink) {
        return new Line(
                at, new DataPrice(egress), new DataPrice(transfer), uplink == null ? null : new ByteRate(uplink));
    }

    private static Network network(Map<String, Line> lines, List<Link> links, Map<String, WorkloadData> data) {
        Origin users = new Origin(new Coordinates(50, 9), null, null, new DataPrice(0));
        return new Network(
                2.1, new TreeMap<>(Map.of("users", users)), new TreeMap<>(lines), links, new TreeMap<>(data));
    }

    private static WorkloadData answers(double bytesPerToken) {
        return new WorkloadData("users", new Bytes(bytesPerToken), null, new Bytes(0), new Bytes(0));
    }

    private static WorkloadData training(String at, double terabytes, double checkpointTerabytes) {
        return new WorkloadData(
                null, new Bytes(0), at, new Bytes(terabytes * 1e12), new Bytes(checkpointTerabytes * 1e12));
    }

    private static Coordinates somewhere(Random random) {
        return new Coordinates(random.nextInt(140) - 70, random.nextInt(360) - 180);
    }

    private static boolean dependsOnSplits(Policy policy) {
        return !policy.budget().isUnlimited()
                || !policy.capital().isUnlimited()
                || !policy.operating().isUnlimited()
                || policy.limitsCarbon()
                || !policy.periodLimits().isEmpty()
                || !policy.shares().equals(ShareCaps.NONE);
    }

    private static Scenario connected(Scenario scenario, Random random) {
        Map<String, Line> lines = new TreeMap<>();
        for (String site : List.of("a1", "b1", "o1")) {
            lines.put(site, line(somewhere(random), random.nextInt(40) / 100.0, random.nextInt(10) / 100.0, null));
        }
        List<Link> links = new ArrayList<>();
        if (random.nextInt(3) == 0) {
            links.add(new Link("users", "a1", new TimeSpan(0.02 * random.nextInt(5)), new DataPrice(0.01), null));
        }
        if (random.nextInt(3) == 0) {
            links.add(new Link("a1", "o1", null, new DataPrice(0), null));
        }
        Origin users = new Origin(somewhere(random), null, null, new DataPrice(random.nextInt(2) * 0.05));
        Map<String, WorkloadData> data = new TreeMap<>();
        data.put("w", answers(200 * random.nextInt(30)));
        data.put("t", training(random.nextBoolean() ? "b1" : "users", random.nextInt(50), random.nextInt(20)));
        return scenario.withNetwork(new Network(
                2.1, new TreeMap<>(Map.of("users", users)), new TreeMap<>(lines), links, new TreeMap<>(data)));
    }

    @Test
    void aPlanThatMovesDataCostsWhatTryingEveryPlanFinds() {
        compare(140_000, 160);
    }

    @Test
    @Tag("nightly")
    void aPlanThatMovesDataCostsWhatTryingEveryPlanFindsManyTimes() {
        compare(145_000, 1500);
    }

    private static void compare(long firstSeed, int cases) {
        AtomicInteger paid = new AtomicInteger();
        AtomicInteger none = new AtomicInteger();
        Seeds.each(firstSeed, cases, random -> {
            TinyScenarios tiny = TinyScenarios.random(random);
            if (dependsOnSplits(tiny.scenario().policy())) {
                return; // which pool takes how much is then not a choice of the cheapest alone
            }
            Tried tried = Tried.of(new TinyScenarios(connected(tiny.scenario(), random), tiny.numbers()));
            if (!tried.isFeasible()) {
                none.incrementAndGet();
            } else if (tried.plan().totals().stream().anyMatch(total -> total.networkUsd() > 1)) {
                paid.incrementAndGet();
            }
        });
        if (!Seeds.given()) {
            assertThat(paid.get()).isGreaterThan(cases / 8);
            assertThat(none.get()).isPositive();
        }
    }

    @Test
    void aPlanThatIsNotTheBestKeepsItsBooksToo() {
        AtomicInteger found = new AtomicInteger();
        PlannerOptions rough = new PlannerOptions(0.3, Double.POSITIVE_INFINITY, Assumptions.usual(), null);
        Seeds.each(147_000, 60, random -> {
            TinyScenarios tiny = TinyScenarios.random(random);
            Scenario scenario = connected(tiny.scenario(), random);
            Plan plan = planner.plan(scenario, tiny.numbers(), rough);
            assertThat(new PlanVerifier(scenario, tiny.numbers(), Assumptions.usual()).verify(plan))
                    .isEmpty();
            found.addAndGet(plan.status() == Plan.Status.INFEASIBLE ? 0 : 1);
        });
        assertThat(Seeds.given() || found.get() > 20).isTrue();
    }

    /** Two sites near and far; the far one has the cheaper chips. */
    private static ScenarioBuilder nearAndFar(LatencyClass latency, double farPrice) {
        return new ScenarioBuilder()
                .horizon(1, 3, 0)
                .supplier("a", false)
                .supplier("b", false)
                .site("near", "a", "DE", 5, null, null, null)
                .site("far", "b", "US", 5, null, null, null)
                .rent("a", "near", "x", new Contract.OnDemand(), 2, 1)
                .rent("b", "far", "x", new Contract.OnDemand(), farPrice, 1)
                .serving("w", 2, 1, 0, null, latency, List.of());
    }

    private static final Map<String, Line> LINES = Map.of(
            "near",
            line(new Coordinates(50, 9), 0.1, 0.1, null),
            "far",
            line(new Coordinates(39, -77), 0.1, 0.1, null));

    private static HandMade oneEach() {
        return new HandMade().serves("w", "x", 1, 2, 100, 0);
    }

    @Test
    void answersAreServedWhereTheyCostLeastWithTheirWay() {
        // 2 requests/s of 200 tokens are 3.156 G tokens a quarter; a chip costs 0.1 USD/h less far away, 219 USD.
        Map<String, Line> dear = Map.of(
                "near", line(new Coordinates(50, 9), 0, 0, null), "far", line(new Coordinates(39, -77), 0.1, 0, null));
        for (double bytes : new double[] {100, 1000}) {
            double egress = 2 * QUARTER_SECONDS * 200 * bytes / 1e9 * 0.1;
            Scenario scenario = nearAndFar(LatencyClass.ANYWHERE, 1.9)
                    .network(network(dear, List.of(), Map.of("w", answers(bytes))))
                    .build();
            Plan plan = planner.plan(scenario, oneEach(), PlannerOptions.exact());
            boolean far = egress < 0.1 * 8766 / 4;
            assertThat(far).isEqualTo(bytes == 100);
            assertThat(plan.placement().getFirst().site()).isEqualTo(far ? "far" : "near");
            assertThat(plan.totals().getFirst().networkUsd()).isCloseTo(far ? egress : 0, within(0.01));
            assertThat(plan.totals().getFirst().operatingUsd())
                    .isCloseTo(plan.totals().getFirst().costUsd(), within(0.01));
        }
    }

    @Test
    void theDistanceKeepsALatencyClassFromAFarSite() {
        for (LatencyClass latency : List.of(LatencyClass.ANYWHERE, LatencyClass.REGIONAL)) {
            Scenario scenario = nearAndFar(latency, 1)
                    .network(network(LINES, List.of(), Map.of("w", answers(4))))
                    .build();
            Plan plan = planner.plan(scenario, oneEach(), PlannerOptions.exact());
            assertThat(plan.placement().getFirst().site()).isEqualTo(latency == LatencyClass.ANYWHERE ? "far" : "near");
        }
    }

    @Test
    void aMeasuredLinkCountsMoreThanTheDistance() {
        Link measured = new Link("far", "users", new TimeSpan(0.05), new DataPrice(0), null);
        Scenario scenario = nearAndFar(LatencyClass.REGIONAL, 1)
                .network(network(LINES, List.of(measured), Map.of("w", answers(4))))
                .build();
        Plan plan = planner.plan(scenario, oneEach(), PlannerOptions.exact());
        assertThat(plan.placement().getFirst().site()).isEqualTo("far");
        assertThat(plan.totals().getFirst().networkUsd()).isZero();
    }

    @Test
    void aThinLineSendsTheRestElsewhereAndItsPriceIsWhatMoreOfItSaves() {
        // Prompts of 100 requests/s of 1000 tokens of 1 kB come at 0.8 Gbit/s; the far site has room for half of them.
        double half = 100 * 1000 * 1000 / 2.0;
        double[] costs = new double[2];
        double price = 0;
        for (int i = 0; i < 2; i++) {
            Map<String, Line> lines = Map.of(
                    "near", line(new Coordinates(50, 9), 0.1, 0.1, null),
                    "far", line(new Coordinates(39, -77), 0.1, 0.1, half + i * 0.001 * GIGABIT));
            Scenario scenario = new ScenarioBuilder()
                    .horizon(1, 3, 0)
                    .supplier("a", false)
                    .supplier("b", false)
                    .site("near", "a", "DE", 5, 0.2, null, null)
                    .site("far", "b", "US", 5, 0.1, null, null)
                    .rent("a", "near", "x", new Contract.OnDemand(), 0, 1)
                    .rent("b", "far", "x", new Contract.OnDemand(), 0, 1)
                    .serving("w", 100, 1, 0)
                    .network(network(lines, List.of(), Map.of("w", answers(1000))))
                    .build();
            HandMade numbers = new HandMade().serves("w", "x", 1, 1000, 0, 5000);
            Plan plan = planner.plan(scenario, numbers, PlannerOptions.exact());
            assertThat(new PlanVerifier(scenario, numbers, Assumptions.usual()).verify(plan))
                    .isEmpty();
            costs[i] = plan.objectiveUsd();
            if (i == 0) {
                assertThat(plan.placement()).hasSize(2).allMatch(each -> Math.abs(each.share() - 0.5) < 1e-6);
                price = plan.bindingLimits().stream()
                        .filter(limit -> limit.limit().equals("sites.far.network.uplink in"))
                        .findFirst()
                        .orElseThrow()
                        .shadowPrice();
            }
        }
        assertThat((costs[0] - costs[1]) / 0.001).isCloseTo(price, within(1e-3 * price));
    }

    @Test
    void whereNoLineCarriesTheAnswersTheLineIsWhatToWiden() {
        Link thin = new Link("users", "near", null, null, new ByteRate(1000));
        Scenario scenario = new ScenarioBuilder()
                .horizon(1, 3, 0)
                .supplier("a", false)
                .site("near", "a", "DE", 5, null, null, null)
                .rent("a", "near", "x", new Contract.OnDemand(), 1, 1)
                .serving("w", 2, 1, 0)
                .network(network(LINES, List.of(thin), Map.of("w", answers(4))))
                .build();
        Plan plan = planner.plan(scenario, oneEach(), PlannerOptions.exact());
        assertThat(plan.status()).isEqualTo(Plan.Status.INFEASIBLE);
        assertThat(plan.relaxations()).extracting(Plan.Relaxation::limit).contains("network.links[near → users]");
    }

    /** A run that fits one period on the dear chips at home, or goes to the cheap ones abroad. */
    private static Scenario trains(double terabytes, double checkpoint, double second, double factor) {
        return new ScenarioBuilder()
                .pricesTimes(factor)
                .horizon(2, 3, 0)
                .supplier("a", false)
                .supplier("b", false)
                .site("near", "a", "DE", 5, null, null, null)
                .site("far", "b", "US", 5, null, null, null)
                .rent("a", "near", "x", new Contract.OnDemand(), 2, 1)
                .rent("b", "far", "x", new Contract.OnDemand(), 1, 1)
                .quota("b", "x", null, 10, 0)
                .quota("a", "x", null, 10, 0)
                .quota("b", "x", null, (int) second, 1)
                .training("t", QUARTER_SECONDS * 2000, 0, 1, 1)
                .network(network(
                        Map.of("near", line(null, 0.1, 0.1, null), "far", line(null, 0.2, 0.2, null)),
                        List.of(),
                        Map.of("t", training("near", terabytes, checkpoint))))
                .build();
    }

    private static HandMade trainer() {
        return new HandMade().trains("t", "x", 100, 700, 1);
    }

    @Test
    void aRunGoesAbroadOnlyWhileItsDataCostsLessThanItSaves() {
        // Ten chips for two quarters cost 43,830 USD less abroad.
        Plan goes = planner.plan(trains(400, 1, 10, 1), trainer(), PlannerOptions.exact());
        assertThat(goes.placement()).allMatch(each -> each.site().equals("far"));
        assertThat(goes.totals().get(0).networkUsd()).isCloseTo(40_000, within(0.1));
        assertThat(goes.totals().get(1).networkUsd()).isZero();
        Plan stays = planner.plan(trains(450, 1, 10, 1), trainer(), PlannerOptions.exact());
        assertThat(stays.placement()).allMatch(each -> each.site().equals("near"));
    }

    @Test
    void aRunThatMovesTakesItsCheckpointAlong() {
        // In the second quarter the far site has no chips: what began there goes on at home.
        Scenario scenario = trains(100, 5, 0, 1);
        Plan plan = planner.plan(scenario, trainer(), PlannerOptions.exact());
        assertThat(plan.placement()).extracting(Plan.Placement::site).containsExactly("far", "near");
        assertThat(plan.totals())
                .extracting(PeriodTotals::networkUsd)
                .satisfiesExactly(
                        first -> assertThat(first).isCloseTo(10_000, within(0.1)),
                        second -> assertThat(second).isCloseTo(1_000, within(0.1)));
        assertThat(new PlanVerifier(scenario, trainer(), Assumptions.usual()).verify(plan))
                .isEmpty();
    }

    @Test
    void doubledPricesDoubleTheCostOfDataToo() {
        double once = planner.plan(trains(100, 5, 0, 1), trainer(), PlannerOptions.exact())
                .objectiveUsd();
        double twice = planner.plan(trains(100, 5, 0, 2), trainer(), PlannerOptions.exact())
                .objectiveUsd();
        assertThat(twice).isCloseTo(2 * once, within(0.01));
    }

    @Test
    void theOrderOfLinksChangesNoPlan() {
        Seeds.each(148_000, 6, random -> {
            TinyScenarios tiny = TinyScenarios.random(random);
            Scenario scenario = connected(tiny.scenario(), random);
            Plan plan = planner.plan(scenario, tiny.numbers(), PlannerOptions.exact());
            Plan other =
                    planner.plan(ScenarioBuilder.shuffled(scenario, random), tiny.numbers(), PlannerOptions.exact());
            assertThat(other).isEqualTo(plan);
        });
    }

    @Test
    void thatAPriceOfDataIsUnknownIsSaid() {
        Scenario scenario = nearAndFar(LatencyClass.ANYWHERE, 1)
                .network(network(
                        Map.of("near", Line.UNKNOWN, "far", new Line(new Coordinates(0, 0), null, null, null)),
                        List.of(new Link("near", "users", new TimeSpan(0.01), null, null)),
                        Map.of("w", answers(4))))
                .build();
        Plan plan = planner.plan(scenario, oneEach(), PlannerOptions.exact());
        assertThat(plan.warnings()).anyMatch(warning -> warning.startsWith("sites.far.network.egress is unknown"));
    }

    @Test
    void aPlanThatHidesWhatDataCostsIsRefused() {
        Scenario scenario = trains(100, 5, 0, 1);
        Plan plan = planner.plan(scenario, trainer(), PlannerOptions.exact());
        List<PeriodTotals> totals = plan.totals().stream()
                .map(t -> new PeriodTotals(
                        t.period(),
                        t.costUsd(),
                        t.capacityUsd(),
                        t.energyUsd(),
                        t.carbonPriceUsd(),
                        t.energyKwh(),
                        t.carbonKg(),
                        t.waterLitres(),
                        t.projectsUsd(),
                        t.capitalUsd(),
                        t.operatingUsd()))
                .toList();
        Plan hidden = new Plan(
                plan.version(),
                plan.scenarioName(),
                plan.scenarioHash(),
                plan.status(),
                plan.objectiveUsd(),
                plan.boundUsd(),
                plan.gap(),
                plan.periods(),
                plan.capacity(),
                plan.placement(),
                totals,
                plan.bindingLimits(),
                plan.relaxations(),
                plan.warnings());
        assertThat(new PlanVerifier(scenario, trainer(), Assumptions.usual()).verify(hidden))
                .anyMatch(violation -> violation.limit().equals("totals.network"));
    }
}
