package io.ampacity.scenario.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ampacity.facts.BuiltInCatalogue;
import io.ampacity.scenario.reference.ReferencePages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What we show to others is right, with the catalogue they have. */
class ExamplesTest {

    @TestFactory
    List<DynamicTest> everyExampleIsReadWithoutAWord() throws IOException {
        String root = System.getProperty("project.root");
        assumeTrue(root != null, "project.root is not set");
        List<DynamicTest> tests = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of(root, "examples"))) {
            files.filter(file -> file.endsWith("scenario.yaml"))
                    .sorted()
                    .forEach(file -> tests.add(DynamicTest.dynamicTest(
                            String.valueOf(file.getParent()),
                            () -> assertThat(ScenarioReader.read(file, BuiltInCatalogue.load())
                                            .issues())
                                    .isEmpty())));
        }
        assertThat(tests).isNotEmpty();
        return tests;
    }

    @Test
    void theSmallestScenarioOfTheReferencePageIsUsable() {
        String page = Objects.requireNonNull(ReferencePages.pages().get("docs/reference/scenario.md"));
        int start = page.indexOf("```yaml") + "```yaml\n".length();
        String smallest = page.substring(start, page.indexOf("```", start));
        ScenarioReading reading = ScenarioReader.parse("smallest", smallest, BuiltInCatalogue.load());
        assertThat(reading.errors()).isEmpty();
        assertThat(reading.scenarioOrThrow().suppliers().getFirst().offers()).isNotEmpty();
    }
}
