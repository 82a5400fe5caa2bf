package io.ampacity.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ampacity.facts.BuiltInCatalogue;
import io.ampacity.scenario.reading.ScenarioReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the pages for users tell to type is there. */
final class ExamplesTest {

    @Test
    void everyExampleIsListed() throws IOException {
        String list = Files.readString(Examples.file("README.md"));
        try (Stream<Path> folders = Files.list(Examples.file(""))) {
            for (Path folder : folders.filter(Files::isDirectory).toList()) {
                assertThat(list).contains(folder.getFileName().toString());
            }
        }
    }

    @Test
    void theDemosScenarioIsTheExample() throws IOException {
        try (var shipped = ExamplesTest.class.getResourceAsStream("enterprise-hybrid/scenario.yaml")) {
            assertThat(shipped).isNotNull();
            assertThat(shipped.readAllBytes())
                    .isEqualTo(Files.readAllBytes(Examples.file("enterprise-hybrid/scenario.yaml")));
        }
    }

    @Test
    void everyCommandInThePagesExists() throws IOException {
        List<Path> pages = new ArrayList<>(List.of(Examples.file("../README.md"), Examples.file("README.md")));
        try (Stream<Path> docs = Files.list(Examples.file("../docs"))) {
            docs.filter(file -> file.toString().endsWith(".md")).forEach(pages::add);
        }
        List<List<String>> known = CommandTree.paths();
        for (Path page : pages) {
            for (String line : Files.readAllLines(page)) {
                String command = line.strip().replaceFirst("^\\./", "");
                if (command.startsWith("ampacity ") && line.startsWith("    ")) {
                    String first = command.split("\\s+", -1)[1];
                    assertThat(first.equals("test") || first.startsWith("-") || known.contains(List.of(first)))
                            .as("%s: %s", page.getFileName(), line)
                            .isTrue();
                }
            }
        }
    }

    @Test
    void theScenarioOfTheReadmeCanBeAnswered() throws IOException {
        assertCanBeAnswered(Files.readString(Examples.file("../README.md")));
    }

    @Test
    void theScenarioOfTheHelpCanBeAnswered() {
        assertCanBeAnswered(CommandLineRun.of("help", "scenario").out().replaceAll("(?m)^  ", "    "));
    }

    /** Reads the indented scenario in a page of text. */
    private static void assertCanBeAnswered(String page) {
        List<String> lines = page.lines().toList();
        int from = 0;
        while (!lines.get(from).startsWith("    ampacity: 1")) {
            from++;
        }
        StringBuilder scenario = new StringBuilder();
        for (int i = from; i < lines.size() && lines.get(i).startsWith("    "); i++) {
            scenario.append(lines.get(i).substring(4)).append('\n');
        }
        assertThat(ScenarioReader.parse("page", scenario.toString(), BuiltInCatalogue.load())
                        .scenarioOrThrow()
                        .workloads())
                .isNotEmpty();
    }

    @Test
    void everyLinkInThePagesLeadsSomewhere() throws IOException {
        List<Path> pages = new ArrayList<>(List.of(
                Examples.file("../README.md"), Examples.file("README.md"), Examples.file("simulate-azure/README.md")));
        try (Stream<Path> docs = Files.list(Examples.file("../docs"))) {
            docs.filter(file -> file.toString().endsWith(".md")).forEach(pages::add);
        }
        Pattern link = Pattern.compile("\\]\\(([^)#:]+)\\)");
        for (Path page : pages) {
            Matcher matcher = link.matcher(Files.readString(page));
            while (matcher.find()) {
                assertThat(page.resolveSibling(matcher.group(1))).as("%s", page).exists();
            }
        }
    }
}
