package io.ampacity.reports.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import io.ampacity.reports.DecisionPaper;
import io.ampacity.reports.Example;
import io.ampacity.reports.Golden;
import io.ampacity.reports.Hostile;
import io.ampacity.reports.paper.Block;
import io.ampacity.reports.paper.Paper;
import io.ampacity.reports.paper.Section;
import io.ampacity.reports.paper.Verdict;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class MarkdownRendererTest {

    private final MarkdownRenderer renderer = new MarkdownRenderer();

    @Test
    void aProvenPlanReadsAsAgreed() throws IOException {
        Golden.check(
                "proven.md",
                renderer.render(
                        DecisionPaper.of(Example.scenario(), Example.plan(), Example.proof(), Example.annex())));
    }

    @Test
    void noNameBecomesMarkup() {
        for (String name : Hostile.NAMES) {
            String text = renderer.render(Hostile.paper(name));
            assertThat(text).doesNotContain("<", "\u001B");
            assertThat(text.replaceAll("\\\\.", "")).doesNotContain("](", "![", "$$");
            assertThat(text.lines().filter(line -> line.startsWith("# "))).hasSize(1);
        }
    }

    @Test
    void everyRowOfATableHasTheColumnsOfItsHead() {
        for (String name : Hostile.NAMES) {
            int bars = 0;
            for (String line : renderer.render(Hostile.paper(name)).lines().toList()) {
                int now = line.startsWith("|")
                        ? line.replace("\\|", "").replaceAll("[^|]", "").length()
                        : 0;
                assertThat(bars == 0 || now == 0 || bars == now).as(line).isTrue();
                bars = now;
            }
        }
    }

    @Test
    void aLineThatLooksLikeAListStaysALine() {
        Paper paper = new Paper(
                "t",
                "",
                new Verdict(Verdict.Standing.HOLDS, "w", "b"),
                new Block.Tiles(List.of()),
                List.of(new Section(
                        "s",
                        "S",
                        new Block.Paragraph("1. not a list"),
                        new Block.Paragraph("- nor this"),
                        new Block.Paragraph("2027 is a year, 1.5 a number, a_b a word"))));
        assertThat(renderer.render(paper))
                .contains("\n1\\. not a list\n", "\n\\- nor this\n", "\n2027 is a year, 1.5 a number, a_b a word\n");
    }
}
