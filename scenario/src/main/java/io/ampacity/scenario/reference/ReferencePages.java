package io.ampacity.scenario.reference;

import io.ampacity.documents.schema.JsonSchema;
import io.ampacity.documents.schema.ReferencePage;
import io.ampacity.documents.schema.Section;
import io.ampacity.scenario.json.PlanJson;
import io.ampacity.scenario.reading.ScenarioReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.json.JsonMapper;

/** Writes {@code docs/reference/} from the attribute tables. */
public final class ReferencePages {

    private static final String WARNING = "DO NOT EDIT: generated from the attribute tables by "
            + ReferencePages.class.getSimpleName() + ". Change a table, then run: "
            + "./mvnw test -pl scenario -am -Dtest=ReferencePagesTest -Dupdate.documents=true";

    private ReferencePages() {}

    /** Writes every page below the folder named first, or the working folder. */
    public static void main(String[] arguments) throws IOException {
        write(Path.of(arguments.length > 0 ? arguments[0] : ""));
    }

    /** Writes every page below the root folder of the project. */
    public static void write(Path root) throws IOException {
        for (Map.Entry<String, String> page : pages().entrySet()) {
            Path file = root.resolve(page.getKey());
            Path folder = file.getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.writeString(file, page.getValue());
        }
    }

    /** Every page by its path below the root of the project. */
    public static Map<String, String> pages() {
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("docs/reference/scenario.md", scenarioPage());
        pages.put("docs/reference/scenario.schema.json", schema(ScenarioReader.language(), "urn:ampacity:scenario:1"));
        pages.put("docs/reference/plan.md", planPage());
        pages.put("docs/reference/plan.schema.json", schema(PlanJson.language(), "urn:ampacity:plan:1"));
        return pages;
    }

    private static String schema(Section root, String identifier) {
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter()
                .withObjectIndenter(new DefaultIndenter("  ", "\n"))
                .withArrayIndenter(new DefaultIndenter("  ", "\n"));
        return JsonMapper.shared().writer().with(printer).writeValueAsString(JsonSchema.of(root, identifier, WARNING))
                + "\n";
    }

    private static String scenarioPage() {
        return """
                <!-- %s -->

                # The scenario language

                A scenario is one YAML file that asks a question: what there is, what must be served, and under which rules.
                Only what a table marks as needed must be given; everything else has a default or stays unknown, and
                unknown is neither zero nor unlimited.

                - Quantities are written with their unit: `1.2 MW`, `95 USD/MWh`, `60 ms`, `8 %%`, `200 B` (billion).
                  A comma may part thousands only: `1,500 USD`, and `1.5 s` with a point.
                - Times of the calendar are a month `2027-04`, a quarter `2027-Q2` or a year `2027`.
                - Names of chips, models and regions are those of `ampacity facts list`; other usual names are understood too.
                - YAML anchors, aliases and the merge key `<<` work. A list with one value may be written as that value.
                - Every mistake is reported at once, each with file, line, column, path and advice.

                Editors complete and check scenarios that begin with
                `# yaml-language-server: $schema=docs/reference/scenario.schema.json`.

                The smallest scenario:

                ```yaml
                ampacity: 1
                name: smallest
                horizon: {start: 2027-01}
                suppliers:
                  aws: {regions: [aws:eu-central-1]}
                workloads:
                  assistant:
                    model: llama-3.1-70b
                    traffic: {rate: 4 /s, prompt-tokens: 1155, output-tokens: 211}
                ```
                """.formatted(WARNING) + ReferencePage.tables(ScenarioReader.language());
    }

    private static String planPage() {
        return """
                <!-- %s -->

                # The plan document

                A plan is one JSON file that answers a scenario. Keys are never renamed; new ones may be added. A number that
                is not known, such as the objective of an infeasible plan, is `null`.
                """.formatted(WARNING) + ReferencePage.tables(PlanJson.language());
    }
}
