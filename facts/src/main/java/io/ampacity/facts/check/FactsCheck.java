package io.ampacity.facts.check;

import io.ampacity.documents.DocumentException;
import io.ampacity.documents.Issue;
import io.ampacity.facts.Catalogue;
import io.ampacity.facts.CatalogueReader;
import io.ampacity.facts.check.Finding.Severity;
import io.ampacity.facts.imports.HuggingFaceConfig;
import io.ampacity.facts.imports.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Finds what cannot be right in a catalogue or in a file of facts. Pure but for reading the file. */
public final class FactsCheck {

    private FactsCheck() {}

    /** Checks a catalogue against itself. Empty of errors and warnings when all is well or explained. */
    public static List<Finding> catalogue(Catalogue catalogue) {
        return CatalogueCheck.of(catalogue);
    }

    /**
     * Checks a file: facts in YAML, a model's {@code config.json}, or a list in CSV, known by its header.
     *
     * @param known what names are looked up in and values are compared with
     * @throws DocumentException when the file is missing, unreadable or of no known kind
     */
    public static List<Finding> file(Path file, Catalogue known) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".yaml") || name.endsWith(".yml")) {
            CatalogueReader.Reading reading = CatalogueReader.read(file);
            List<Finding> findings = new ArrayList<>(findings(reading.issues()));
            findings.addAll(CatalogueCheck.of(known.overlaidBy(reading.catalogue())));
            return List.copyOf(findings);
        }
        if (name.endsWith(".json")) {
            return findings(HuggingFaceConfig.read(file).issues());
        }
        return table(Table.read(file), known);
    }

    /** Checks a table; see {@link #file(Path, Catalogue)}. */
    public static List<Finding> table(Table table, Catalogue known) {
        return TableCheck.of(table, known);
    }

    private static List<Finding> findings(List<Issue> issues) {
        return issues.stream()
                .map(issue -> new Finding(
                        "unreadable",
                        issue.isError() ? Severity.ERROR : Severity.WARNING,
                        issue.place().path(),
                        issue.problem(),
                        issue.value() == null ? "nothing" : issue.value(),
                        "what the format says",
                        issue.place().toString(),
                        issue.advice() == null ? "" : "Maybe " + issue.advice() + "."))
                .toList();
    }
}
