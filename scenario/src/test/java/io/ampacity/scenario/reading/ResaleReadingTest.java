package io.ampacity.scenario.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.ampacity.scenario.Resale;
import io.ampacity.scenario.Resale.Point;
import io.ampacity.scenario.Scenario;
import io.ampacity.scenario.ScenarioHash;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ResaleReadingTest {

    private static final String SCENARIO = """
            ampacity: 1
            name: small
            horizon: {start: 2027-01, period: quarter, periods: 6}
            suppliers:
              aws: {regions: [aws:eu-central-1], chips: [h100-sxm]}
            workloads:
              chat:
                model: llama-3.1-8b
                traffic: {rate: 4 /s, prompt-tokens: 500, output-tokens: 100}
                objective: {time-to-first-token: 1 s}
            """;

    private static ScenarioReading read(String more) {
        return ScenarioReader.parse("small.yaml", SCENARIO + more, SmallCatalogue.catalogue());
    }

    @Test
    void curvesAreReadAndAreAnotherQuestion() {
        Scenario scenario = read("""
                resale:
                  - {chip: h100-sxm, curve: [{age: 12 months, share: 60 %}, {age: 2 years, share: 0.4}]}
                """).scenarioOrThrow();
        assertThat(scenario.resale())
                .isEqualTo(new Resale(
                        new TreeMap<>(Map.of("h100-sxm", List.of(new Point(12, 0.6), new Point(24, 0.4))))));
        Scenario silent = read("").scenarioOrThrow();
        assertThat(silent.resale()).isEqualTo(Resale.NONE);
        assertThat(ScenarioHash.of(scenario)).isNotEqualTo(ScenarioHash.of(silent));
    }

    @Test
    void everyMistakeIsToldAtOnce() {
        assertThat(read("""
                resale:
                  - {chip: h100-sxm, curve: [{age: 24 months, share: 60 %}, {age: 12 months, share: 40 %}]}
                  - {chip: h100-sxm, curve: [{age: 12 months, share: 40 %}, {age: 24 months, share: 60 %}]}
                  - {chip: h900, curve: []}
                  - {chip: h200-sxm, curve: [{age: 1 day, share: 140 %}]}
                  - {curve: [{age: 12 months}]}
                """).errors())
                .extracting(issue -> issue.place().path())
                .contains(
                        "resale[0].curve[1].age",
                        "resale[1].curve[1].share",
                        "resale[1]",
                        "resale[2].chip",
                        "resale[3].curve[0].age",
                        "resale[3].curve[0].share",
                        "resale[4].curve[0].share");
    }
}
