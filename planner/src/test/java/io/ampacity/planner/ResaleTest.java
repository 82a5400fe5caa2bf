package io.ampacity.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ampacity.facts.Contract;
import io.ampacity.planner.coefficients.Assumptions;
import io.ampacity.planner.verify.PlanVerifier;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.Plan.Sale;
import io.ampacity.scenario.Resale;
import io.ampacity.scenario.Resale.Point;
import io.ampacity.scenario.Scenario;
import io.ampacity.testing.Seeds;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Bought chips are sold when it is best, and count what they are worth at the end. */
class ResaleTest {

    private final Planner planner = new Planner();

    private static Resale curve(String chip, Point... points) {
        return new Resale(new TreeMap<>(Map.of(chip, List.of(points))));
    }

    private static Resale curve(Random random) {
        double first = 0.5 + random.nextInt(6) / 10.0;
        return curve(
                "y",
                new Point(1 + random.nextInt(9), Math.min(1, first)),
                new Point(12 + random.nextInt(30), first * random.nextInt(10) / 10));
    }

    /** Demand that falls, and chips to buy beside a few to rent, so that trying every plan stays short. */
    private static TinyScenarios tiny(Random random) {
        Scenario scenario = new ScenarioBuilder()
                .horizon(2 + random.nextInt(2), 3, random.nextInt(3) * 0.1)
                .supplier("b", false)
                .supplier("own", true)
                .site("b1", "b", "DE", 20, null, 300.0, null)
                .site("o1", "own", "DE", 5, 0.1, 300.0, random.nextBoolean() ? 3000.0 : null)
                .rent("b", "b1", "x", new Contract.OnDemand(), 1 + random.nextInt(40) / 10.0, 1)
                .offer(
                        "b",
                        "o1",
                        "y",
                        new Contract.Purchase(3 + random.nextInt(8) * 3, random.nextInt(3) == 0 ? 3 : 0),
                        2000 + random.nextInt(16_000),
                        1)
                .serving("w", 1 + random.nextInt(20) / 10.0, 1, -0.9 + random.nextInt(10) / 10.0)
                .budget(random.nextInt(4) == 0 ? 4000.0 + random.nextInt(20_000) : null, null)
                .capital(null, random.nextInt(4) == 0 ? 9000.0 + random.nextInt(30_000) : null)
                .build();
        HandMade numbers = new HandMade()
                .serves("w", "x", 1, 1 + random.nextInt(20) / 10.0, 300, 0)
                .serves("w", "y", 1, 1 + random.nextInt(20) / 10.0, 300, 0);
        return new TinyScenarios(scenario.withResale(curve(random)), numbers);
    }

    @Test
    void aPlanThatSellsCostsWhatTryingEveryPlanFinds() {
        compare(160_000, 120);
    }

    @Test
    @Tag("nightly")
    void aPlanThatSellsCostsWhatTryingEveryPlanFindsManyTimes() {
        compare(165_000, 1000);
    }

    private static void compare(long firstSeed, int cases) {
        AtomicInteger sold = new AtomicInteger();
        AtomicInteger kept = new AtomicInteger();
        Seeds.each(firstSeed, cases, random -> {
            Tried tried = Tried.of(tiny(new Random(random.nextLong())));
            if (tried.isFeasible() && tried.compared()) {
                sold.addAndGet(tried.plan().sales().isEmpty() ? 0 : 1);
                boolean buys = tried.plan().capacity().stream().anyMatch(Plan.Capacity::isBought);
                kept.addAndGet(buys && tried.plan().sales().isEmpty() ? 1 : 0);
            }
        });
        if (!Seeds.given()) {
            assertThat(sold.get()).isGreaterThan(cases / 20);
            assertThat(kept.get()).isGreaterThan(cases / 20);
        }
    }

    /** One chip at 10,000 USD for a demand that ends after a year, at no discount and without space or energy to pay. */
    private static Scenario falling(double factor, Resale resale) {
        return new ScenarioBuilder()
                .pricesTimes(factor)
                .horizon(4, 3, 0)
                .supplier("b", false)
                .supplier("own", true)
                .site("b1", "b", "DE", 20, null, null, null)
                .site("o1", "own", "DE", 5, 0.1, null, 1e6)
                .rent("b", "b1", "y", new Contract.OnDemand(), 3, 1)
                .offer("b", "o1", "y", new Contract.Purchase(48, 0), 10_000, 1)
                .serving("w", 2, 1, -0.8)
                .build()
                .withResale(resale);
    }

    private static HandMade numbers() {
        return new HandMade().serves("w", "y", 1, 1, 0, 0);
    }

    private static final Resale FAIR =
            curve("y", new Point(3, 0.75), new Point(12, 0.6), new Point(24, 0.4), new Point(48, 0.1));

    @Test
    void whatIsNoLongerNeededIsSoldAtItsAge() {
        // Two chips are needed at first, and from the third quarter on (2 · 0.2^0.5 = 0.89) one.
        Scenario scenario = falling(1, FAIR);
        Plan plan = planner.plan(scenario, numbers(), PlannerOptions.exact());
        assertThat(new PlanVerifier(scenario, numbers(), Assumptions.usual()).verify(plan))
                .isEmpty();
        assertThat(plan.sales()).hasSize(1);
        Sale sale = plan.sales().getFirst();
        assertThat(sale.period()).isEqualTo(2);
        assertThat(sale.ordered()).isZero();
        assertThat(sale.proceedsUsd()).isCloseTo(7_000, within(0.01));
        // 3,000 for the one sold after half a year, 4,000 for the other, and space at 0.05 USD/h for six chip-quarters.
        assertThat(plan.objectiveUsd()).isCloseTo(7_000 + 6 * 0.05 * 8766 / 4, within(0.01));
        assertThat(plan.totals()).extracting(Plan.PeriodTotals::capitalUsd).containsExactly(20_000.0, 0.0, 0.0, 0.0);
    }

    @Test
    void whatBringsNothingIsGivenAwayToSaveItsSpace() {
        // Half a year of rent costs 13,149 USD, a chip that cannot be sold on 10,000.
        Plan plan = planner.plan(falling(1, curve("y", new Point(3, 0.0))), numbers(), PlannerOptions.exact());
        assertThat(plan.sales()).hasSize(1);
        assertThat(plan.sales().getFirst().proceedsUsd()).isZero();
        assertThat(plan.objectiveUsd()).isCloseTo(20_000 + 6 * 0.05 * 8766 / 4, within(0.01));
    }

    @Test
    void doubledPricesDoubleCostAndProceeds() {
        Plan once = planner.plan(falling(1, FAIR), numbers(), PlannerOptions.exact());
        Plan twice = planner.plan(falling(2, FAIR), numbers(), PlannerOptions.exact());
        assertThat(twice.objectiveUsd()).isCloseTo(2 * once.objectiveUsd(), within(0.01));
        assertThat(twice.sales().getFirst().proceedsUsd())
                .isCloseTo(2 * once.sales().getFirst().proceedsUsd(), within(0.01));
    }

    @Test
    void aSaleThatIsMadeUpIsFound() {
        Scenario scenario = falling(1, FAIR);
        Plan plan = planner.plan(scenario, numbers(), PlannerOptions.exact());
        Sale sale = plan.sales().getFirst();
        for (Sale other : List.of(
                new Sale(2, "o1", "b", "y", "purchase", 0, 1, 9_000),
                new Sale(2, "o1", "b", "y", "purchase", 0, 3, 21_000),
                new Sale(0, "o1", "b", "y", "purchase", 0, 1, 10_000),
                new Sale(2, "o1", "b", "z", "purchase", 0, 1, 7_000),
                new Sale(3, "o1", "b", "y", "purchase", 0, 1, 6_500))) {
            assertThat(other).isNotEqualTo(sale);
            assertThat(new PlanVerifier(scenario, numbers(), Assumptions.usual())
                            .verify(plan.withSales(List.of(other))))
                    .as(other.toString())
                    .isNotEmpty();
        }
        assertThat(new PlanVerifier(scenario, numbers(), Assumptions.usual()).verify(plan.withSales(List.of())))
                .isNotEmpty();
    }

    @Test
    void aCurveRunsStraightBetweenItsAges() {
        assertThat(FAIR.share("y", 9)).isCloseTo(0.65, within(1e-12));
        assertThat(FAIR.share("y", 18)).isCloseTo(0.5, within(1e-12));
        assertThat(FAIR.share("y", 480)).isCloseTo(0.1, within(1e-12));
        assertThat(FAIR.share("z", 6)).isNull();
    }
}
