package io.ampacity.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ampacity.facts.Contract;
import io.ampacity.facts.Figure;
import io.ampacity.facts.Offer;
import io.ampacity.planner.coefficients.Assumptions;
import io.ampacity.planner.coefficients.PlannerException;
import io.ampacity.planner.verify.PlanVerifier;
import io.ampacity.scenario.Future;
import io.ampacity.scenario.Futures;
import io.ampacity.scenario.Learning;
import io.ampacity.scenario.Learning.Way;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.Projects;
import io.ampacity.scenario.Scenario;
import io.ampacity.scenario.ShareCaps;
import io.ampacity.scenario.Skills;
import io.ampacity.scenario.Supplier;
import io.ampacity.scenario.Supplier.SiteOffer;
import io.ampacity.testing.Seeds;
import io.ampacity.units.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Families of chips that a team can run, and others that it has to learn first. */
class SkillsTest {

    private final Planner planner = new Planner();

    private static Learning learning(String family, Way way, Random random) {
        double running = way == Way.HIRE ? random.nextInt(2000) : random.nextInt(2) * 200;
        return new Learning(family, way, new Money(random.nextInt(800)), new Money(running), random.nextInt(2) * 3);
    }

    private static SiteOffer rented(double price) {
        Offer offer = new Offer(
                "b/b1/z",
                "b",
                null,
                "z",
                null,
                1,
                new Contract.OnDemand(),
                Figure.of(price, "test", "2026"),
                null,
                null);
        return new SiteOffer("b1", offer, 1);
    }

    private static TinyScenarios tiny(Random random) {
        TinyScenarios tiny = TinyScenarios.random(random);
        Scenario scenario = tiny.scenario();
        tiny.numbers().serves("w", "z", 1, 2 + random.nextInt(30) / 10.0, 200 + random.nextInt(300), 0);
        boolean buys = random.nextInt(3) == 0;
        double price = 0.5 + random.nextInt(30) / 10.0;
        List<Supplier> suppliers = new ArrayList<>();
        for (Supplier supplier : scenario.suppliers()) {
            // Few offers, so that trying every plan stays short.
            List<SiteOffer> offers = new ArrayList<>(supplier.offers().stream()
                    .filter(offer -> offer.offer().contract() instanceof Contract.OnDemand)
                    .limit(1)
                    .toList());
            if (supplier.id().equals("b")) {
                offers.add(rented(price));
                supplier.offers().stream()
                        .filter(offer -> buys && offer.offer().contract() instanceof Contract.Purchase)
                        .forEach(offers::add);
            }
            suppliers.add(supplier.withOffers(offers));
        }
        Set<String> today = new TreeSet<>(random.nextInt(4) > 0 ? Set.of("cuda") : Set.of());
        scenario.fleet().forEach(fleet -> today.add(scenario.family(fleet.chip())));
        if (random.nextBoolean()) {
            today.add("rocm");
        }
        List<Learning> learnings = new ArrayList<>();
        for (String family : List.of("cuda", "tpu")) {
            for (Way way : Way.values()) {
                if (!today.contains(family) && random.nextInt(4) > 0) {
                    learnings.add(learning(family, way, random));
                }
            }
        }
        Skills skills = new Skills(new TreeSet<>(today), learnings);
        return new TinyScenarios(
                scenario.withSuppliers(suppliers)
                        .withPolicy(scenario.policy().withShares(ShareCaps.NONE))
                        .withProjects(Projects.NONE.withSkills(skills)),
                tiny.numbers());
    }

    @Test
    void aPlanOfATeamThatLearnsCostsWhatTryingEveryPlanFinds() {
        compare(120_000, 60);
    }

    @Test
    @Tag("nightly")
    void aPlanOfATeamThatLearnsCostsWhatTryingEveryPlanFindsManyTimes() {
        compare(125_000, 500);
    }

    private void compare(long firstSeed, int cases) {
        AtomicInteger learned = new AtomicInteger();
        AtomicInteger none = new AtomicInteger();
        Seeds.each(firstSeed, cases, random -> {
            TinyScenarios tiny = tiny(random);
            Plan plan = planner.plan(tiny.scenario(), tiny.numbers(), PlannerOptions.exact());
            BruteForce tried = new BruteForce(tiny.scenario(), tiny.numbers(), TinyScenarios.MOST_BLOCKS);
            if (plan.status() == Plan.Status.INFEASIBLE) {
                assertThat(tried.cheapest(Double.POSITIVE_INFINITY)).isInfinite();
                none.incrementAndGet();
                return;
            }
            assertThat(new PlanVerifier(tiny.scenario(), tiny.numbers(), Assumptions.usual()).verify(plan))
                    .isEmpty();
            double cheapest = tried.cheapest(plan.objectiveUsd() + 0.01 + 1e-6 * plan.objectiveUsd());
            boolean few = plan.capacity().stream()
                    .allMatch(line -> line.contract().equals("owned") || line.count() <= TinyScenarios.MOST_BLOCKS);
            if (few) {
                assertThat(plan.objectiveUsd()).isCloseTo(cheapest, within(0.01 + 1e-6 * cheapest));
                learned.addAndGet(plan.projects().isEmpty() ? 0 : 1);
            } else if (Double.isFinite(cheapest)) {
                assertThat(plan.objectiveUsd()).isLessThanOrEqualTo(cheapest + 0.01);
            }
        });
        if (!Seeds.given()) {
            assertThat(learned.get()).isGreaterThan(cases / 12);
            assertThat(none.get()).isBetween(1, cases / 2);
        }
    }

    /** What is learned is the same in every future: it is started before one knows which comes. */
    @Test
    void aPlanOfATeamThatLearnsForTwoFuturesCostsWhatTryingEveryPlanFinds() {
        AtomicInteger learned = new AtomicInteger();
        Seeds.each(128_000, 25, random -> {
            TinyScenarios tiny = tiny(random);
            Future less = Future.asStated("less", 0.4).withDemand(0.3 + random.nextInt(5) / 10.0);
            Scenario scenario = tiny.scenario()
                    .withFutures(Futures.of(
                            List.of(less, Future.asStated("more", 0.6).withDemand(1 + random.nextInt(8) / 10.0))));
            double cheapest = new BruteForceOfFutures(scenario, tiny.numbers(), TinyScenarios.MOST_BLOCKS).cheapest();
            Plan plan;
            try {
                plan = planner.plan(scenario, tiny.numbers(), PlannerOptions.exact());
            } catch (PlannerException noneForAll) {
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
                learned.addAndGet(plan.projects().isEmpty() ? 0 : 1);
            }
        });
        if (!Seeds.given()) {
            assertThat(learned.get()).isPositive();
        }
    }

    @Test
    void theOrderOfWaysChangesNothing() {
        Seeds.each(130_000, 12, random -> {
            TinyScenarios tiny = tiny(random);
            Plan plan = planner.plan(tiny.scenario(), tiny.numbers(), PlannerOptions.exact());
            Plan again = planner.plan(
                    ScenarioBuilder.shuffled(tiny.scenario(), random), tiny.numbers(), PlannerOptions.exact());
            assertThat(again.projects()).isEqualTo(plan.projects());
            assertThat(again.capacity()).isEqualTo(plan.capacity());
        });
    }

    private static final HandMade NUMBERS =
            new HandMade().serves("chat", "x", 1, 5, 100, 0).serves("chat", "y", 1, 5, 100, 0);

    /** Peak 40 requests/s in each of 4 quarters: 8 chips; y costs a quarter of what x costs. */
    private static Scenario company(double factor, @Nullable Skills skills) {
        return new ScenarioBuilder()
                .horizon(4, 3, 0.08)
                .supplier("a", false)
                .site("a1", "a", "FR", 10, null, 100.0, null)
                .rent("a", "a1", "x", new Contract.OnDemand(), 4 * factor, 1)
                .rent("a", "a1", "y", new Contract.OnDemand(), factor, 1)
                .family("y", "rocm")
                .serving("chat", 20, 2, 0)
                .build()
                .withProjects(Projects.NONE.withSkills(skills));
    }

    private static Skills cudaAnd(Learning... learnings) {
        return new Skills(new TreeSet<>(Set.of("cuda")), List.of(learnings));
    }

    private static Learning training(double factor) {
        return new Learning("rocm", Way.TRAIN, new Money(1000 * factor), new Money(400 * factor), 5);
    }

    private Plan plan(Scenario scenario) {
        Plan plan = planner.plan(scenario, NUMBERS, PlannerOptions.exact());
        if (plan.status() != Plan.Status.INFEASIBLE) {
            assertThat(new PlanVerifier(scenario, NUMBERS, Assumptions.usual()).verify(plan))
                    .isEmpty();
        }
        return plan;
    }

    @Test
    void whatIsLearnedIsUsedFromThePeriodItIsReadyIn() {
        Plan plan = plan(company(1, cudaAnd(training(1))));
        assertThat(plan.projects()).containsExactly(new Plan.Project("skills.learn.rocm.train", 0, 1, 2));
        assertThat(plan.totals().stream().map(Plan.PeriodTotals::projectsUsd))
                .containsExactly(1000.0, 0.0, 100.0, 100.0);
        assertThat(plan.capacity())
                .allMatch(line -> line.chip().equals(line.period() < 2 ? "x" : "y"))
                .hasSize(4);
    }

    @Test
    void theFasterWayIsTakenWhereItSavesMoreThanItCosts() {
        Learning hiring = new Learning("rocm", Way.HIRE, new Money(1500), new Money(800), 0);
        assertThat(plan(company(1, cudaAnd(training(1), hiring))).projects())
                .containsExactly(new Plan.Project("skills.learn.rocm.hire", 0, 1, 0));
        Learning dear = new Learning("rocm", Way.HIRE, new Money(1e9), new Money(0), 0);
        assertThat(plan(company(1, cudaAnd(training(1), dear))).projects())
                .extracting(Plan.Project::project)
                .containsExactly("skills.learn.rocm.train");
    }

    @Test
    void whereNothingIsSaidEveryFamilyIsUsed() {
        Plan plan = plan(company(1, null));
        assertThat(plan.projects()).isEmpty();
        assertThat(plan.capacity()).allMatch(line -> line.chip().equals("y"));
        assertThat(plan(company(1, cudaAnd())).capacity())
                .allMatch(line -> line.chip().equals("x"));
    }

    @Test
    void twiceThePricesCostTwiceAsMuch() {
        Plan once = plan(company(1, cudaAnd(training(1))));
        Plan twice = plan(company(2, cudaAnd(training(1).priced(2))));
        assertThat(twice.projects()).isEqualTo(once.projects());
        assertThat(twice.objectiveUsd()).isCloseTo(2 * once.objectiveUsd(), within(0.02));
    }

    @Test
    void aTeamThatCanRunNothingIsToldWhatItLacks() {
        Plan plan = plan(company(1, new Skills(new TreeSet<>(), List.of(training(1)))));
        assertThat(plan.status()).isEqualTo(Plan.Status.INFEASIBLE);
        assertThat(plan.relaxations()).hasSize(1);
        assertThat(plan.relaxations().getFirst().unit()).isEqualTo("team");
        assertThat(plan.relaxations().getFirst().limit()).isIn("skills.rocm", "skills.cuda");
        assertThat(plan.relaxations().getFirst().by()).isEqualTo(1);
    }

    @Test
    void theVerifierRefusesChipsThatNobodyCanRunAndLearningThatIsNotOffered() {
        Plan plan = plan(company(1, cudaAnd(training(1))));
        Plan unlearned = plan.withProjects(List.of());
        assertThat(new PlanVerifier(company(1, cudaAnd(training(1))), NUMBERS, Assumptions.usual()).verify(unlearned))
                .anyMatch(violation -> violation.toString().contains("before the team can run rocm"));
        Plan late = plan.withProjects(List.of(new Plan.Project("skills.learn.rocm.train", 1, 1, 3)));
        assertThat(new PlanVerifier(company(1, cudaAnd(training(1))), NUMBERS, Assumptions.usual()).verify(late))
                .anyMatch(violation -> violation.toString().contains("before the team can run rocm"));
        assertThat(new PlanVerifier(company(1, cudaAnd()), NUMBERS, Assumptions.usual()).verify(plan))
                .anyMatch(violation -> violation.toString().contains("no project that the scenario offers"));
    }
}
