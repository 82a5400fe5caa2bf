package io.ampacity.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SearchProgressTest {

    private final List<String> lines = new ArrayList<>();
    private final AtomicLong clock = new AtomicLong();
    private final SearchProgress progress = new SearchProgress(lines::add, clock::get);

    private void at(double seconds, double best, double bound) {
        clock.set((long) (seconds * 1e9));
        progress.report(seconds, best, bound);
    }

    @Test
    void aShortSearchSaysNothing() {
        at(1, 2e6, 1e6);
        at(4.9, 2e6, 1.9e6);
        assertThat(lines).isEmpty();
    }

    @Test
    void aLongOneTellsEveryFewSecondsWhatIsKnown() {
        at(6, Double.POSITIVE_INFINITY, 0);
        at(7, Double.POSITIVE_INFINITY, 9.1e9);
        at(12, Double.POSITIVE_INFINITY, 9.1e9);
        at(18, 9.2e9, 9.1e9);
        at(24, 9.2e5, Double.NEGATIVE_INFINITY);
        assertThat(lines)
                .containsExactly(
                        "after 6 s no plan yet …",
                        "after 12 s no plan yet; none is below 9100.0 MUSD …",
                        "after 18 s a plan for 9200.0 MUSD, at most 1.1 % above the best …",
                        "after 24 s a plan for 920 kUSD …");
    }
}
