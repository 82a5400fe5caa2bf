package io.ampacity.cli;

import io.ampacity.documents.Issue;
import io.ampacity.facts.BuiltInCatalogue;
import io.ampacity.facts.Catalogue;
import io.ampacity.planner.replan.Change;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.Scenario;
import io.ampacity.scenario.ScenarioHash;
import io.ampacity.scenario.reading.ScenarioReader;
import io.ampacity.scenario.reading.ScenarioReading;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A scenario that was read and can be answered.
 *
 * @param hash SHA-256 of all that can change its answer
 * @param file where it was read; null for a built-in one
 */
record ScenarioFile(
        Scenario scenario, String hash, @Nullable Path file) {

    /** Reads a file; doubts are told as warnings, mistakes are thrown all at once. */
    static ScenarioFile read(Path file, Catalogue catalogue, Output output) {
        return of(ScenarioReader.read(file, catalogue), file, output);
    }

    /** The example that comes with the program. */
    static ScenarioFile builtIn(Output output) {
        try (InputStream in = ScenarioFile.class.getResourceAsStream("enterprise-hybrid/scenario.yaml")) {
            if (in == null) {
                throw new IllegalStateException("the built-in scenario is missing");
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return of(
                    ScenarioReader.parse("enterprise-hybrid/scenario.yaml", text, BuiltInCatalogue.load()),
                    null,
                    output);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** The same after changes. */
    ScenarioFile after(List<String> changes) {
        Scenario changed = scenario;
        for (String text : changes) {
            changed = Change.parse(text).applyTo(changed);
        }
        return changes.isEmpty() ? this : new ScenarioFile(changed, ScenarioHash.of(changed), file);
    }

    /** The scenario that a plan answers, from where the plan says or from {@code other}. */
    static ScenarioFile of(Plan plan, @Nullable Path other, Catalogue catalogue, Output output) {
        Path file = other;
        if (file == null) {
            if (plan.scenarioFile() == null) {
                ScenarioFile example = builtIn(output).after(plan.changes());
                if (example.hash.equals(plan.scenarioHash())) {
                    return example;
                }
                throw new BadInput(
                        "the plan of " + plan.scenarioName() + " does not say where its scenario is",
                        "name it with --scenario FILE");
            }
            file = Path.of(plan.scenarioFile());
            if (!Files.exists(file)) {
                throw new BadInput(
                        "the plan says that its scenario is " + file + ", where there is none",
                        "it was moved; name it with --scenario FILE");
            }
        }
        ScenarioFile read = read(file, catalogue, output).after(plan.changes());
        if (!read.hash.equals(plan.scenarioHash())) {
            throw new BadInput(
                    file + " is not the scenario that the plan answers: it or the facts it rests on have changed"
                            + " since, or it is another",
                    "plan it again, or name the right scenario and, with --facts, the facts that it was planned with");
        }
        return read;
    }

    private static ScenarioFile of(ScenarioReading reading, @Nullable Path file, Output output) {
        Scenario scenario = reading.scenarioOrThrow();
        for (Issue warning : reading.warnings()) {
            output.warning(warning.toString());
        }
        return new ScenarioFile(scenario, ScenarioHash.of(scenario), file);
    }

    /** Where files that the scenario names are looked for. */
    Path folder() {
        Path parent = file == null ? null : file.toAbsolutePath().getParent();
        return parent == null ? Path.of("").toAbsolutePath() : parent;
    }
}
