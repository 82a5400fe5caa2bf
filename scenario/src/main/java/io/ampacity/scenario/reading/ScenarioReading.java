package io.ampacity.scenario.reading;

import io.ampacity.documents.DocumentException;
import io.ampacity.documents.Issue;
import io.ampacity.scenario.Scenario;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came out of a scenario document.
 *
 * @param scenario null when an issue is an error
 * @param issues every mistake and every doubt, in document order
 */
public record ScenarioReading(@Nullable Scenario scenario, List<Issue> issues) {

    public ScenarioReading {
        issues = List.copyOf(issues);
    }

    /** Whether there is a scenario. */
    public boolean isUsable() {
        return scenario != null;
    }

    public List<Issue> errors() {
        return issues.stream().filter(Issue::isError).toList();
    }

    public List<Issue> warnings() {
        return issues.stream().filter(issue -> !issue.isError()).toList();
    }

    /**
     * The scenario.
     *
     * @throws DocumentException with every mistake when there is none
     */
    public Scenario scenarioOrThrow() {
        if (scenario == null) {
            throw new DocumentException(errors());
        }
        return scenario;
    }
}
