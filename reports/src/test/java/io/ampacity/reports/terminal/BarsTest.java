package io.ampacity.reports.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BarsTest {

    private static final Terminal ASCII = new Terminal(80, false, false, false);

    @Test
    void aBarIsAsLongAsItsShare() {
        assertThat(Bars.bar(Terminal.plain(), 0.5, 10)).isEqualTo("█████     ");
        assertThat(Bars.bar(Terminal.plain(), 0.55, 10)).isEqualTo("█████▌    ");
        assertThat(Bars.bar(ASCII, 0.5, 10)).isEqualTo("#####     ");
        assertThat(Bars.bar(Terminal.plain(), Double.NaN, 4)).isEqualTo("    ");
        assertThat(Bars.bar(Terminal.plain(), 7, 4)).isEqualTo("████");
    }

    @Test
    void aLittleIsSeen() {
        assertThat(Bars.bar(Terminal.plain(), 1e-9, 4)).isEqualTo("▏   ");
    }

    @Test
    void aSparklineRisesWithItsValues() {
        List<Double> values = IntStream.range(0, 8).mapToObj(i -> i / 7.0).toList();
        assertThat(Bars.sparkline(Terminal.plain(), values, 1, 8)).isEqualTo("▁▂▃▄▅▆▇█");
    }

    @Test
    void manyValuesBecomeMeansAndGapsStayGaps() {
        List<Double> values = List.of(0.0, 1.0, Double.NaN, Double.NaN, 1.0, 1.0);
        assertThat(Bars.sparkline(Terminal.plain(), values, 1, 3)).isEqualTo("▅ █");
    }
}
