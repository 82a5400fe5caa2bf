package io.ampacity.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ampacity.facts.Contract;
import io.ampacity.facts.Figure;
import io.ampacity.planner.coefficients.Assumptions;
import io.ampacity.planner.replan.Pinned;
import io.ampacity.planner.verify.PlanVerifier;
import io.ampacity.scenario.Expansion;
import io.ampacity.scenario.Future;
import io.ampacity.scenario.Futures;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.Policy;
import io.ampacity.scenario.Programme;
import io.ampacity.scenario.Projects;
import io.ampacity.scenario.Scenario;
import io.ampacity.scenario.ShareCaps;
import io.ampacity.scenario.Site;
import io.ampacity.scenario.Supplier.SiteOffer;
import io.ampacity.testing.Seeds;
import io.ampacity.units.Money;
import io.ampacity.units.Power;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Chip programmes and expansions of sites. */
class ProjectsTest {

    private final Planner planner = new Planner();

    private static Programme programme(Random random, int periods) {
        boolean steps = random.nextBoolean();
        double price = 500 + random.nextInt(6000);
        return new Programme(
                "titan",
                Programme.Kind.PARTNER,
                "z",
                random.nextBoolean() ? "own" : "a",
                List.of("o1"),
                0,
                random.nextInt(periods),
                random.nextInt(6) == 0 ? Programme.Decision.MUST : Programme.Decision.FREE,
                new Money(random.nextInt(3) * 500),
                random.nextInt(3) / 2.0,
                new Money(random.nextInt(1500)),
                random.nextInt(3),
                new Money(random.nextInt(400)),
                new Money(random.nextInt(1000)),
                random.nextInt(2) * 3,
                random.nextBoolean()
                        ? List.of(new Programme.Ramp(0, 1 + random.nextInt(3)))
                        : List.of(new Programme.Ramp(0, 0.4), new Programme.Ramp(3, 2)),
                random.nextBoolean() ? 1 : 0.7,
                steps
                        ? List.of(
                                new Programme.Tier(0, new Money(price)),
                                new Programme.Tier(1 + random.nextInt(2), new Money(price * 0.6)))
                        : List.of(new Programme.Tier(0, new Money(price))),
                1,
                12 + random.nextInt(3) * 12,
                random.nextInt(2) * 3,
                false);
    }

    private static Expansion expansion(Random random) {
        return new Expansion(
                "o1",
                "hall",
                new Power(400 + random.nextInt(1500)),
                new Money(500 + random.nextInt(4000)),
                new Money(random.nextInt(300)),
                1 + random.nextInt(2),
                0,
                random.nextInt(2) * 3,
                24 + random.nextInt(100),
                random.nextInt(3) == 0 ? List.of("z") : List.of());
    }

    private static TinyScenarios tiny(Random random) {
        TinyScenarios tiny = TinyScenarios.random(random);
        Scenario scenario = tiny.scenario();
        int periods = scenario.horizon().periods();
        tiny.numbers().serves("w", "z", 1, 2 + random.nextInt(30) / 10.0, 200 + random.nextInt(300), 0);
        boolean first = random.nextInt(4) > 0;
        Projects projects = new Projects(
                first ? List.of(programme(random, periods)) : List.of(),
                !first || random.nextBoolean() ? List.of(expansion(random)) : List.of());
        // Few other offers, so that trying every plan stays short.
        scenario = scenario.withSuppliers(scenario.suppliers().stream()
                .map(supplier -> supplier.withOffers(supplier.offers().stream()
                        .filter(offer -> offer.offer().contract() instanceof Contract.OnDemand)
                        .limit(1)
                        .toList()))
                .toList());
        // What is bought is not tried with a cap on shares.
        Policy policy = scenario.policy().withShares(ShareCaps.NONE);
        return new TinyScenarios(scenario.withProjects(projects).withPolicy(policy), tiny.numbers());
    }

    @Test
    void aPlanWithProjectsCostsWhatTryingEveryPlanFinds() {
        compare(70_000, 80);
    }

    @Test
    @Tag("nightly")
    void aPlanWithProjectsCostsWhatTryingEveryPlanFindsManyTimes() {
        compare(80_000, 600);
    }

    private void compare(long firstSeed, int cases) {
        AtomicInteger undertaken = new AtomicInteger();
        AtomicInteger chips = new AtomicInteger();
        Seeds.each(firstSeed, cases, random -> {
            TinyScenarios tiny = tiny(random);
            Plan plan = planner.plan(tiny.scenario(), tiny.numbers(), PlannerOptions.exact());
            if (plan.status() == Plan.Status.INFEASIBLE) {
                assertThat(new BruteForce(tiny.scenario(), tiny.numbers(), TinyScenarios.MOST_BLOCKS)
                                .cheapest(Double.POSITIVE_INFINITY))
                        .isInfinite();
                return;
            }
            assertThat(new PlanVerifier(tiny.scenario(), tiny.numbers(), Assumptions.usual()).verify(plan))
                    .isEmpty();
            double cheapest = new BruteForce(tiny.scenario(), tiny.numbers(), TinyScenarios.MOST_BLOCKS)
                    .cheapest(plan.objectiveUsd() + 0.01 + 1e-6 * plan.objectiveUsd());
            boolean few = plan.capacity().stream()
                    .allMatch(line -> line.contract().equals("owned") || line.count() <= TinyScenarios.MOST_BLOCKS);
            if (few) {
                assertThat(plan.objectiveUsd()).isCloseTo(cheapest, within(0.01 + 1e-6 * cheapest));
                undertaken.addAndGet(plan.projects().isEmpty() ? 0 : 1);
                chips.addAndGet(
                        plan.capacity().stream().anyMatch(line -> Programme.idOf(line.contract()) != null) ? 1 : 0);
            } else if (Double.isFinite(cheapest)) {
                assertThat(plan.objectiveUsd()).isLessThanOrEqualTo(cheapest + 0.01);
            }
        });
        if (!Seeds.given()) {
            assertThat(undertaken.get()).isGreaterThan(cases / 8);
            assertThat(chips.get()).isGreaterThan(cases / 12);
        }
    }

    @Test
    void twiceThePricesCostTwiceAsMuchAndTheOrderOfEntriesChangesNothing() {
        Seeds.each(110_000, 12, random -> {
            TinyScenarios tiny = tiny(random);
            Plan plan = planner.plan(tiny.scenario(), tiny.numbers(), PlannerOptions.exact());
            Scenario shuffled = ScenarioBuilder.shuffled(tiny.scenario(), random);
            Plan again = planner.plan(shuffled, tiny.numbers(), PlannerOptions.exact());
            assertThat(again.capacity()).isEqualTo(plan.capacity());
            assertThat(again.projects()).isEqualTo(plan.projects());
            assertThat(Double.compare(again.objectiveUsd(), plan.objectiveUsd()))
                    .isZero();
            Scenario free = withoutTariffsAndBudgets(tiny.scenario());
            Plan once = planner.plan(free, tiny.numbers(), PlannerOptions.exact());
            Plan twice = planner.plan(dearer(free), tiny.numbers(), PlannerOptions.exact());
            assertThat(twice.status()).isEqualTo(once.status());
            if (once.status() != Plan.Status.INFEASIBLE) {
                assertThat(twice.objectiveUsd())
                        .isCloseTo(2 * once.objectiveUsd(), within(0.05 + 2e-6 * once.objectiveUsd()));
            }
        });
    }

    /** Without any money but that of offers and projects. */
    private static Scenario withoutTariffsAndBudgets(Scenario scenario) {
        return scenario.withSites(scenario.sites().stream()
                        .map(site -> new Site(
                                site.id(),
                                site.kind(),
                                site.supplier(),
                                site.region(),
                                site.jurisdiction(),
                                site.power(),
                                site.pue(),
                                null,
                                site.carbonIntensity(),
                                null,
                                null,
                                site.roundTrip(),
                                null))
                        .toList())
                .withPolicy(Policy.NONE
                        .withCarbon(
                                scenario.policy().carbon().within(null, null).priced(null))
                        .withDataClasses(scenario.policy().dataClasses())
                        .withSurvivals(scenario.policy().survivals()));
    }

    private static double rent(SiteOffer each) {
        return Objects.requireNonNull(each.offer().pricePerChipHour()).value();
    }

    private static Scenario dearer(Scenario scenario) {
        return scenario.withProjects(scenario.projects()
                        .withProgrammes(programme -> programme.priced(2))
                        .withExpansions(expansion -> expansion.priced(2)))
                .withSuppliers(scenario.suppliers().stream()
                        .map(supplier -> supplier.withOffers(supplier.offers().stream()
                                .map(each -> new SiteOffer(
                                        each.site(),
                                        each.offer().withPrice(Figure.of(2 * rent(each), "test", "2026")),
                                        each.block()))
                                .toList()))
                        .toList());
    }

    @Test
    void whatWasStartedStaysWhenThePlanIsMadeAgain() {
        AtomicInteger started = new AtomicInteger();
        Seeds.each(115_000, 20, random -> {
            TinyScenarios tiny = tiny(random);
            Plan before = planner.plan(tiny.scenario(), tiny.numbers(), PlannerOptions.exact());
            if (before.projects().isEmpty()) {
                return;
            }
            int periods = tiny.scenario().horizon().periods();
            Plan again = planner.plan(
                            tiny.scenario(),
                            "",
                            tiny.numbers(),
                            PlannerOptions.exact(),
                            new Pinned(before, periods, Pinned.Reach.ANYWHERE))
                    .orElseThrow();
            assertThat(again.projects()).isEqualTo(before.projects());
            assertThat(again.objectiveUsd()).isCloseTo(before.objectiveUsd(), within(0.02));
            Scenario less = tiny.scenario().under(Future.asStated("less", 1).withDemand(0.5));
            planner.plan(
                            less,
                            "",
                            tiny.numbers(),
                            PlannerOptions.exact(),
                            new Pinned(before, periods, Pinned.Reach.ANYWHERE))
                    .ifPresent(kept -> {
                        assertThat(kept.projects()).isEqualTo(before.projects());
                        assertThat(new PlanVerifier(less, tiny.numbers(), Assumptions.usual()).verify(kept))
                                .isEmpty();
                        started.incrementAndGet();
                    });
        });
        if (!Seeds.given()) {
            assertThat(started.get()).isPositive();
        }
    }

    @Test
    void aPlanForProgrammesThatMayFailCostsWhatTryingEveryPlanFinds() {
        compareFutures(90_000, 15);
    }

    @Test
    @Tag("nightly")
    void aPlanForProgrammesThatMayFailCostsWhatTryingEveryPlanFindsManyTimes() {
        compareFutures(95_000, 150);
    }

    private void compareFutures(long firstSeed, int cases) {
        AtomicInteger undertaken = new AtomicInteger();
        Seeds.each(firstSeed, cases, random -> {
            TinyScenarios tiny = tiny(random);
            double works = 0.3 + random.nextInt(7) / 10.0 * 0.9;
            Future fails = Future.asStated("fails", 1 - works)
                    .withProgrammes(Map.of("titan", new Future.Outcome(true, 0)))
                    .withSites(random.nextBoolean() ? Map.of("o1", 3) : Map.of());
            Future other = Future.asStated("other", works)
                    .withDemand(0.5 + random.nextInt(15) / 10.0)
                    .withProgrammes(random.nextInt(3) == 0 ? Map.of("titan", new Future.Outcome(false, 3)) : Map.of());
            Scenario scenario = tiny.scenario().withFutures(Futures.of(List.of(fails, other)));
            double cheapest = new BruteForceOfFutures(scenario, tiny.numbers(), TinyScenarios.MOST_BLOCKS).cheapest();
            Plan plan;
            try {
                plan = planner.plan(scenario, tiny.numbers(), PlannerOptions.exact());
            } catch (io.ampacity.planner.coefficients.PlannerException noneForAll) {
                assertThat(cheapest).isInfinite();
                return;
            }
            if (plan.status() == Plan.Status.INFEASIBLE) {
                assertThat(cheapest).isInfinite();
                return;
            }
            assertThat(new PlanVerifier(scenario, tiny.numbers(), Assumptions.usual()).verify(plan))
                    .isEmpty();
            boolean few = plan.futures().stream()
                    .flatMap(future -> future.capacity().stream())
                    .allMatch(line -> line.contract().equals("owned") || line.count() <= TinyScenarios.MOST_BLOCKS);
            if (few) {
                assertThat(plan.objectiveUsd()).isCloseTo(cheapest, within(0.02 + 1e-6 * cheapest));
                undertaken.addAndGet(plan.projects().isEmpty() ? 0 : 1);
            }
        });
        if (!Seeds.given()) {
            assertThat(undertaken.get()).isPositive();
        }
    }
}
