package io.ampacity.reports;

import static org.assertj.core.api.Assertions.assertThat;

import io.ampacity.reports.html.HtmlRenderer;
import io.ampacity.reports.markdown.MarkdownRenderer;
import io.ampacity.reports.paper.Paper;
import io.ampacity.reports.terminal.Terminal;
import io.ampacity.reports.terminal.TerminalRenderer;
import io.ampacity.scenario.Plan;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Papers of plans and replays that hold next to nothing, or numbers that are none. */
class DegenerateTest {

    private static final double[] ODD = {0, -1, Double.NaN, Double.POSITIVE_INFINITY, Double.MIN_VALUE, 1e300};

    private static Plan plan(double odd, int periods) {
        List<String> names = periods == 0 ? List.of() : List.of("2027-Q1");
        return new Plan(
                1,
                "odd",
                "",
                Plan.Status.FEASIBLE,
                odd,
                odd,
                odd,
                names,
                List.of(
                        new Plan.Capacity(0, "s", "p", "c", "k", 1, 1, odd),
                        new Plan.Capacity(7, "s", "p", "c", "k", 1, 1, odd)),
                List.of(
                        new Plan.Placement(0, "chat", "s", "p", "c", null, 1, 1, odd, odd, odd, odd, odd),
                        new Plan.Placement(-1, "w", "s", "p", "c", null, 1, 1, odd, odd, odd, odd, odd)),
                List.of(new Plan.PeriodTotals(0, odd, odd, odd, odd, odd, odd, odd)),
                List.of(new Plan.BindingLimit("", 9, odd, "", "")),
                List.of(),
                List.of(""));
    }

    private static ProofView proof(double odd, List<ProofView.Bucket> buckets) {
        ProofView.Requests none = new ProofView.Requests(0, 0, 0, 0, 0);
        ProofView.Percentiles unknown = ProofView.Percentiles.UNKNOWN;
        ProofView.Phase phase = new ProofView.Phase(odd, Map.of("chat", odd));
        return new ProofView(
                "",
                3,
                0,
                odd,
                none,
                unknown,
                unknown,
                unknown,
                unknown,
                odd,
                List.of(new ProofView.WorkloadProof("chat", none, odd, unknown, unknown)),
                List.of(new ProofView.SupplierProof("p", 0, odd, odd, null, odd)),
                List.of(new ProofView.Loss(ProofView.LossOf.PART, "x", odd, odd, phase, phase, phase, 0, null)),
                buckets,
                null,
                null,
                null);
    }

    private static void rendered(Paper paper) {
        assertThat(new HtmlRenderer().render(paper)).endsWith("</html>\n");
        assertThat(new MarkdownRenderer().render(paper)).startsWith("# ");
        for (int columns : new int[] {40, 80, 160}) {
            String text = new TerminalRenderer(new Terminal(columns, true, true, true), true).render(paper);
            assertThat(text).doesNotContain("NaN", "Infinity");
        }
    }

    @Test
    void oddNumbersStillMakeAPaper() {
        for (double odd : ODD) {
            for (int periods = 0; periods <= 1; periods++) {
                rendered(DecisionPaper.of(Example.scenario(), plan(odd, periods), null));
                rendered(DecisionPaper.of(Example.scenario(), plan(odd, periods), proof(odd, List.of())));
            }
        }
    }

    @Test
    void aReplayOfOneMomentStillMakesAPaper() {
        for (double end : ODD) {
            List<ProofView.Bucket> one = List.of(new ProofView.Bucket(0, end, 1, Double.NaN, Map.of()));
            rendered(DecisionPaper.of(Example.scenario(), Example.plan(), proof(1, one)));
        }
    }

    @Test
    void anAttainmentThatIsUnknownProvesNothing() {
        ProofView unknown = proof(Double.NaN, List.of());
        Paper paper = DecisionPaper.of(Example.scenario(), Example.plan(), unknown);
        assertThat(paper.verdict().standing().name()).isNotEqualTo("HOLDS");
    }
}
