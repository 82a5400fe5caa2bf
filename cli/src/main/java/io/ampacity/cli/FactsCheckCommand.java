package io.ampacity.cli;

import io.ampacity.facts.check.FactsCheck;
import io.ampacity.facts.check.Finding;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ampacity facts check}: what cannot be right in the catalogue or in a file. */
@Command(
        name = "check",
        description = {
            "Look for facts that cannot be right: in the catalogue, or in files of facts (YAML), price lists, carbon lists,",
            "hardware lists (CSV) and config.json. Exit code 1 when one is wrong, with --strict also when one is doubtful."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ampacity facts check",
            "  ampacity facts check vms.csv own.yaml",
            "  ampacity facts check vms.csv --notes --json"
        })
final class FactsCheckCommand extends AbstractAction {

    @Mixin
    private KnownFacts known = new KnownFacts();

    @Option(names = "--strict", description = "A doubtful fact ends with exit code 1 too.")
    private boolean strict;

    @Option(names = "--notes", description = "Show also what is odd with a known reason.")
    private boolean notes;

    @Parameters(arity = "0..*", paramLabel = "FILE", description = "Files to check; none checks the catalogue.")
    private List<Path> files = List.of();

    @Override
    public Integer call() {
        List<Finding> findings = new ArrayList<>();
        if (files.isEmpty()) {
            findings.addAll(FactsCheck.catalogue(known.catalogue()));
        }
        for (Path file : files) {
            findings.addAll(FactsCheck.file(file, known.catalogue()));
        }
        long errors = count(findings, Finding.Severity.ERROR);
        long warnings = count(findings, Finding.Severity.WARNING);
        long odd = count(findings, Finding.Severity.NOTE);
        if (output().json()) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("errors", errors);
            document.put("warnings", warnings);
            document.put("notes", odd);
            document.put("findings", findings.stream().map(Finding::asMap).toList());
            output().document(document);
        } else {
            findings.stream()
                    .filter(finding -> notes || finding.severity() != Finding.Severity.NOTE)
                    .forEach(output().text()::println);
            output().text()
                    .println(errors + " wrong, " + warnings + " doubtful, " + odd + " odd with a known reason"
                            + (odd > 0 && !notes ? " (--notes shows them)" : ""));
        }
        return errors > 0 || (strict && warnings > 0) ? ExitCode.NO : ExitCode.FINE;
    }

    private static long count(List<Finding> findings, Finding.Severity severity) {
        return findings.stream()
                .filter(finding -> finding.severity() == severity)
                .count();
    }
}
