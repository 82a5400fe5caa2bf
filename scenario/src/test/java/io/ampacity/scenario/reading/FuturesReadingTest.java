package io.ampacity.scenario.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.ampacity.documents.Issue;
import io.ampacity.scenario.Future;
import io.ampacity.scenario.Futures;
import io.ampacity.scenario.Scenario;
import io.ampacity.scenario.ScenarioHash;
import io.ampacity.scenario.Supplier;
import io.ampacity.scenario.Workload;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class FuturesReadingTest {

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

    private static final String FUTURES = """
            futures:
              steady: {probability: 60 %}
              boom: {probability: 40 %, demand: 150 %, growth: 20 %/year, workloads: {chat: 2},
                     price: 120 %, suppliers: {aws: 50 %}, delay: 6 months}
            """;

    private static ScenarioReading read(String more) {
        return ScenarioReader.parse("small.yaml", SCENARIO + more, SmallCatalogue.catalogue());
    }

    @Test
    void everyAttributeOfAFutureIsRead() {
        Futures futures = read(FUTURES + "policy: {risk: {tail: 20 %, weight: 50 %}}\n")
                .scenarioOrThrow()
                .futures();

        Future boom = new Future("boom", 0.4, 1.5, 0.2, Map.of("chat", 2.0), 1.2, Map.of("aws", 0.5), 6);
        assertThat(futures).isEqualTo(new Futures(List.of(Future.asStated("steady", 0.6), boom), 0.2, 0.5));
    }

    @Test
    void aScenarioUnderAFutureHasItsDemandAndPrices() {
        Scenario scenario = read(FUTURES).scenarioOrThrow();
        Scenario boom = scenario.under(scenario.futures().ordered().getFirst());

        Workload.Serving chat = (Workload.Serving) boom.workloads().getFirst();
        assertThat(chat.traffic().rate().requestsPerSecond()).isEqualTo(4 * 1.5 * 2);
        assertThat(chat.traffic().growthPerYear()).isCloseTo(1.1 * 1.2 - 1, Offset.offset(1e-12));
        assertThat(price(boom, "on-demand")).isCloseTo(price(scenario, "on-demand") * 0.6, Offset.offset(1e-12));
        assertThat(price(boom, "reserved-12m")).isEqualTo(price(scenario, "reserved-12m"));
        assertThat(boom.futures().isEmpty()).isTrue();
    }

    private static double price(Scenario scenario, String contract) {
        return scenario.suppliers().stream()
                .map(Supplier::offers)
                .flatMap(List::stream)
                .filter(offer -> offer.offer().contract().id().equals(contract))
                .mapToDouble(
                        offer -> java.util.Objects.requireNonNull(offer.offer().pricePerChipHour())
                                .value())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aFutureInWhichThingsComeAsStatedChangesNothing() {
        Scenario scenario = read("").scenarioOrThrow();
        assertThat(scenario.under(Future.asStated("same", 1))).isEqualTo(scenario);
    }

    @Test
    void futuresAreNoPartOfTheHashOfAScenarioWithoutAny() {
        Scenario without = read("").scenarioOrThrow();
        Scenario with = read(FUTURES).scenarioOrThrow();
        assertThat(ScenarioHash.of(with)).isNotEqualTo(ScenarioHash.of(without));
        assertThat(ScenarioHash.of(with.withFutures(Futures.NONE))).isEqualTo(ScenarioHash.of(without));
    }

    @Test
    void probabilitiesThatAreNoWholeAreAMistake() {
        ScenarioReading reading = read("futures: {a: {probability: 30 %}, b: {probability: 30 %}}\n");
        assertThat(reading.issues())
                .singleElement()
                .extracting(Issue::toString)
                .asString()
                .contains("futures")
                .contains("60")
                .contains("Maybe");
    }

    @Test
    void aFactorOfAnUnknownWorkloadIsAMistakeThatNamesIt() {
        ScenarioReading reading = read("futures: {a: {probability: 1, workloads: {caht: 2}}}\n");
        assertThat(reading.issues())
                .singleElement()
                .extracting(Issue::toString)
                .asString()
                .contains("futures.a.workloads")
                .contains("caht")
                .contains("chat");
    }

    @Test
    void aRiskWithoutFuturesIsDoubted() {
        ScenarioReading reading = read("policy: {risk: {tail: 20 %}}\n");
        assertThat(reading.issues()).singleElement().extracting(Issue::isError).isEqualTo(false);
        assertThat(reading.scenarioOrThrow().futures()).isEqualTo(Futures.NONE);
    }

    @Test
    void theMeanOverTheTailIsThatOfTheDearestFutures() {
        List<Future> three = List.of(Future.asStated("a", 0.5), Future.asStated("b", 0.3), Future.asStated("c", 0.2));
        double[] costs = {1, 10, 5};
        Offset<Double> rounding = Offset.offset(1e-12);
        assertThat(Futures.of(three).weighed(costs)).isCloseTo(0.5 + 3 + 1, rounding);
        assertThat(new Futures(three, 0.1, 1).weighed(costs)).isCloseTo(10, rounding);
        assertThat(new Futures(three, 0.4, 1).weighed(costs)).isCloseTo((0.3 * 10 + 0.1 * 5) / 0.4, rounding);
        assertThat(new Futures(three, 1, 0.7).weighed(costs)).isCloseTo(4.5, rounding);
    }
}
