package io.ampacity.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ampacity.routing.policy.RoutingPolicies;
import io.ampacity.testing.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class RouterTest {

    static LongStream seeds() {
        return Seeds.upTo(100);
    }

    @Test
    void aGroupThatAsksForRestIsLeftAloneUntilThenEvenWhenNothingElseIsLeft() {
        SplittableRandom random = new SplittableRandom(1);
        RoutingTable table =
                RoutingTable.of(List.of("a"), List.of(pool("one", "a", "g", random), pool("two", "a", "g", random)));
        Router router = new Router(table, RoutingPolicies.ROUND_ROBIN.create(table, 1), BreakerSettings.STANDARD);
        RouteQuery query = new RouteQuery();
        int first = router.route(query.of(0, 1, 0, 10));
        router.throttled(first, 10, 3);
        assertThat(router.route(query.of(0, 1, 0, 12.9))).isEqualTo(Router.NONE);
        assertThat(router.throttledSeconds(0, 12)).isCloseTo(1, within(1e-9));
        assertThat(router.route(query.of(0, 1, 0, 13))).isNotEqualTo(Router.NONE);
        assertThat(router.throttledSeconds(0, 14)).isZero();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void noPolicyEverChoosesAnIneligibleOrTriedPool(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<String> workloads = List.of("a", "b", "c");
        List<Pool> pools = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            pools.add(pool("p" + i, workloads.get(random.nextInt(3)), "g" + random.nextInt(5), random));
        }
        RoutingTable table = RoutingTable.of(workloads, pools);
        for (RoutingPolicies policy : RoutingPolicies.values()) {
            Router router = new Router(table, policy.create(table, seed), BreakerSettings.STANDARD);
            RouteQuery query = new RouteQuery();
            int[] inFlight = new int[pools.size()];
            for (int i = 0; i < 500; i++) {
                double now = i * 0.05;
                int workload = random.nextInt(3);
                query.of(workload, 1 + random.nextInt(1000), random.nextInt(5), now);
                boolean[] tried = new boolean[pools.size()];
                while (random.nextInt(4) == 0) {
                    int out = random.nextInt(pools.size());
                    tried[out] = true;
                    query.without(out);
                }
                int chosen = router.route(query);
                if (chosen == Router.NONE) {
                    for (int pool = 0; pool < pools.size(); pool++) {
                        assertThat(!table.isEligible(workload, pool) || tried[pool])
                                .as("seed " + seed + ", " + policy)
                                .isTrue();
                    }
                    continue;
                }
                assertThat(pools.get(chosen).workload())
                        .as("seed " + seed + ", " + policy)
                        .isEqualTo(workloads.get(workload));
                assertThat(tried[chosen]).as("seed " + seed + ", " + policy).isFalse();
                inFlight[chosen]++;
                int ends = random.nextInt(pools.size());
                if (inFlight[ends] > 0) {
                    inFlight[ends]--;
                    switch (random.nextInt(3)) {
                        case 0 -> router.failed(ends, now);
                        case 1 -> router.refused(ends);
                        default -> {
                            router.answered(ends);
                            router.completed(ends, random.nextDouble());
                        }
                    }
                }
            }
            for (int pool = 0; pool < pools.size(); pool++) {
                assertThat(router.state().outstanding(pool)).as("seed " + seed).isEqualTo(inFlight[pool]);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(RoutingPolicies.class)
    void theSameSeedMakesTheSameDecisions(RoutingPolicies policy) {
        RoutingTable table = weights(0.5, 0.3, 0.2);
        List<Integer> first = decisions(table, policy, 9);
        assertThat(decisions(table, policy, 9)).isEqualTo(first);
    }

    private static List<Integer> decisions(RoutingTable table, RoutingPolicies policy, long seed) {
        Router router = new Router(table, policy.create(table, seed), BreakerSettings.STANDARD);
        List<Integer> decisions = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            decisions.add(router.route(new RouteQuery().of(0, 100, i % 7, i)));
        }
        return decisions;
    }

    @Test
    void thePlansWeightsAreKeptToWithinOneRequestAPoolAtAnyTime() {
        RoutingTable table = weights(0.5, 0.3, 0.2);
        Router router = new Router(table, RoutingPolicies.PLAN_WEIGHTED.create(table, 1), BreakerSettings.STANDARD);
        int[] counts = new int[3];
        for (int i = 1; i <= 10_000; i++) {
            counts[router.route(new RouteQuery().of(0, 100, 0, 0))]++;
            assertThat(counts[0]).isBetween((int) (0.5 * i) - 1, (int) (0.5 * i) + 2);
            assertThat(counts[1]).isBetween((int) (0.3 * i) - 1, (int) (0.3 * i) + 2);
        }
    }

    @Test
    void theMissingPartGoesToWhereThePlanLeftRoom() {
        // Three pools planned at 10 a second each; the second was given room for 10 more, the third for none.
        RoutingTable table = RoutingTable.of(
                List.of("w"), List.of(planned("a", 10, 10), planned("b", 10, 20), planned("c", 10, 10)));
        Router router = new Router(table, RoutingPolicies.PLAN_WEIGHTED.create(table, 1), BreakerSettings.STANDARD);
        int[] counts = new int[3];
        for (int i = 0; i < 3000; i++) {
            counts[router.route(new RouteQuery().of(0, 100, 0, 0).without(0))]++;
        }
        assertThat(counts[0]).isZero();
        assertThat(counts[1] / 3000.0).isCloseTo(2.0 / 3, within(0.001));
    }

    @Test
    void leastOutstandingFillsPoolsInProportionToTheirSize() {
        RoutingTable table =
                RoutingTable.of(List.of("w"), List.of(Pool.plain("a", "w", "s", 1), Pool.plain("b", "w", "s", 3)));
        Router router = new Router(table, RoutingPolicies.LEAST_OUTSTANDING.create(table, 1), BreakerSettings.STANDARD);
        for (int i = 0; i < 400; i++) {
            router.route(new RouteQuery().of(0, 100, 0, 0));
        }
        assertThat(router.state().outstanding(0)).isEqualTo(100);
        assertThat(router.state().outstanding(1)).isEqualTo(300);
    }

    @Test
    void twoRandomChoicesKeepPoolsNearlyEven() {
        List<Pool> pools = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            pools.add(Pool.plain("p" + i, "w", "s", 1));
        }
        RoutingTable table = RoutingTable.of(List.of("w"), pools);
        Router router = new Router(table, RoutingPolicies.POWER_OF_TWO.create(table, 3), BreakerSettings.STANDARD);
        for (int i = 0; i < 20_000; i++) {
            router.route(new RouteQuery().of(0, 100, 0, 0));
        }
        for (int i = 0; i < 20; i++) {
            assertThat(router.state().outstanding(i)).isBetween(990, 1010);
        }
    }

    @Test
    void aPrefixStaysWithItsPoolAndMovesOnlyWhenThePoolLeaves() {
        RoutingTable table = weights(1, 1, 1, 1);
        Router router = new Router(table, RoutingPolicies.PREFIX_AWARE.create(table, 1), BreakerSettings.STANDARD);
        int moved = 0;
        for (long prefix = 1; prefix <= 400; prefix++) {
            int home = ended(router, new RouteQuery().of(0, 100, prefix, 0));
            assertThat(ended(router, new RouteQuery().of(0, 100, prefix, 0))).isEqualTo(home);
            int without = ended(router, new RouteQuery().of(0, 100, prefix, 0).without(0));
            assertThat(home == 0 || without == home).isTrue();
            moved += home == 0 ? 1 : 0;
        }
        assertThat(moved).isBetween(60, 140);
    }

    @Test
    void aHotPrefixSpillsOverInsteadOfBuryingItsPool() {
        RoutingTable table = weights(1, 1, 1, 1);
        Router router = new Router(table, RoutingPolicies.PREFIX_AWARE.create(table, 1), BreakerSettings.STANDARD);
        for (int i = 0; i < 1000; i++) {
            router.route(new RouteQuery().of(0, 100, 42, 0));
        }
        for (int pool = 0; pool < 4; pool++) {
            assertThat(router.state().outstanding(pool)).isLessThanOrEqualTo(330);
        }
    }

    @Test
    void theCheapestPoolIsFilledFirstAndTheUnknownLast() {
        SplittableRandom random = new SplittableRandom(1);
        List<Pool> pools =
                List.of(priced("dear", 3.0, random), priced("unknown", null, random), priced("cheap", 1.0, random));
        RoutingTable table = RoutingTable.of(List.of("w"), pools);
        Router router = new Router(table, RoutingPolicies.COST_AWARE.create(table, 1), BreakerSettings.STANDARD);
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            order.add(router.route(new RouteQuery().of(0, 100, 0, 0)));
        }
        assertThat(order).containsExactly(2, 2, 2, 2, 0, 0, 0, 0, 1, 1, 1, 1);
    }

    @Test
    void whenAllBreakersAreOpenTheFailoverOrderIsTried() {
        RoutingTable table = RoutingTable.of(List.of("w"), List.of(planned("a", 10, 11), planned("b", 10, 30)));
        Router router = new Router(table, RoutingPolicies.PLAN_WEIGHTED.create(table, 1), BreakerSettings.STANDARD);
        for (int i = 0; i < 40; i++) {
            router.failed(router.route(new RouteQuery().of(0, 100, 0, 0)), 0);
        }
        assertThat(router.breakers().state(0, 0)).isEqualTo(CircuitBreakers.State.OPEN);
        assertThat(router.breakers().state(1, 0)).isEqualTo(CircuitBreakers.State.OPEN);
        assertThat(router.route(new RouteQuery().of(0, 100, 0, 0))).isEqualTo(1);
        assertThat(table.failover(0)).containsExactly(1, 0);
    }

    @Test
    void anUnknownPolicyIsRefusedWithTheNamesThereAre() {
        assertThatThrownBy(() -> RoutingPolicies.named("magic"))
                .hasMessageContaining("magic")
                .hasMessageContaining("plan-weighted, least-outstanding");
        assertThat(RoutingPolicies.named("carbon-aware")).isEqualTo(RoutingPolicies.CARBON_AWARE);
    }

    private static int ended(Router router, RouteQuery query) {
        int pool = router.route(query);
        router.answered(pool);
        router.completed(pool, 1);
        return pool;
    }

    private static RoutingTable weights(double... weights) {
        List<Pool> pools = new ArrayList<>();
        for (int i = 0; i < weights.length; i++) {
            pools.add(new Pool("p" + i, "w", "s", "p" + i, "m", "c", "p" + i, 1, weights[i], 0, 0, 0, null, null));
        }
        return RoutingTable.of(List.of("w"), pools);
    }

    private static Pool planned(String id, double planned, double capacity) {
        return new Pool(id, "w", id, id, "m", "c", id, 1, planned, planned, capacity, 0, null, null);
    }

    private static Pool priced(String id, @org.jspecify.annotations.Nullable Double usd, SplittableRandom random) {
        return new Pool(id, "w", id, id, "m", "c", id, 1, random.nextDouble(), 0, 0, 0, usd, null);
    }

    private static Pool pool(String id, String workload, String group, SplittableRandom random) {
        return new Pool(
                id,
                workload,
                "s",
                "site",
                "m",
                "c",
                group,
                1 + random.nextInt(5),
                random.nextInt(3) == 0 ? 0 : random.nextDouble(),
                random.nextDouble(),
                random.nextInt(3) == 0 ? 0 : 2 * random.nextDouble(),
                0.01,
                random.nextBoolean() ? null : random.nextDouble(),
                random.nextBoolean() ? null : random.nextDouble());
    }
}
