package io.ampacity.traces.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ampacity.testing.Seeds;
import io.ampacity.testing.SharedData;
import io.ampacity.traces.RequestList;
import io.ampacity.traces.RequestSource;
import io.ampacity.traces.description.Percentiles;
import io.ampacity.traces.description.TraceDescription;
import io.ampacity.traces.model.TraceModel.Arrivals;
import io.ampacity.traces.model.TraceModel.Sessions;
import io.ampacity.traces.reader.Traces;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The stated tolerances of a fit: rate 3 %, lengths 3 % at the median and in the mean, variation 10 %. */
class TraceFitterTest {

    private static TraceModel fit(RequestSource source) {
        return TraceFitter.fit(source, "fitted", "test", "2026-01-01");
    }

    @ParameterizedTest
    @EnumSource(GapDistribution.class)
    void aSynthesisedTraceIsFittedByTheModelItCameFrom(GapDistribution gaps) {
        List<Double> shape = List.of(0.5, 1.0, 2.0, 0.5, 1.5, 0.5);
        TraceModel model = SynthesisTest.model(new Arrivals(8, 600, shape, gaps, 3, 0), 0.4, Optional.empty());
        TraceModel fitted = fit(model.synthesise(36_000, Seeds.SEED));
        assertThat(fitted.arrivals().requestsPerSecond()).as(Seeds.told()).isCloseTo(8, within(0.3));
        assertThat(fitted.arrivals().gaps()).isEqualTo(gaps);
        assertThat(fitted.arrivals().gapVariation()).isCloseTo(3, within(0.3));
        assertThat(fitted.lengths().rankCorrelation()).isCloseTo(0.4, within(0.02));
        for (double p : new double[] {0.05, 0.25, 0.5, 0.75, 0.95, 0.99}) {
            double prompt = model.lengths().prompt().quantile(p);
            assertThat(fitted.lengths().prompt().quantile(p)).isCloseTo(prompt, within(prompt * 0.04));
            double output = model.lengths().output().quantile(p);
            assertThat(fitted.lengths().output().quantile(p)).isCloseTo(output, within(output * 0.04));
        }
        assertThat(fitted.sessions()).isEmpty();
    }

    @Test
    void hoursOfADayAreFoundInATraceOfDays() {
        List<Double> day = new ArrayList<>();
        for (int hour = 0; hour < 24; hour++) {
            day.add(1 + 0.8 * Math.sin(hour * Math.PI / 12));
        }
        TraceModel model =
                SynthesisTest.model(new Arrivals(0.5, 3600, day, GapDistribution.GAMMA, 1, 0), 0, Optional.empty());
        TraceModel fitted = fit(model.synthesise(4 * 86_400, Seeds.SEED));
        assertThat(fitted.arrivals().stepSeconds()).isEqualTo(3600);
        assertThat(fitted.arrivals().shape()).hasSize(24);
        for (int hour = 0; hour < 24; hour++) {
            assertThat(fitted.arrivals().shape().get(hour)).as(Seeds.told()).isCloseTo(day.get(hour), within(0.08));
        }
    }

    @Test
    void sessionsAreFoundByNameAndByPrefixAlike() {
        Sessions chats = SynthesisTest.chats();
        TraceModel model = SynthesisTest.model(Arrivals.steady(5, GapDistribution.GAMMA, 1), 0, Optional.of(chats));
        RequestSource named = model.synthesise(20_000, Seeds.SEED);
        Sessions byName = fit(named).sessions().orElseThrow();
        named.rewind();
        RequestList nameless = new RequestList(16);
        while (named.next()) {
            long[] blocks = new long[named.prefixBlocks()];
            for (int i = 0; i < blocks.length; i++) {
                blocks[i] = named.prefixBlock(i);
            }
            nameless.add(named.arrivalSeconds(), named.promptTokens(), named.outputTokens(), -1, blocks);
        }
        Sessions byPrefix = fit(nameless.source()).sessions().orElseThrow();
        for (Sessions found : List.of(byName, byPrefix)) {
            assertThat(found.meanTurns()).as(Seeds.told()).isCloseTo(4, within(0.25));
            assertThat(found.newTokens().quantile(0.5)).isCloseTo(50, within(3.0));
            assertThat(found.pauseSeconds().quantile(0.5)).isCloseTo(60, within(2.0));
            assertThat(found.blockTokens()).isEqualTo(16);
            assertThat(found.commonPrefixTokens()).isEqualTo(16);
        }
    }

    @Test
    void tooLittleToFitIsRefused() {
        assertThatThrownBy(() -> fit(new RequestList().source())).hasMessageContaining("too short");
        RequestList together = new RequestList();
        for (int i = 0; i < 200; i++) {
            together.add(1, 1, 1);
        }
        assertThatThrownBy(() -> fit(together.source())).hasMessageContaining("too short");
    }

    private static void assertLikeness(String file, double dispersionFactor, double meanTolerance) {
        try (RequestSource source = Traces.open(SharedData.at(file))) {
            TraceDescription recorded = TraceDescription.of(source);
            TraceModel model = fit(source);
            // The mean of four syntheses, for bursty traffic differs much from hour to hour.
            double requests = 0;
            for (long seed = 1; seed <= 4; seed++) {
                TraceDescription made = TraceDescription.of(model.synthesise(recorded.spanSeconds(), seed));
                requests += made.requests() / 4.0;
                assertLengths(made.promptTokens(), recorded.promptTokens(), meanTolerance);
                assertLengths(made.outputTokens(), recorded.outputTokens(), 0.08);
                assertFactor(made.gapVariation(), recorded.gapVariation(), 1.25);
                assertFactor(made.dispersion1s(), recorded.dispersion1s(), dispersionFactor);
                assertFactor(made.dispersion10s(), recorded.dispersion10s(), dispersionFactor);
                assertFactor(made.dispersion60s(), recorded.dispersion60s(), dispersionFactor);
                if (recorded.prefixReuseShare() != null) {
                    assertFactor(made.prefixReuseShare(), recorded.prefixReuseShare(), 1.35);
                }
            }
            assertThat(requests / recorded.requests()).isCloseTo(1, within(0.07));
        }
    }

    private static void assertLengths(Percentiles made, Percentiles recorded, double tolerance) {
        assertThat(made.mean()).isCloseTo(recorded.mean(), within(tolerance * recorded.mean()));
        assertThat(made.p90()).isCloseTo(recorded.p90(), within(0.1 * recorded.p90() + 1));
        assertThat(made.p99()).isCloseTo(recorded.p99(), within(0.15 * recorded.p99() + 1));
    }

    private static void assertFactor(
            @org.jspecify.annotations.Nullable Double made,
            @org.jspecify.annotations.Nullable Double recorded,
            double factor) {
        assertThat(made).isNotNull();
        assertThat(recorded).isNotNull();
        if (made != null && recorded != null) {
            assertThat(made / recorded).isBetween(1 / factor, factor);
        }
    }

    @Test
    void azureConversationAndItsSynthesisAreAlike() {
        assertLikeness("Azure_AzurePublicDataset/data/AzureLLMInferenceTrace_conv.csv", 1.25, 0.03);
    }

    @Test
    void azureCodeAndItsSynthesisAreAlike() {
        assertLikeness("Azure_AzurePublicDataset/data/AzureLLMInferenceTrace_code.csv", 1.6, 0.03);
    }

    @Test
    void mooncakeConversationAndItsSynthesisAreAlike() {
        assertLikeness("kvcache-ai_Mooncake/FAST25-release/traces/conversation_trace.jsonl", 1.7, 0.05);
    }
}
