package io.ampacity.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ampacity.planner.coefficients.Assumptions;
import io.ampacity.planner.model.Candidates;
import io.ampacity.planner.model.JointModel;
import io.ampacity.planner.model.Limit;
import io.ampacity.planner.model.Market;
import io.ampacity.planner.model.Mode;
import io.ampacity.planner.solver.LinearSolution;
import io.ampacity.planner.solver.Outcome;
import io.ampacity.planner.solver.highs.HighsSolver;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.Plan.BindingLimit;
import io.ampacity.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ShadowPricesTest {

    private final Planner planner = new Planner();
    private final HandMade numbers = Examples.companyNumbers();

    /** The company with one limit after the other drawn so tight that it binds. */
    private static List<ScenarioBuilder> pressed() {
        List<ScenarioBuilder> pressed = new ArrayList<>(List.of(
                Examples.company(1),
                Examples.company(1).shareCap(0.6),
                Examples.company(1).capital(null, 100_000.0),
                Examples.company(1).capital(100_000.0, null),
                Examples.company(1).operating(null, 200_000.0),
                Examples.company(1).operating(110_000.0, null),
                Examples.company(1).quota("aurora", "h200", null, 8, 0),
                Examples.company(1).site("home-fr", "home", "FR", 10, 0.12, 50.0, 14_000.0)));
        for (double kilograms = 3_000; kilograms <= 6_600; kilograms += 400) {
            pressed.add(Examples.company(1).carbon(kilograms, null, null));
            pressed.add(Examples.company(1).carbon(null, kilograms, null));
        }
        return pressed;
    }

    private List<BindingLimit> prices(Scenario scenario) {
        JointModel model =
                Planner.model(scenario, JointModel.outlooks(scenario, numbers, Assumptions.usual()), Mode.strict());
        LinearSolution relaxation = new HighsSolver().solveLinear(model.linear().relaxed(null));
        if (relaxation.outcome() != Outcome.OPTIMAL) {
            return List.of();
        }
        return ShadowPrices.of(model, relaxation.duals(), relaxation.values());
    }

    private double relaxedCost(Scenario scenario, Map<Limit.Key, Double> relaxed) {
        Market market = new Market(scenario, Assumptions.usual());
        Candidates candidates = new Candidates(market, numbers);
        var model = Planner.model(market, candidates, new Mode(false, relaxed, Set.of(), 1));
        return new HighsSolver().solveLinear(model.linear().relaxed(null)).objective();
    }

    @Test
    void everyShadowPriceIsTheSlopeOfTheRelaxationByFiniteDifferences() {
        List<String> seen = new ArrayList<>();
        for (ScenarioBuilder builder : pressed()) {
            Scenario scenario = builder.build();
            double base = relaxedCost(scenario, Map.of());
            for (BindingLimit limit : prices(scenario)) {
                if (limit.limit().startsWith("fleet.")) {
                    continue; // own chips are no limit that can be relaxed; their price has its own test
                }
                seen.add(limit.limit().replaceAll("\\[.*", ""));
                Integer period = limit.period();
                Limit.Key key = new Limit.Key(limit.limit(), period == null ? -1 : period);
                double step = limit.unit().equals("USD") ? 1 : 1e-3;
                double more = (base - relaxedCost(scenario, Map.of(key, step))) / step;
                double less = (relaxedCost(scenario, Map.of(key, -step)) - base) / step;
                double dust = 1e-4 * Math.max(1, Math.abs(limit.shadowPrice()));
                assertThat(limit.shadowPrice())
                        .as(limit.toString())
                        .isBetween(Math.min(more, less) - dust, Math.max(more, less) + dust);
            }
        }
        assertThat(seen)
                .contains(
                        "policy.survive.supplier",
                        "policy.supplier-share-cap",
                        "suppliers.aurora.quotas",
                        "policy.carbon-per-period",
                        "policy.carbon-total",
                        "sites.home-fr.power");
    }

    @Test
    void anOwnChipIsWorthTheRentItSaves() {
        Scenario scenario = new ScenarioBuilder()
                .horizon(1, 3, 0)
                .supplier("cloud", false)
                .supplier("home", true)
                .site("cloud-fr", "cloud", "FR", 10, null, 50.0, null)
                .site("home-fr", "home", "FR", 10, null, 50.0, null)
                .rent("cloud", "cloud-fr", "h100", Examples.ON_DEMAND, 4, 1)
                .owned("home-fr", "h100", 3, 0, null)
                .serving("chat", 50, 1, 0)
                .build();
        HandMade table = new HandMade().serves("chat", "h100", 1, 5, 300, 50);
        Plan plan = planner.plan(scenario, table, PlannerOptions.exact());
        assertThat(plan.bindingLimits())
                .filteredOn(limit -> limit.limit().equals("fleet.home-fr.h100"))
                .singleElement()
                .satisfies(limit -> assertThat(limit.shadowPrice()).isCloseTo(4 * 8766.0 / 4, within(0.01)));
    }
}
