package io.ampacity.traces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ampacity.testing.Seeds;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AdaptersTest {

    private static RequestList threeRequests() {
        return new RequestList(16).add(1, 10, 1, 0, 7, 8).add(2, 20, 2, 1, 7).add(4, 30, 3);
    }

    private static List<Double> arrivals(RequestSource source) {
        List<Double> arrivals = new ArrayList<>();
        while (source.next()) {
            arrivals.add(source.arrivalSeconds());
        }
        return arrivals;
    }

    @Test
    void aListTellsItsRequestsToEveryCursorAlike() {
        RequestList list = threeRequests();
        RequestSource one = list.source();
        RequestSource other = RequestList.copyOf(list.source()).source();
        int requests = 0;
        while (one.next()) {
            assertThat(other.next()).isTrue();
            assertThat(other.arrivalSeconds()).isEqualTo(one.arrivalSeconds());
            assertThat(other.promptTokens()).isEqualTo(one.promptTokens());
            assertThat(other.outputTokens()).isEqualTo(one.outputTokens());
            assertThat(other.session()).isEqualTo(one.session());
            assertThat(other.prefixBlocks()).isEqualTo(one.prefixBlocks());
            for (int i = 0; i < one.prefixBlocks(); i++) {
                assertThat(other.prefixBlock(i)).isEqualTo(one.prefixBlock(i));
            }
            requests++;
        }
        assertThat(requests).isEqualTo(3);
        assertThat(other.next()).isFalse();
        assertThat(one.prefixBlockTokens()).isEqualTo(16);
        assertThat(one.next()).isFalse();
    }

    @Test
    void aListRefusesWhatIsOutOfOrderNegativeOrEndless() {
        assertThatThrownBy(() -> threeRequests().add(3, 1, 1)).hasMessageContaining("Maybe sort");
        assertThatThrownBy(() -> threeRequests().add(5, -1, 1)).hasMessageContaining("negative");
        assertThatThrownBy(() -> threeRequests().add(Double.NaN, 1, 1)).hasMessageContaining("NaN");
    }

    @Test
    void repeatingKeepsTheGapAndSeparatesTheRounds() {
        Repeated repeated = new Repeated(threeRequests().source(), 3);
        // A span of 3 s over two gaps: the next round begins 1.5 s after the last request.
        assertThat(arrivals(repeated)).containsExactly(1.0, 2.0, 4.0, 5.5, 6.5, 8.5, 10.0, 11.0, 13.0);
        repeated.rewind();
        Set<Long> sessions = new HashSet<>();
        Set<Long> blocks = new HashSet<>();
        while (repeated.next()) {
            if (repeated.session() >= 0) {
                assertThat(sessions.add(repeated.session())).isTrue();
            }
            for (int i = 0; i < repeated.prefixBlocks(); i++) {
                blocks.add(repeated.prefixBlock(i));
            }
        }
        assertThat(sessions).hasSize(6);
        assertThat(blocks).hasSize(6);
    }

    @Test
    void anEmptyTraceRepeatedIsEmpty() {
        assertThat(new Repeated(new RequestList().source(), 1000).next()).isFalse();
    }

    @Test
    void aLoneRequestRepeatsEverySecond() {
        assertThat(arrivals(new Repeated(new RequestList().add(5, 1, 1).source(), 3)))
                .containsExactly(5.0, 6.0, 7.0);
    }

    @Test
    void doublingTheSpeedHalvesEveryArrival() {
        assertThat(arrivals(new Scaled(threeRequests().source(), 2))).containsExactly(0.5, 1.0, 2.0);
        assertThatThrownBy(() -> new Scaled(threeRequests().source(), 0)).hasMessageContaining("Maybe");
        assertThatThrownBy(() -> new Scaled(threeRequests().source(), Double.NaN))
                .hasMessageContaining("NaN");
    }

    @Test
    void aLimitCutsByCountAndByTimeAndStaysCut() {
        Limited byCount = new Limited(threeRequests().source(), 2, Double.POSITIVE_INFINITY);
        assertThat(arrivals(byCount)).containsExactly(1.0, 2.0);
        assertThat(byCount.next()).isFalse();
        byCount.rewind();
        assertThat(arrivals(byCount)).containsExactly(1.0, 2.0);
        Limited byTime = new Limited(threeRequests().source(), Long.MAX_VALUE, 2);
        assertThat(arrivals(byTime)).containsExactly(1.0);
        assertThat(byTime.next()).isFalse();
    }

    @Test
    void thinningKeepsTheShareAndWholeSessions() {
        SplittableRandom random = Seeds.random();
        RequestList list = new RequestList();
        for (int i = 0; i < 40_000; i++) {
            list.add(i, 1, 1, i % 2 == 0 ? -1 : random.nextInt(5_000));
        }
        Thinned thinned = new Thinned(list.source(), 0.3, Seeds.SEED);
        Set<Long> kept = new HashSet<>();
        int lone = 0;
        int inSessions = 0;
        while (thinned.next()) {
            if (thinned.session() < 0) {
                lone++;
            } else {
                inSessions++;
                kept.add(thinned.session());
            }
        }
        assertThat(lone / 20_000.0).as(Seeds.told()).isCloseTo(0.3, within(0.02));
        assertThat(inSessions / 20_000.0).as(Seeds.told()).isCloseTo(0.3, within(0.03));
        RequestSource all = list.source();
        int ofKept = 0;
        while (all.next()) {
            ofKept += kept.contains(all.session()) ? 1 : 0;
        }
        assertThat(inSessions).isEqualTo(ofKept);
        List<Double> first = arrivals(new Thinned(list.source(), 0.3, 5));
        assertThat(arrivals(new Thinned(list.source(), 0.3, 5))).isEqualTo(first);
        assertThat(arrivals(new Thinned(list.source(), 0.3, 6))).isNotEqualTo(first);
        assertThat(arrivals(new Thinned(list.source(), 1, 5))).hasSize(40_000);
        assertThat(arrivals(new Thinned(list.source(), 0, 5))).isEmpty();
    }
}
