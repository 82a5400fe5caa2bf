package io.ampacity.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.ampacity.emulator.Fault;
import io.ampacity.gateway.metering.RequestRecord;
import io.ampacity.gateway.settings.CanarySettings;
import io.ampacity.gateway.settings.Fleet;
import io.ampacity.gateway.settings.GatewaySettings;
import io.ampacity.gateway.settings.Limits;
import io.ampacity.gateway.settings.PlanTrial;
import io.ampacity.gateway.settings.Target;
import io.ampacity.routing.Pool;
import io.ampacity.routing.RoutingTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A whole plan on trial beside the one that is carried out: the first two upstreams serve, the last two are the plan's. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class PlanTrialTest {

    private static final String NEXT = "plan 12345678";
    private static final CanarySettings RULE = new CanarySettings(0.4, 2, 20, List.of(1.0), 0);

    @BeforeAll
    static void warm() {
        Bench.warm();
    }

    private static Pool pool(String id, String workload, Pool like, double weight) {
        return new Pool(id, workload, like.supplier(), like.site(), "m", "", id, 1, weight, 0, 0, 0, null, null);
    }

    private static GatewaySettings onTrial(GatewaySettings settings) {
        Fleet fleet = settings.fleet();
        List<Pool> pools = new ArrayList<>();
        List<Target> targets = new ArrayList<>();
        double[] weights = {0.75, 0.25, 0.2, 0.8};
        for (int i = 0; i < 4; i++) {
            Pool like = fleet.table().pools().get(i);
            Target target = fleet.targets().get(i);
            pools.add(
                    i < 2
                            ? pool(like.id(), "emulated", like, weights[i])
                            : pool(like.id() + "~canary", "emulated~canary", like, weights[i]));
            targets.add(i < 2 ? target : target.onTrial(RULE));
        }
        return settings.withLimits(Limits.STANDARD)
                .but(draft -> draft.fleet = new Fleet(
                        RoutingTable.of(List.of("emulated", "emulated~canary"), pools),
                        targets,
                        Map.of("emulated", 0),
                        fleet.dataClasses(),
                        List.of(),
                        new PlanTrial(NEXT, RULE, Map.of(0, 1))));
    }

    private static Bench bench() {
        return Bench.of(4, PlanTrialTest::onTrial);
    }

    private static long served(List<RequestRecord> records, String pool) {
        return records.stream()
                .filter(record -> record.attempts().getLast().pool().equals(pool))
                .count();
    }

    @Test
    void itsShareOfTheRequestsGoesToItsPoolsWithItsWeightsAndAllElseAsBefore() {
        try (Bench bench = bench()) {
            bench.gateway.reload(bench.gateway
                    .settings()
                    .but(draft -> draft.fleet = new Fleet(
                            draft.fleet.table(),
                            draft.fleet.targets().stream()
                                    .map(target -> target.canary() == null
                                            ? target
                                            : target.onTrial(new CanarySettings(0.4, 2, 1000)))
                                    .toList(),
                            draft.fleet.models(),
                            draft.fleet.dataClasses(),
                            List.of(),
                            new PlanTrial(NEXT, new CanarySettings(0.4, 2, 1000), Map.of(0, 1)))));
            for (int i = 0; i < 400; i++) {
                bench.ask(Bench.chat(""));
            }
            long own = bench.records.stream()
                    .filter(record -> RequestIds.place(record.id()) < 0.4)
                    .count();
            long small = served(bench.records, "emulated@up2~canary");
            long large = served(bench.records, "emulated@up3~canary");
            assertThat(small + large).isEqualTo(own);
            // Smooth round robin: no pool is off its weight by more than one request.
            assertThat((double) large).isBetween(0.8 * own - 1.01, 0.8 * own + 1.01);
            assertThat((double) served(bench.records, "emulated@up0"))
                    .isBetween(0.75 * (400 - own) - 1.01, 0.75 * (400 - own) + 1.01);
            assertThat(bench.records)
                    .allSatisfy(
                            record -> assertThat(record.attempts().getFirst().why())
                                    .isEqualTo(RequestIds.place(record.id()) < 0.4 ? "canary" : "planned weight"));
        }
    }

    @Test
    void itGrowsToAllAndWhenOneOfItsPoolsBreaksAllOfItIsTakenBack() {
        try (Bench bench = bench()) {
            List<String> notices = new CopyOnWriteArrayList<>();
            bench.gateway.notices(notices::add);
            for (int i = 0; i < 300 && !state(bench).startsWith("passed"); i++) {
                assertThat(bench.ask(Bench.chat("")).status()).isEqualTo(200);
            }
            assertThat(state(bench)).startsWith("passed: 100 % of the requests, stage 2 of 2");
            assertThat(bench.gateway.pools())
                    .extracting(PoolStatus::canaryShare)
                    .containsExactly(0.0, 0.0, 1.0, 1.0);
            assertThat(bench.gateway.metrics().prometheus())
                    .contains("ampacity_canary_share{pool=\"" + NEXT + "\"} 1\n");
            assertThat(notices.getLast()).contains("canary " + NEXT + " has shown itself", "carry out its plan");

            bench.upstream(3).faults().always(new Fault.Status(500, -1));
            int before = bench.records.size();
            for (int i = 0; i < 60; i++) {
                assertThat(bench.ask(Bench.stream()).saysWhole())
                        .as("no client loses an answer")
                        .isTrue();
            }
            assertThat(state(bench)).startsWith("stopped: 3 of ");
            assertThat(notices.getLast()).contains("canary " + NEXT + " gets nothing more");
            List<RequestRecord> since = bench.records.subList(bench.records.size() - 20, bench.records.size());
            assertThat(bench.records.size() - before).isEqualTo(60);
            assertThat(since)
                    .allSatisfy(record -> assertThat(record.attempts())
                            .singleElement()
                            .satisfies(attempt -> assertThat(attempt.pool()).doesNotContain("~canary")));
            assertThat(served(since, "emulated@up0")).isBetween(14L, 16L);
        }
    }

    @Test
    void aRuleThatForbidsItsPoolsLeavesItsRequestsWithTheOthers() {
        try (Bench bench = Bench.of(
                4,
                UnaryOperator.identity(),
                upstream -> upstream.but(draft -> {
                    draft.supplier = "friend";
                    draft.jurisdiction = upstream.id().matches("up[01]") ? "DE" : "US";
                }),
                PlanTrialTest::onTrial)) {
            for (int i = 0; i < 50; i++) {
                Talk talk = bench.ask(Bench.chat(""), "x-ampacity-data-class", "personal");
                assertThat(talk.status()).isEqualTo(200);
            }
            assertThat(bench.records)
                    .allSatisfy(record -> assertThat(record.attempts())
                            .singleElement()
                            .satisfies(attempt -> assertThat(attempt.pool()).matches("emulated@up[01]")));
        }
    }

    private static String state(Bench bench) {
        return bench.gateway.pools().get(3).canary();
    }
}
