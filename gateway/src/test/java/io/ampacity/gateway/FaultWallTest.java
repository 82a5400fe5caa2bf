package io.ampacity.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.ampacity.emulator.Account;
import io.ampacity.emulator.Fault;
import io.ampacity.gateway.metering.AttemptRecord;
import io.ampacity.gateway.metering.Outcome;
import io.ampacity.gateway.metering.RequestRecord;
import io.ampacity.gateway.metering.Use;
import io.ampacity.gateway.protocol.Prefill;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sixteen ways in which upstreams fail, over real sockets. Times are scaled: half a second stands for ten. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class FaultWallTest {

    @BeforeAll
    static void warm() {
        Bench.warm();
    }

    private static String unbroken() {
        try (Bench bench = Bench.of(1)) {
            return bench.ask(Bench.stream()).words();
        }
    }

    private static void assertWhole(Talk talk) {
        assertThat(talk.status()).isEqualTo(200);
        assertThat(talk.saysWhole()).isTrue();
        assertThat(talk.saysError()).isFalse();
        assertThat(talk.words()).isEqualTo(unbroken());
    }

    private static List<Outcome> outcomes(RequestRecord record) {
        return record.attempts().stream().map(AttemptRecord::outcome).toList();
    }

    @Test
    void oneThrottledRequestIsServedElsewhereAndTheGroupLeftAlone() {
        try (Bench bench = Bench.of(2)) {
            bench.upstream(0).faults().next(new Fault.Status(429, 30));
            assertWhole(bench.ask(Bench.stream()));
            assertWhole(bench.ask(Bench.stream()));
            assertThat(outcomes(bench.records.getFirst())).containsExactly(Outcome.THROTTLED, Outcome.COMPLETED);
            assertThat(outcomes(bench.records.getLast())).containsExactly(Outcome.COMPLETED);
            // Retry-After is honoured: nobody asked the first again.
            assertThat(bench.upstream(0).account().requests()).isEqualTo(1);
        }
    }

    @Test
    void aRequestWaitsForAShortRestWhenNobodyElseIsThere() {
        try (Bench bench = Bench.of(1)) {
            bench.upstream(0).faults().next(new Fault.Status(429, 0.2));
            assertWhole(bench.ask(Bench.stream()));
            AttemptRecord second = bench.record().attempts().get(1);
            assertThat(second.beganSeconds()).isGreaterThanOrEqualTo(0.2);
        }
    }

    @Test
    void persistentThrottlingIsToldAsSuchWithATimeToComeAgain() {
        try (Bench bench = Bench.of(1)) {
            bench.upstream(0).faults().always(new Fault.Status(429, 7));
            Talk talk = bench.ask(Bench.stream());
            assertThat(talk.status()).isEqualTo(429);
            assertThat(Integer.parseInt(talk.headers().get("retry-after"))).isBetween(6, 7);
            Talk again = bench.ask(Bench.stream());
            assertThat(again.status()).isEqualTo(429);
            assertThat(bench.upstream(0).account().requests()).isEqualTo(1);
        }
    }

    @Test
    void oneServerErrorIsNotSeen() {
        try (Bench bench = Bench.of(1)) {
            bench.upstream(0).faults().next(new Fault.Status(500, -1));
            assertWhole(bench.ask(Bench.stream()));
            assertThat(outcomes(bench.record())).containsExactly(Outcome.SERVER_ERROR, Outcome.COMPLETED);
        }
    }

    @Test
    void anUpstreamThatIsUnavailableIsReplaced() {
        try (Bench bench = Bench.of(2)) {
            bench.upstream(0).faults().always(new Fault.Status(503, -1));
            for (int i = 0; i < 10; i++) {
                assertWhole(bench.ask(Bench.stream()));
            }
            // Its breaker opens after five failures in a row.
            assertThat(bench.upstream(0).account().requests()).isBetween(5L, 7L);
        }
    }

    @Test
    void aResetConnectionIsReplaced() {
        try (Bench bench = Bench.of(2)) {
            bench.upstream(0).faults().always(new Fault.Reset());
            assertWhole(bench.ask(Bench.stream()));
            assertThat(outcomes(bench.record())).containsExactly(Outcome.RESET, Outcome.COMPLETED);
        }
    }

    @Test
    void silenceIsNotWaitedFor() {
        try (Bench bench = Bench.of(2)) {
            bench.upstream(0).faults().always(new Fault.Silence());
            Talk talk = bench.ask(Bench.stream());
            assertWhole(talk);
            assertThat(outcomes(bench.record())).containsExactly(Outcome.HEAD_LATE, Outcome.COMPLETED);
            assertThat(bench.record().seconds()).isLessThan(3);
        }
    }

    @Test
    void aFirstTokenThatComesTooLateIsNotWaitedFor() {
        try (Bench bench = Bench.of(2)) {
            bench.upstream(0).faults().always(new Fault.LateFirstToken(5));
            assertWhole(bench.ask(Bench.stream()));
            assertThat(outcomes(bench.record())).containsExactly(Outcome.FIRST_TOKEN_LATE, Outcome.COMPLETED);
        }
    }

    @Test
    void anAnswerCutAfterFortyTokensBeginsAgainUnseenBehindTheHoldBack() {
        try (Bench bench = Bench.of(2, settings -> settings.withHoldBackTokens(50))) {
            bench.upstream(0).faults().always(new Fault.Cut(40));
            Talk talk = bench.ask(Bench.stream());
            assertWhole(talk);
            assertThat(outcomes(bench.record())).containsExactly(Outcome.CUT, Outcome.COMPLETED);
            // Asked anew, not gone on with.
            assertThat(bench.upstream(1).account().entries().getFirst().outputTokens())
                    .isEqualTo(64);
        }
    }

    @Test
    void anAnswerCutAfterSixtyTokensGoesOnElsewhereWordForWord() {
        try (Bench bench = Bench.of(2, settings -> settings.withHoldBackTokens(50))) {
            bench.upstream(0).faults().always(new Fault.Cut(60));
            Talk talk = bench.ask(Bench.stream());
            assertWhole(talk);
            assertThat(outcomes(bench.record())).containsExactly(Outcome.CUT, Outcome.COMPLETED);
            assertThat(bench.record().rescued()).isTrue();
            assertThat(bench.upstream(1).account().entries().getFirst().outputTokens())
                    .isEqualTo(4);
            assertThat(talk.events().stream()
                            .filter(event -> event.contains("\"id\""))
                            .map(event -> event.replaceAll(".*\"id\":\"([^\"]*)\".*", "$1"))
                            .distinct())
                    .hasSize(1);
        }
    }

    @Test
    void anAnswerThatEndsCleanlyButUnfinishedIsNotTakenForWhole() {
        try (Bench bench = Bench.of(2)) {
            bench.upstream(0).faults().always(new Fault.CleanCut(40));
            assertWhole(bench.ask(Bench.stream()));
            assertThat(outcomes(bench.record())).containsExactly(Outcome.CUT, Outcome.COMPLETED);
        }
    }

    @Test
    void aStallIsNotWaitedFor() {
        try (Bench bench = Bench.of(2)) {
            bench.upstream(0).faults().always(new Fault.Stall(20, 15));
            assertWhole(bench.ask(Bench.stream()));
            assertThat(outcomes(bench.record())).containsExactly(Outcome.STALLED, Outcome.COMPLETED);
            assertThat(bench.record().seconds()).isLessThan(3);
        }
    }

    @Test
    void aMalformedEventNeverReachesTheClient() {
        try (Bench bench = Bench.of(2)) {
            bench.upstream(0).faults().always(new Fault.Malformed(10));
            Talk talk = bench.ask(Bench.stream());
            assertWhole(talk);
            assertThat(talk.body()).doesNotContain("oops");
        }
    }

    @Test
    void aMissingEndMarkIsSupplied() {
        try (Bench bench = Bench.of(1)) {
            bench.upstream(0).faults().always(new Fault.NoDone());
            assertWhole(bench.ask(Bench.stream()));
            assertThat(outcomes(bench.record())).containsExactly(Outcome.COMPLETED);
        }
    }

    @Test
    void aPromptThatIsTooLongIsToldSoAndAskedOnce() {
        try (Bench bench = Bench.of(2)) {
            bench.upstream(0).faults().always(new Fault.ContextTooLong());
            Talk talk = bench.ask(Bench.stream());
            assertThat(talk.status()).isEqualTo(400);
            assertThat(talk.json().path("error").path("code").asString()).isEqualTo("context_length_exceeded");
            assertThat(bench.upstream(1).account().requests()).isZero();
            assertThat(outcomes(bench.record())).containsExactly(Outcome.REFUSED);
        }
    }

    @Test
    void aContentFilterIsNeverRoutedAround() {
        try (Bench bench = Bench.of(2)) {
            bench.upstream(0).faults().next(new Fault.ContentFilter(), new Fault.FilteredAnswer(5));
            Talk refused = bench.ask(Bench.stream());
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.json().path("error").path("code").asString()).isEqualTo("content_filter");
            Talk filtered = bench.ask(Bench.stream());
            assertThat(filtered.body()).contains("\"finish_reason\":\"content_filter\"");
            assertThat(bench.upstream(1).account().requests()).isZero();
            assertThat(bench.records).extracting(RequestRecord::outcome).containsOnly(Outcome.FILTERED);
        }
    }

    @Test
    void aCutAnswerThatNobodyGoesOnWithIsSaidToBeBroken() {
        try (Bench bench = Bench.of(2)) {
            bench.upstream(0).faults().always(new Fault.Cut(20));
            bench.upstream(1).faults().always(new Fault.RejectPrefill());
            Talk talk = bench.ask(Bench.stream());
            assertThat(talk.status()).isEqualTo(200);
            assertThat(talk.saysError()).isTrue();
            assertThat(talk.saysWhole()).isFalse();
            assertThat(unbroken()).startsWith(talk.words());
            assertThat(bench.record().outcome()).isNotEqualTo(Outcome.COMPLETED);
        }
    }

    @Test
    void withoutPrefillACutAnswerIsSaidToBeBroken() {
        try (Bench bench = Bench.of(
                2,
                UnaryOperator.identity(),
                upstream -> upstream.withPrefill(Prefill.NONE),
                UnaryOperator.identity())) {
            bench.upstream(0).faults().always(new Fault.Cut(20));
            Talk talk = bench.ask(Bench.stream());
            assertThat(talk.saysError()).isTrue();
            assertThat(talk.saysWhole()).isFalse();
            assertThat(bench.upstream(1).account().requests()).isZero();
        }
    }

    @Test
    void aFlappingUpstreamCostsNoneOfTwentyRequests() throws InterruptedException {
        try (Bench bench = Bench.of(2)) {
            for (int i = 0; i < 20; i++) {
                if (i % 5 == 0) {
                    bench.upstream(0).faults().always(i / 5 % 2 == 0 ? new Fault.Status(503, -1) : new Fault.None());
                }
                assertWhole(bench.ask(Bench.stream()));
                Thread.sleep(50);
            }
            assertThat(bench.records).extracting(RequestRecord::outcome).containsOnly(Outcome.COMPLETED);
            // It is asked again once it is well.
            assertThat(bench.upstream(0).account().entries())
                    .extracting(Account.Entry::end)
                    .contains(Account.End.COMPLETED);
        }
    }

    @Test
    void theBooksOfAFailoverAreThoseOfTheUpstreams() {
        try (Bench bench = Bench.of(2)) {
            bench.upstream(0).faults().next(new Fault.Cut(30), new Fault.Status(500, -1), new Fault.Stall(10, 15));
            for (int i = 0; i < 4; i++) {
                Talk talk = bench.ask(Bench.stream());
                assertWhole(talk);
                assertThat(talk.usage().path("completion_tokens").asInt()).isEqualTo(64);
                assertThat(talk.usage().path("prompt_tokens").asInt()).isEqualTo(6);
            }
            for (int i = 0; i < 2; i++) {
                int upstream = i;
                List<Use> uses = bench.records.stream()
                        .flatMap(record -> record.attempts().stream())
                        .filter(attempt -> attempt.supplier().equals("up" + upstream))
                        .map(AttemptRecord::use)
                        .toList();
                assertThat(uses.stream().mapToLong(Use::outputTokens).sum())
                        .as("output of upstream " + upstream)
                        .isEqualTo(served(bench, upstream, true));
                assertThat(uses.stream().mapToLong(Use::promptTokens).sum())
                        .as("prompts of upstream " + upstream)
                        .isEqualTo(served(bench, upstream, false));
                assertThat(uses).noneMatch(Use::doubtful);
            }
            assertThat(bench.faults).isEmpty();
        }
    }

    private static long served(Bench bench, int upstream, boolean output) {
        return bench.upstream(upstream).account().entries().stream()
                .mapToLong(entry -> output ? entry.outputTokens() : entry.promptTokens())
                .sum();
    }
}
