package io.ampacity.scenario.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.ampacity.scenario.Horizon;
import io.ampacity.scenario.Learning;
import io.ampacity.scenario.Learning.Way;
import io.ampacity.scenario.Scenario;
import io.ampacity.scenario.ScenarioHash;
import io.ampacity.scenario.Skills;
import io.ampacity.units.Money;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SkillsReadingTest {

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

    private static final String SKILLS = """
            skills:
              today: [cuda]
              learn:
                rocm:
                  train: {cost: 200 kUSD, lead-time: 5 months}
                  hire: {cost: 80 kUSD, lead-time: 3 months, running-cost: 900 kUSD/year}
            """;

    private static ScenarioReading read(String more) {
        return ScenarioReader.parse("small.yaml", SCENARIO + more, SmallCatalogue.catalogue());
    }

    @Test
    void familiesAndWaysAreRead() {
        Scenario scenario = read(SKILLS).scenarioOrThrow();
        assertThat(scenario.projects().skills())
                .isEqualTo(new Skills(
                        new TreeSet<>(Set.of("cuda")),
                        List.of(
                                new Learning("rocm", Way.TRAIN, new Money(200_000), new Money(0), 5),
                                new Learning("rocm", Way.HIRE, new Money(80_000), new Money(900_000), 3))));
    }

    @Test
    void nothingSaidIsNoLimitAndAnotherQuestionThanNothingKnown() {
        Scenario silent = read("").scenarioOrThrow();
        assertThat(silent.projects().skills()).isNull();
        Scenario stated = read(SKILLS).scenarioOrThrow();
        assertThat(ScenarioHash.of(stated)).isNotEqualTo(ScenarioHash.of(silent));
        assertThat(ScenarioHash.of(read(SKILLS).scenarioOrThrow())).isEqualTo(ScenarioHash.of(stated));
    }

    @Test
    void moneyIsPaidAtTheStartAndFromTheFirstUseOn() {
        Scenario scenario = read(SKILLS).scenarioOrThrow();
        Horizon horizon = scenario.horizon();
        Learning hire =
                Objects.requireNonNull(scenario.projects().skills()).learnings().get(1);
        assertThat(hire.path()).isEqualTo("skills.learn.rocm.hire");
        assertThat(hire.ready(horizon, 2)).isEqualTo(3);
        assertThat(hire.cost(horizon, 2, 1)).isZero();
        assertThat(hire.cost(horizon, 2, 2)).isEqualTo(80_000);
        assertThat(hire.cost(horizon, 2, 3)).isEqualTo(225_000);
        assertThat(scenario.projects().ready("skills.learn.rocm.train", 0, horizon))
                .isEqualTo(2);
        assertThat(scenario.projects().ready("skills.learn.rocm.train", 5, horizon))
                .isNull();
    }

    @Test
    void everyMistakeIsToldAtOnce() {
        assertThat(read("""
                skills:
                  today: [cuda, coda]
                """).errors()).extracting(issue -> issue.place().path()).containsExactly("skills.today[1]");
        assertThat(read("""
                skills:
                  today: [cuda]
                  learn:
                    cuda: {train: {cost: 1 USD, lead-time: 1 month}}
                    abacus: {train: {cost: 1 USD, lead-time: 1 month}}
                    rocm: {}
                """).errors())
                .extracting(issue -> issue.place().path())
                .containsExactlyInAnyOrder("skills.learn.cuda", "skills.learn.abacus", "skills.learn.rocm");
    }
}
