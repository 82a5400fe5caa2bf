package io.ampacity.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ampacity.facts.Contract;
import io.ampacity.planner.coefficients.Assumptions;
import io.ampacity.planner.coefficients.PlannerException;
import io.ampacity.planner.reasons.Recourse;
import io.ampacity.planner.verify.PlanVerifier;
import io.ampacity.scenario.Future;
import io.ampacity.scenario.Futures;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.Plan.Capacity;
import io.ampacity.scenario.Plan.FuturePlan;
import io.ampacity.scenario.Programme;
import io.ampacity.scenario.Projects;
import io.ampacity.scenario.Scenario;
import io.ampacity.testing.Seeds;
import io.ampacity.units.Money;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is ordered after a programme failed follows from the failure, and nothing before does. */
class RecourseTest {

    private final Planner planner = new Planner();

    private static Programme programme(double price, int monthsToSilicon, Programme.Decision decision, int latest) {
        return new Programme(
                "titan",
                Programme.Kind.PARTNER,
                "z",
                "b",
                List.of("o1"),
                0,
                latest,
                decision,
                new Money(0),
                0,
                new Money(600),
                0,
                new Money(0),
                new Money(0),
                monthsToSilicon,
                List.of(new Programme.Ramp(0, 5)),
                1,
                List.of(new Programme.Tier(0, new Money(price))),
                1,
                24,
                0,
                false);
    }

    private static Futures futures(double works) {
        Future fails = Future.asStated("fails", 1 - works).withProgrammes(Map.of("titan", new Future.Outcome(true, 0)));
        return Futures.of(List.of(fails, Future.asStated("works", works)));
    }

    private static TinyScenarios tiny(Random random) {
        int periods = 2 + random.nextInt(2);
        boolean buys = random.nextBoolean();
        ScenarioBuilder builder = new ScenarioBuilder()
                .horizon(periods, 3, random.nextInt(2) * 0.1)
                .supplier("b", false)
                .supplier("own", true)
                .site("b1", "b", "DE", 20, null, 300.0, null)
                .site("o1", "own", "DE", 5, 0.1, 300.0, 1e6)
                .rent("b", "b1", "x", new Contract.OnDemand(), 3 + random.nextInt(30) / 10.0, 1)
                .knows("z")
                .serving("w", 1, 1, random.nextInt(2));
        if (buys) {
            builder.offer(
                    "b", "o1", "y", new Contract.Purchase(12, random.nextInt(2) * 3), 3000 + random.nextInt(9000), 1);
        } else {
            Contract reserved = new Contract.Reserved(random.nextBoolean() ? 6 : 3, 0.5);
            builder.rent("b", "b1", "x", reserved, 1 + random.nextInt(30) / 10.0, 1);
        }
        Programme.Decision decision = random.nextBoolean() ? Programme.Decision.MUST : Programme.Decision.FREE;
        Programme titan = programme(500 + random.nextInt(4000), 3, decision, random.nextInt(2));
        Scenario scenario = builder.build()
                .withProjects(new Projects(List.of(titan), List.of()))
                .withFutures(futures(0.3 + random.nextInt(5) / 10.0));
        HandMade numbers = new HandMade();
        for (String chip : List.of("x", "y", "z")) {
            numbers.serves("w", chip, 1, 0.7 + random.nextInt(10) / 10.0, 200, 0);
        }
        return new TinyScenarios(scenario, numbers);
    }

    @Test
    void aPlanThatOrdersAfterAFailureCostsWhatTryingEveryPlanFinds() {
        compare(170_000, 40);
    }

    @Test
    @Tag("nightly")
    void aPlanThatOrdersAfterAFailureCostsWhatTryingEveryPlanFindsManyTimes() {
        compare(175_000, 400);
    }

    private void compare(long firstSeed, int cases) {
        AtomicInteger followed = new AtomicInteger();
        AtomicInteger worth = new AtomicInteger();
        Seeds.each(firstSeed, cases, random -> {
            TinyScenarios tiny = tiny(new Random(random.nextLong()));
            double cheapest = new BruteForceOfFutures(tiny.scenario(), tiny.numbers(), 2).cheapest();
            Plan plan;
            try {
                plan = planner.plan(tiny.scenario(), tiny.numbers(), PlannerOptions.exact());
            } catch (PlannerException noneForAll) {
                assertThat(cheapest).isInfinite();
                return;
            }
            assertThat(new PlanVerifier(tiny.scenario(), tiny.numbers(), Assumptions.usual()).verify(plan))
                    .isEmpty();
            boolean few = plan.futures().stream()
                    .flatMap(future -> future.capacity().stream())
                    .allMatch(line -> line.count() <= 2 && line.added() <= 2);
            if (few) {
                assertThat(plan.objectiveUsd()).isCloseTo(cheapest, within(0.02 + 1e-6 * cheapest));
            }
            if (!orders(plan.futures().get(0)).equals(orders(plan.futures().get(1)))) {
                followed.incrementAndGet();
            }
            Recourse recourse = Recourse.of(planner, tiny.scenario(), tiny.numbers(), PlannerOptions.exact(), plan);
            assertThat(recourse.worthUsd()).isGreaterThan(-0.01);
            worth.addAndGet(recourse.worthUsd() > 1 ? 1 : 0);
        });
        if (!Seeds.given()) {
            assertThat(followed.get()).isPositive();
            assertThat(worth.get()).isPositive();
        }
    }

    private static List<String> orders(FuturePlan future) {
        return future.capacity().stream()
                .filter(line -> line.added() > 0
                        && !line.contract().equals("on-demand")
                        && Programme.idOf(line.contract()) == null)
                .map(line -> line.contract() + line.period() + line.added())
                .toList();
    }

    /** Four quarters; a programme that must be started at once shows its silicon in the third. */
    private static Scenario committed(double works) {
        return new ScenarioBuilder()
                .horizon(4, 3, 0)
                .supplier("b", false)
                .supplier("own", true)
                .site("b1", "b", "DE", 20, null, null, null)
                .site("o1", "own", "DE", 5, 0.1, null, 1e6)
                .rent("b", "b1", "x", new Contract.OnDemand(), 4, 1)
                .rent("b", "b1", "x", new Contract.Reserved(6, 0), 1, 1)
                .knows("z")
                .serving("w", 1, 1, 0)
                .build()
                .withProjects(new Projects(List.of(programme(100, 6, Programme.Decision.MUST, 0)), List.of()))
                .withFutures(futures(works));
    }

    private static HandMade numbers() {
        return new HandMade().serves("w", "x", 1, 1, 0, 0).serves("w", "z", 1, 1, 0, 0);
    }

    @Test
    void chipsAreReservedOnlyWhereTheProgrammeFailed() {
        Scenario scenario = committed(0.5);
        Plan plan = planner.plan(scenario, numbers(), PlannerOptions.exact());
        List<Capacity> fails = reserved(plan, "fails");
        List<Capacity> works = reserved(plan, "works");
        assertThat(fails).extracting(Capacity::period).containsExactly(0, 2);
        assertThat(works).extracting(Capacity::period).containsExactly(0);
        Recourse recourse = Recourse.of(planner, scenario, numbers(), PlannerOptions.exact(), plan);
        // Without it one rents on demand at 4 USD/h for half a year where it failed, or reserves at 1 USD/h for all.
        assertThat(recourse.worthUsd()).isCloseTo(0.5 * 8766 / 2 - 0.5 * (100 / 4.0), within(0.5 * 8766 / 2));
        assertThat(recourse.worthUsd()).isGreaterThan(100);
        assertThat(recourse.branches()).hasSize(1);
        Recourse.Branch branch = recourse.branches().getFirst();
        assertThat(branch.programmes()).containsExactly("titan");
        assertThat(branch.knownPeriod()).isEqualTo(2);
        assertThat(branch.orders()).extracting(Capacity::contract).containsExactly("reserved-6m");
    }

    private static List<Capacity> reserved(Plan plan, String future) {
        return plan.futures().stream()
                .filter(each -> each.future().equals(future))
                .flatMap(each -> each.capacity().stream())
                .filter(line -> line.contract().startsWith("reserved") && line.added() > 0)
                .toList();
    }

    @Test
    void anOrderThatForeseesTheFailureIsFound() {
        Scenario scenario = committed(0.5);
        Plan plan = planner.plan(scenario, numbers(), PlannerOptions.exact());
        // The same plan under a programme whose failure shows itself only in the last quarter.
        Scenario later =
                scenario.withProjects(new Projects(List.of(programme(100, 9, Programme.Decision.MUST, 0)), List.of()));
        assertThat(new PlanVerifier(later, numbers(), Assumptions.usual()).verify(plan))
                .anyMatch(violation -> violation.message().contains("before one knows"));
    }
}
