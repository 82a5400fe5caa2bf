package io.ampacity.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ampacity.routing.Pool;
import io.ampacity.simulator.failure.Effect;
import io.ampacity.simulator.failure.Failure;
import io.ampacity.simulator.fleet.Fleet;
import io.ampacity.simulator.fleet.FleetPool;
import io.ampacity.simulator.fleet.FleetWorkload;
import io.ampacity.simulator.replica.EngineSettings;
import io.ampacity.simulator.report.SimulationResult;
import io.ampacity.traces.RequestList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each kind of failure does, and what it leaves alone. */
class DrillTest {

    /** One request every tenth of a second for 100 s. */
    private static RequestList trace() {
        RequestList trace = new RequestList();
        for (int i = 0; i < 1000; i++) {
            trace.add(0.1 * i, 100, 20);
        }
        return trace;
    }

    private static FleetPool pool(String id, int replicas, double coldStart) {
        Pool routing = new Pool(id, "chat", "azure", "paris", "m", "h100", id, replicas, 1, 0, 0, 0, null, null);
        return new FleetPool(routing, AffineModel.typical(), EngineSettings.LARGE, 1, null, null, 1.0, 0.0, coldStart);
    }

    private static SimulationResult run(List<FleetPool> pools, String... failures) {
        return Simulation.of(Fleet.of(pools, List.of(new FleetWorkload("chat", null))))
                .with(SimulationSettings.STANDARD.withFailures(
                        Arrays.stream(failures).map(Failure::parse).toList()))
                .run(Map.of("chat", trace().source()));
    }

    @Test
    void aCutLinkServesAgainAtOnceWhereALostSiteMustBoot() {
        List<FleetPool> pools = List.of(pool("one", 2, 30));
        SimulationResult link = run(pools, "link:paris@20s+10s");
        SimulationResult site = run(pools, "site:paris@20s+10s");

        assertThat(link.availabilityByPool().get("one")).isCloseTo(1 - 10 / link.simulatedSeconds(), within(1e-9));
        assertThat(site.availabilityByPool().get("one")).isCloseTo(1 - 40 / site.simulatedSeconds(), within(1e-9));
        assertThat(link.requests().completed()).isGreaterThan(site.requests().completed());
        // Cut off, the replicas still draw idle power; dead, they draw none.
        double idle = link.series().facilityWatts().get(25);
        assertThat(idle).isCloseTo(2 * 100, within(1.0));
        assertThat(site.series().facilityWatts().get(25)).isZero();
    }

    @Test
    void whileTheControlPlaneIsGoneRunningWorkGoesOnAndNothingStartsAgain() {
        List<FleetPool> pools = List.of(pool("one", 2, 5));
        SimulationResult alone = run(pools, "control-plane:azure@10s+60s");
        SimulationResult none = run(pools);
        SimulationResult both = run(pools, "control-plane:azure@10s+60s", "replica:one#0@20s+10s");

        assertThat(alone.endToEndSeconds()).isEqualTo(none.endToEndSeconds());
        // Mended at 30 s, placed when the control plane is back at 70 s, warm at 75 s.
        assertThat(both.availabilityByPool().get("one"))
                .isCloseTo(1 - 55 / (2 * both.simulatedSeconds()), within(1e-9));
    }

    @Test
    void whatIsDeliveredLateServesLateAndIsPaidFromThenOn() {
        SimulationResult late = run(List.of(pool("one", 4, 0)), "pool:one@0s+40s,late=0.5");
        double end = late.simulatedSeconds();

        assertThat(late.availabilityByPool().get("one")).isCloseTo(1 - 2 * 40 / (4 * end), within(1e-9));
        assertThat(late.costUsd()).isCloseTo(4 * end - 2 * 40, within(1e-6));
        SimulationResult never = run(List.of(pool("one", 4, 0)), "pool:one@0s,late=0.5");
        assertThat(never.costUsd()).isCloseTo(2 * never.simulatedSeconds(), within(1e-6));
    }

    @Test
    void aServerTakesItsReplicasAlongAndNoOthers() {
        // Replicas of one chip each: eight to a server.
        SimulationResult result = run(List.of(pool("one", 20, 0)), "server:one#1@20s+10s");

        assertThat(result.availabilityByPool().get("one"))
                .isCloseTo(1 - 8 * 10 / (20 * result.simulatedSeconds()), within(1e-9));
        Failure server = Failure.parse("server:one#1@0s+1s");
        // Replicas of twelve chips: the second server holds chips of the first two.
        assertThat(server.hits(0, 4, 12)).isTrue();
        assertThat(server.hits(1, 4, 12)).isTrue();
        assertThat(server.hits(2, 4, 12)).isFalse();
    }

    @Test
    void aRefusalThatSaysWhenToComeAgainIsWaitedFor() {
        List<FleetPool> pools = List.of(pool("one", 2, 0));
        SimulationResult rude = run(pools, "pool:one@20s+10s,throttle=0");
        SimulationResult kind = run(pools, "pool:one@20s+10s,throttle=0,retry-after=11s");

        assertThat(rude.requests().rejected()).isEqualTo(100);
        assertThat(kind.requests().rejected()).isLessThan(100);
        assertThat(kind.requests().retried()).isPositive();
        assertThat(kind.requests().completed() + kind.requests().rejected()).isEqualTo(1000);
    }

    @Test
    void aPoolThatIsDeadForTheLastHoursStillHasItsSeries() {
        RequestList trace = new RequestList();
        trace.add(0, 100, 20).add(20_000, 100, 20);
        SimulationResult result = Simulation.of(
                        Fleet.of(List.of(pool("one", 1, 0)), List.of(new FleetWorkload("chat", null))))
                .with(SimulationSettings.STANDARD.withFailures(List.of(Failure.parse("pool:one@10s"))))
                .run(Map.of("chat", trace.source()));

        assertThat(result.seriesByPool().get("one"))
                .satisfies(series -> assertThat(
                                series.bucketSeconds() * series.facilityWatts().size())
                        .isGreaterThanOrEqualTo(result.simulatedSeconds()));
    }

    @Test
    void aRegionIsAllItsSites() {
        List<Failure> told = Failure.inSites(
                List.of(Failure.parse("region:eu@1s+2s"), Failure.parse("site:x@1s")),
                Map.of("paris", "eu", "rome", "eu", "oslo", "no"));

        assertThat(told).extracting(Failure::name).containsExactlyInAnyOrder("site:paris", "site:rome", "site:x");
        assertThat(run(List.of(pool("one", 1, 0)), "region:paris@20s+10s").availabilityByPool())
                .hasEntrySatisfying("one", share -> assertThat(share).isLessThan(1));
    }

    @Test
    void whatIsDrawnIsCountedByCauseAndNotAsADrill() {
        Failure drawn = new Failure(Failure.Scope.REPLICA, "one#0", 20, 30, new Effect.Down(), "chip");
        SimulationResult result = Simulation.of(
                        Fleet.of(List.of(pool("one", 2, 0)), List.of(new FleetWorkload("chat", null))))
                .with(SimulationSettings.STANDARD.withFailures(List.of(drawn)))
                .run(Map.of("chat", trace().source()));

        assertThat(result.failures()).isEmpty();
        assertThat(result.disruptions()).singleElement().satisfies(one -> {
            assertThat(one.cause()).isEqualTo("chip");
            assertThat(one.count()).isEqualTo(1);
            assertThat(one.totalSeconds()).isEqualTo(10);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "server:one@0s",
                "pool:one@0s,late=0",
                "pool:one@0s,late=2",
                "pool:one@0s,throttle=0.5,retry-after=x",
                "pool:one@0s,slow=2,retry-after=5s",
                "pool:one@0s,gone",
                "galaxy:one@0s"
            })
    void whatCannotBeMeantIsRefusedWithAdvice(String text) {
        assertThatThrownBy(() -> Failure.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Maybe");
    }
}
