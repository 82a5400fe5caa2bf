package io.ampacity.scenario.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.ampacity.scenario.Policy;
import io.ampacity.scenario.Policy.LossOf;
import io.ampacity.scenario.Policy.PeriodLimit;
import io.ampacity.scenario.Policy.Survival;
import io.ampacity.scenario.ScenarioHash;
import io.ampacity.units.Carbon;
import io.ampacity.units.Energy;
import io.ampacity.units.Money;
import org.junit.jupiter.api.Test;

/** Rules of single periods and of several losses at once. */
class RulesReadingTest {

    private static final String SCENARIO = """
            ampacity: 1
            name: small
            horizon: {start: 2027-01, period: quarter, periods: 4}
            suppliers:
              aws: {regions: [aws:eu-central-1], chips: [h100-sxm]}
            workloads:
              chat:
                model: llama-3.1-8b
                traffic: {rate: 4 /s, growth: 10 %/year, prompt-tokens: 500, output-tokens: 100}
                objective: {time-to-first-token: 1 s}
            """;

    private static ScenarioReading read(String more) {
        return ScenarioReader.parse("small.yaml", SCENARIO + more, SmallCatalogue.catalogue());
    }

    @Test
    void limitsOfSinglePeriodsAreRead() {
        Policy policy = read("""
                        policy:
                          by-period:
                            - {from: 2027-Q3, spending: 3 MUSD}
                            - {until: 2027-Q2, energy: 12 GWh, carbon: 300 t}
                        """).scenarioOrThrow().policy();

        assertThat(policy.periodLimits())
                .containsExactly(
                        new PeriodLimit(2, 3, new Money(3e6), null, null),
                        new PeriodLimit(0, 1, null, new Energy(12 * 3.6e12), new Carbon(300e6)));
    }

    @Test
    void nonsenseInThemIsRefusedWhereItStands() {
        ScenarioReading empty = read("policy: {by-period: [{}, {from: 2027-Q3, until: 2027-Q2, energy: 1 GWh}]}\n");
        ScenarioReading bare = read("policy: {by-period: [{spending: 3}]}\n");

        assertThat(empty.errors())
                .extracting(issue -> issue.place().path())
                .containsExactlyInAnyOrder("policy.by-period[0]", "policy.by-period[1].until");
        assertThat(bare.errors())
                .extracting(issue -> issue.place().path())
                .containsExactly("policy.by-period[0].spending");
    }

    @Test
    void theLossOfTwoAtOnceNeedsAThirdToServe() {
        ScenarioReading reading = read("policy: {survive: [{loss: supplier, service: 40 %, at-once: 2}]}\n");

        assertThat(reading.errors()).hasSize(1);
        assertThat(reading.errors().getFirst().toString()).contains("when two are lost");
    }

    @Test
    void theLossOfOneAndOfTwoMayBothBeAsked() {
        String sites = """
                sites:
                  home: {jurisdiction: DE, power: 1 MW, pue: 1.2, tariff: 100 USD/MWh, carbon-intensity: 300 g/kWh}
                fleet: [{site: home, chip: h100-sxm, chips: 8}]
                """;
        ScenarioReading reading = read(
                sites
                        + "policy: {survive: [{loss: supplier, service: 40 %, at-once: 2}, {loss: supplier, service: 80 %}]}\n");

        assertThat(reading.scenarioOrThrow().policy().survivals())
                .containsExactly(new Survival(LossOf.SUPPLIER, 0.4, 2), new Survival(LossOf.SUPPLIER, 0.8));
        assertThat(ScenarioHash.of(reading.scenarioOrThrow())).hasSize(64);
    }
}
