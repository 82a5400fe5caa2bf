package io.ampacity.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ampacity.routing.Pool;
import io.ampacity.routing.policy.RoutingPolicies;
import io.ampacity.simulator.fleet.Fleet;
import io.ampacity.simulator.fleet.FleetPool;
import io.ampacity.simulator.fleet.FleetWorkload;
import io.ampacity.simulator.replica.EngineSettings;
import io.ampacity.simulator.report.SimulationResult;
import io.ampacity.simulator.serving.Electricity;
import io.ampacity.simulator.serving.HourlyFigure;
import io.ampacity.simulator.serving.ServingFeatures;
import io.ampacity.traces.RequestList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Electricity whose price and carbon change from hour to hour, and routing that minds them. */
class ElectricityTest {

    private static FleetPool pool(String site, double watts) {
        AffineModel model = new AffineModel(5e-3, 2.5e-5, 1e-10, 3e-5, 3e-8, 400_000, watts, 100, 0, 0);
        Pool routing = new Pool(site, "chat", "own", site, "m", "c", site, 1, 1, 0, 0, 0, 0.0, null);
        return new FleetPool(routing, model, EngineSettings.LARGE, 1.2, null, null, 0.0, 0.0, 0);
    }

    private static final List<FleetPool> TWO = List.of(pool("east", 600), pool("west", 500));

    /** One request every ten seconds for three hours. */
    private static SimulationResult run(RoutingPolicies router, Map<String, Electricity> electricity) {
        RequestList list = new RequestList();
        for (int i = 0; i < 1080; i++) {
            list.add(10 * i, 200, 100);
        }
        return Simulation.of(Fleet.of(TWO, List.of(new FleetWorkload("chat", null))))
                .with(SimulationSettings.STANDARD
                        .withRouter(router)
                        .withFeatures(ServingFeatures.PLAIN.withElectricity(electricity)))
                .run(list.source());
    }

    private static final Map<String, Electricity> CROSSING = Map.of(
            "east", new Electricity(HourlyFigure.of(400, 100, 400), HourlyFigure.of(0.1, 0.1, 0.3)),
            "west", new Electricity(HourlyFigure.of(200, 200, 200), HourlyFigure.of(0.2, 0.2, 0.1)));

    private static long completed(SimulationResult result, int pool) {
        return result.byPool().get(pool).completed();
    }

    @Test
    void carbonAwareRoutingFollowsTheHour() {
        SimulationResult result = run(RoutingPolicies.CARBON_AWARE, CROSSING);
        assertThat(completed(result, 0)).isEqualTo(360);
        assertThat(completed(result, 1)).isEqualTo(720);
    }

    @Test
    void costAwareRoutingFollowsTheHour() {
        SimulationResult result = run(RoutingPolicies.COST_AWARE, CROSSING);
        assertThat(completed(result, 0)).isEqualTo(720);
        assertThat(completed(result, 1)).isEqualTo(360);
    }

    @Test
    void energyAwareRoutingTakesTheThriftiest() {
        SimulationResult result = run(RoutingPolicies.ENERGY_AWARE, CROSSING);
        assertThat(completed(result, 1)).isEqualTo(1080);
    }

    @Test
    void awareRoutingIsNoWorseThanThePlanInWhatItMinds() {
        SimulationResult planned = run(RoutingPolicies.PLAN_WEIGHTED, CROSSING);
        assertThat(run(RoutingPolicies.CARBON_AWARE, CROSSING).carbonGrams()).isLessThan(planned.carbonGrams());
        assertThat(run(RoutingPolicies.COST_AWARE, CROSSING).costUsd()).isLessThan(planned.costUsd());
        assertThat(run(RoutingPolicies.ENERGY_AWARE, CROSSING).energyJoules()).isLessThan(planned.energyJoules());
    }

    @Test
    void sumsAreThoseOfTheHours() {
        // Nothing but idle power east: 100 W at a PUE of 1.2 for as long as the run lasts.
        SimulationResult result = run(RoutingPolicies.ENERGY_AWARE, CROSSING);
        double hours = result.simulatedSeconds() / 3600;
        double perHour = 0.12;
        assertThat(result.byPool().getFirst().carbonGrams())
                .isCloseTo(perHour * (400 + 100 + 400 * (hours - 2)), within(1e-6));
        assertThat(result.byPool().getFirst().costUsd())
                .isCloseTo(perHour * (0.1 + 0.1 + 0.3 * (hours - 2)), within(1e-9));
    }

    @Test
    void aFlatFigureGivesWhatALevelGives() {
        Map<String, Electricity> flat = Map.of("*", new Electricity(HourlyFigure.of(300), HourlyFigure.of(0.15)));
        SimulationResult result = run(RoutingPolicies.PLAN_WEIGHTED, flat);
        double kilowattHours = result.energyJoules() / 3.6e6;
        assertThat(Objects.requireNonNull(result.carbonGrams())).isCloseTo(300 * kilowattHours, within(1e-6));
        assertThat(Objects.requireNonNull(result.costUsd())).isCloseTo(0.15 * kilowattHours, within(1e-9));
    }
}
