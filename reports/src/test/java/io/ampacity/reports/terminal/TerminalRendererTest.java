package io.ampacity.reports.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.ampacity.reports.DecisionPaper;
import io.ampacity.reports.Example;
import io.ampacity.reports.Golden;
import io.ampacity.reports.Hostile;
import io.ampacity.reports.paper.Paper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class TerminalRendererTest {

    private static Paper paper() {
        return DecisionPaper.of(Example.scenario(), Example.plan(), Example.proof(), Example.annex());
    }

    private static String text(Paper paper, int columns) {
        return new TerminalRenderer(new Terminal(columns, false, false, true)).render(paper);
    }

    @Test
    void aProvenPlanReadsAsAgreed() throws IOException {
        Golden.check("proven-80.txt", text(paper(), 80));
    }

    @Test
    void aPlanThatDoesNotHoldReadsAsAgreed() throws IOException {
        Golden.check(
                "broken-80.txt", text(DecisionPaper.of(Example.scenario(), Example.plan(), Example.brokenProof()), 80));
    }

    @Test
    void anImpossibleQuestionReadsAsAgreed() throws IOException {
        Golden.check("infeasible-80.txt", text(DecisionPaper.of(Example.scenario(), Example.infeasible(), null), 80));
    }

    @Test
    void aPaperInBriefFitsAboutTwoScreens() {
        assertThat(text(paper(), 80).lines().count()).isLessThanOrEqualTo(120);
        assertThat(text(paper(), 120).lines().count()).isLessThanOrEqualTo(105);
    }

    @Test
    void noLineIsLongerThanTheTerminalWhateverTheNames() {
        for (int columns = 40; columns <= 160; columns += 20) {
            for (String name : Hostile.NAMES) {
                Paper paper = Hostile.paper(name);
                for (boolean full : new boolean[] {false, true}) {
                    String text = new TerminalRenderer(new Terminal(columns, false, false, true), full).render(paper);
                    int room = columns;
                    assertThat(text.lines())
                            .allSatisfy(
                                    line -> assertThat(DisplayWidth.of(line)).isLessThanOrEqualTo(room));
                }
            }
        }
    }

    @Test
    void noNameDrivesTheTerminal() {
        for (String name : Hostile.NAMES) {
            assertThat(text(Hostile.paper(name), 80))
                    .doesNotContain("\u001B", "\u0007", "\r", "\u202E", "\u2066", "\u0000");
        }
    }

    @Test
    void colourChangesNothingButColour() {
        String coloured = new TerminalRenderer(new Terminal(80, true, true, true)).render(paper());
        assertThat(coloured).contains("\u001B[");
        assertThat(coloured.replaceAll("\u001B\\[[0-9;]*m", "")).isEqualTo(text(paper(), 80));
    }

    @Test
    void anAsciiTerminalGetsAsciiAlone() {
        String text = new TerminalRenderer(new Terminal(80, false, false, false)).render(paper());
        assertThat(text.chars()).allMatch(c -> c == '\n' || (c >= ' ' && c < 0x7F));
        assertThat(text).contains("ok It holds");
    }
}
