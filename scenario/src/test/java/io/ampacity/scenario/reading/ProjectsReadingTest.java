package io.ampacity.scenario.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ampacity.documents.Issue;
import io.ampacity.scenario.Expansion;
import io.ampacity.scenario.Future;
import io.ampacity.scenario.Futures;
import io.ampacity.scenario.Programme;
import io.ampacity.scenario.Programme.Tier;
import io.ampacity.scenario.Scenario;
import io.ampacity.units.Money;
import io.ampacity.units.Power;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProjectsReadingTest {

    private static final String SCENARIO = """
            ampacity: 1
            name: small
            horizon: {start: 2027-01, period: quarter, periods: 12}
            suppliers:
              aws: {regions: [aws:eu-central-1], chips: [h100-sxm]}
              partner: {}
            sites:
              home:
                jurisdiction: DE
                pue: 1.2
                tariff: 100 USD/MWh
                carbon-intensity: 300 g/kWh
                expansions:
                  hall-b: {power: 2 MW, price: 22 MUSD, running-cost: 400 kUSD/year, steps: 3, from: 2027-Q2,
                           lead-time: 12 months, useful-life: 20 years, cools: [mi300x]}
            workloads:
              chat:
                model: llama-3.1-8b
                traffic: {rate: 4 /s, growth: 10 %/year, prompt-tokens: 500, output-tokens: 100}
                objective: {time-to-first-token: 1 s}
            programmes:
              titan:
                kind: partner
                chip: mi300x
                supplier: partner
                sites: [home]
                start: 2027-Q2
                latest-start: 2028-Q1
                up-front: 5 MUSD
                value-at-end: 40 %
                engineering: 250 MUSD
                tape-outs: 2
                tape-out-cost: 30 MUSD
                running-cost: 60 MUSD/year
                first-silicon: 18 months
                ramp: [{after: 6 months, chips-per-month: 5000}, {chips-per-month: 1000}]
                yield: 80 %
                price: 9 kUSD
                PRICES
                lead-time: 2 months
                success: SUCCESS
            """;

    private static Scenario read(String prices, String success, String more) {
        return ScenarioReader.parse(
                        "small.yaml",
                        SCENARIO.replace("PRICES", prices).replace("SUCCESS", success) + more,
                        SmallCatalogue.catalogue())
                .scenarioOrThrow();
    }

    @Test
    void everyAttributeOfAProgrammeIsRead() {
        Scenario scenario = read("tiers: [{from: 50000, price: 7 kUSD}]", "100 %", "");

        assertThat(scenario.projects().programmes())
                .containsExactly(new Programme(
                        "titan",
                        Programme.Kind.PARTNER,
                        "mi300x",
                        "partner",
                        List.of("home"),
                        1,
                        4,
                        Programme.Decision.FREE,
                        new Money(5e6),
                        0.4,
                        new Money(250e6),
                        2,
                        new Money(30e6),
                        new Money(60e6),
                        18,
                        List.of(new Programme.Ramp(0, 1000), new Programme.Ramp(6, 5000)),
                        0.8,
                        List.of(new Tier(0, new Money(9000)), new Tier(50000, new Money(7000))),
                        8,
                        60,
                        2,
                        false));
        assertThat(scenario.futures()).isEqualTo(Futures.NONE);
    }

    @Test
    void everyAttributeOfAnExpansionIsRead() {
        Scenario scenario = read("", "100 %", "");

        assertThat(scenario.projects().expansions())
                .containsExactly(new Expansion(
                        "home",
                        "hall-b",
                        new Power(2e6),
                        new Money(22e6),
                        new Money(400e3),
                        3,
                        1,
                        12,
                        240,
                        List.of("mi300x")));
        assertThat(scenario.sites().getFirst().power()).isEqualTo(new Power(0));
    }

    @Test
    void aLearningCurveBecomesTheMeanPriceOfEachDoubling() {
        List<Tier> tiers = read("learning: {per-doubling: 80 %, from: 10000}", "100 %", "")
                .projects()
                .programmes()
                .getFirst()
                .tiers();

        assertThat(tiers.getFirst()).isEqualTo(new Tier(0, new Money(9000)));
        // The mean of x to the power of log2(0.8) between 1 and 2, by the midpoint rule.
        double mean = 0;
        for (int i = 0; i < 100_000; i++) {
            mean += Math.pow(1 + (i + 0.5) / 100_000, Math.log(0.8) / Math.log(2)) / 100_000;
        }
        for (int k = 1; k < tiers.size(); k++) {
            assertThat(tiers.get(k).from()).isEqualTo(10_000 * Math.pow(2, k - 1));
            assertThat(tiers.get(k).price().usd()).isCloseTo(9000 * mean * Math.pow(0.8, k - 1), within(1e-3));
        }
    }

    @Test
    void anUncertainProgrammeSplitsTheFuturesThatDoNotStateItsOutcome() {
        Futures alone = read("", "70 %", "").futures();
        assertThat(alone.ordered()).extracting(Future::id).containsExactly("titan fails", "titan works");
        assertThat(alone.ordered().getFirst().probability()).isCloseTo(0.3, within(1e-12));

        Futures several = read("", "70 %", """
                        futures:
                          boom: {probability: 40 %, demand: 150 %}
                          doom: {probability: 60 %, programmes: {titan: fails}, sites: {home: 6 months}}
                        """).futures();
        assertThat(several.ordered())
                .extracting(Future::id)
                .containsExactly("boom, titan fails", "boom, titan works", "doom");
        assertThat(several.ordered().get(1).probability()).isCloseTo(0.28, within(1e-12));
        assertThat(several.ordered().get(2).sites()).isEqualTo(Map.of("home", 6));
    }

    @Test
    void aFailingProgrammeEndsAtItsPlannedFirstSilicon() {
        Scenario scenario =
                read("", "100 %", "futures: {late: {probability: 100 %, programmes: {titan: {delay: 6 months}}}}\n");
        Programme programme = scenario.projects().programmes().getFirst();
        Programme failing = programme.withOutcome(true, 0);
        double horizon = 0;
        for (int p = 0; p < 12; p++) {
            horizon += failing.cost(scenario.horizon(), 1, p);
            if (p < 7) {
                assertThat(failing.cost(scenario.horizon(), 1, p)).isEqualTo(programme.cost(scenario.horizon(), 1, p));
            }
        }
        double end = Math.pow(1.08, -10.5 / 4);
        assertThat(horizon).isCloseTo(250e6 + 60e6 + 6 * 15e6 + 5e6 * (1 - 0.4 * end), within(1.0));
        assertThat(scenario.under(scenario.futures().likeliest())
                        .projects()
                        .programmes()
                        .getFirst()
                        .leadMonths())
                .isEqualTo(8);
    }

    @Test
    void aRampIsInUsableChipsAndWholeBlocks() {
        Scenario scenario = read("", "100 %", "");
        Programme programme = scenario.projects().programmes().getFirst();

        assertThat(programme.mostOrdered(scenario.horizon(), 1, 6)).isZero();
        assertThat(programme.mostOrdered(scenario.horizon(), 1, 7)).isEqualTo(2400);
        assertThat(programme.mostOrdered(scenario.horizon(), 1, 9)).isEqualTo(12000);
    }

    @Test
    void nonsenseIsRefusedWhereItStands() {
        ScenarioReading reading = ScenarioReader.parse(
                "small.yaml",
                SCENARIO.replace("PRICES", "tiers: [{from: 10, price: 12 kUSD}]")
                                .replace("SUCCESS", "70 %")
                                .replace("latest-start: 2028-Q1", "latest-start: 2027-Q1")
                                .replace("sites: [home]", "sites: [aws:eu-central-1]")
                        + "futures: {a: {probability: 100 %, programmes: {tytan: fails}}}\n",
                SmallCatalogue.catalogue());

        assertThat(reading.errors())
                .extracting(Issue::place)
                .extracting(place -> place.path())
                .containsExactlyInAnyOrder(
                        "futures.a.programmes.tytan",
                        "programmes.titan.latest-start",
                        "programmes.titan.sites[0]",
                        "programmes.titan.tiers");
    }
}
