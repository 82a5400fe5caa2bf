package io.ampacity.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ampacity.reports.html.HtmlRenderer;
import io.ampacity.reports.paper.Block;
import io.ampacity.reports.paper.Chart;
import io.ampacity.reports.paper.Paper;
import io.ampacity.reports.paper.Section;
import io.ampacity.reports.paper.Verdict;
import io.ampacity.reports.terminal.Terminal;
import io.ampacity.reports.terminal.TerminalRenderer;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlotTest {

    private static final Chart.Plot PLOT = new Chart.Plot(
            "rate <by> batch",
            new Chart.Axis("batch", "", true),
            new Chart.Axis("tokens/s", "", false),
            List.of(new Chart.Line("rate", 0, List.of(1.0, 8.0, 64.0), List.of(50.0, 300.0, 900.0))),
            List.of(new Chart.Place("here & now", 1, 8, 300), new Chart.Place("there", 1, 8, 302)));

    private static String html(Chart.Plot plot) {
        return new HtmlRenderer()
                .render(new Paper(
                        "title",
                        "",
                        new Verdict(Verdict.Standing.UNPROVEN, "Estimated", "because"),
                        new Block.Tiles(List.of()),
                        List.of(new Section("plot", "Plot", plot))));
    }

    @Test
    void linesAndPointsAreDrawnInsideThePicture() {
        String html = html(PLOT);
        assertThat(html)
                .contains("rate &lt;by&gt; batch")
                .contains("here &amp; now")
                .contains("<path")
                .contains("<circle");
        assertThat(html).doesNotContain("NaN").doesNotContain("Infinity");
        java.util.regex.Matcher circles =
                java.util.regex.Pattern.compile("cy=\"([0-9.]+)\"").matcher(html);
        int found = 0;
        while (circles.find()) {
            assertThat(Double.parseDouble(circles.group(1))).isBetween(0.0, 320.0);
            found++;
        }
        assertThat(found)
                .as("wide and narrow: three places of the line and two points")
                .isEqualTo(10);
    }

    @Test
    void aTerminalOfAnyWidthHoldsIt() {
        for (int width : new int[] {40, 80, 200}) {
            String text = new TerminalRenderer(new Terminal(width, false, false, true)).render(PLOT);
            text.lines()
                    .forEach(line ->
                            assertThat(line.codePointCount(0, line.length())).isLessThanOrEqualTo(width));
        }
    }

    @Test
    void degeneratePlotsAreDrawnWithoutFault() {
        for (List<Double> ys : List.of(List.of(0.0), List.of(5.0), List.of(1e-9), List.of(1e15))) {
            for (boolean logarithmic : new boolean[] {false, true}) {
                Chart.Plot plot = new Chart.Plot(
                        "one",
                        new Chart.Axis("x", "", logarithmic),
                        new Chart.Axis("y", "J", logarithmic),
                        List.of(new Chart.Line("line", 0, List.of(1.0), ys)),
                        List.of());
                assertThat(html(plot)).doesNotContain("NaN");
                assertThat(new TerminalRenderer(new Terminal(80, false, false, true)).render(plot))
                        .contains("line");
            }
        }
        assertThat(html(new Chart.Plot(
                        "none", new Chart.Axis("x", "", true), new Chart.Axis("y", "", true), List.of(), List.of())))
                .doesNotContain("<figure");
    }

    @Test
    void aLineHasAsManyHeightsAsPlaces() {
        assertThatThrownBy(() -> new Chart.Line("crooked", 0, List.of(1.0, 2.0), List.of(1.0)))
                .hasMessageContaining("crooked");
    }
}
