package io.ampacity.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.ampacity.routing.policy.RoutingPolicies;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdmissionTest {

    private static Pool pool(String id, double capacity) {
        return new Pool(id, "chat", id, id, "", "", id, 1, 0.5, capacity, capacity, 0, null, null);
    }

    private static Router router(AdmissionSettings admission, Pool... pools) {
        RoutingTable table = RoutingTable.of(List.of("chat"), List.of(pools));
        return new Router(table, RoutingPolicies.PLAN_WEIGHTED.create(table, 1), BreakerSettings.STANDARD, admission);
    }

    /** Sends at an even rate for a while and counts what is let in. */
    private static int admitted(Router router, double requestsPerSecond, double seconds) {
        RouteQuery query = new RouteQuery();
        int admitted = 0;
        for (int i = 0; i < requestsPerSecond * seconds; i++) {
            int pool = router.route(query.of(0, 10, 0, i / requestsPerSecond));
            if (pool != Router.NONE) {
                admitted++;
                router.completed(pool, 0.1);
            }
        }
        return admitted;
    }

    @Test
    void everythingPassesBelowThePlannedCapacity() {
        Router router = router(AdmissionSettings.STANDARD, pool("a", 10), pool("b", 10));

        assertThat(admitted(router, 20, 500)).isEqualTo(10_000);
    }

    @Test
    void whatLastsBeyondThePlannedCapacityIsTurnedAway() {
        Router router = router(AdmissionSettings.STANDARD, pool("a", 10), pool("b", 10));

        // 2 pools × (5 s × 10/s + 10) at once, then 20/s
        assertThat(admitted(router, 40, 500)).isBetween(10_000, 10_000 + 120 + 2);
    }

    @Test
    void aPoolOfUnknownCapacityIsNeverFull() {
        Router router = router(AdmissionSettings.STANDARD, pool("a", 0));

        assertThat(admitted(router, 1000, 10)).isEqualTo(10_000);
    }

    @Test
    void anOpenValveShedsNothing() {
        Router router = router(AdmissionSettings.OPEN, pool("a", 1));

        assertThat(admitted(router, 1000, 10)).isEqualTo(10_000);
    }
}
