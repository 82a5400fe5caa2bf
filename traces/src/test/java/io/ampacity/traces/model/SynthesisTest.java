package io.ampacity.traces.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ampacity.testing.Seeds;
import io.ampacity.traces.Limited;
import io.ampacity.traces.Request;
import io.ampacity.traces.RequestSource;
import io.ampacity.traces.description.TraceDescription;
import io.ampacity.traces.model.Distribution.LogNormal;
import io.ampacity.traces.model.TraceModel.Arrivals;
import io.ampacity.traces.model.TraceModel.Lengths;
import io.ampacity.traces.model.TraceModel.Sessions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SynthesisTest {

    private static final Distribution PROMPT = new LogNormal(1000, 1, 1, 100_000);
    private static final Distribution OUTPUT = new LogNormal(200, 0.5, 1, 10_000);

    static TraceModel model(Arrivals arrivals, double correlation, Optional<Sessions> sessions) {
        return new TraceModel("m", "test", "2026-01-01", arrivals, new Lengths(PROMPT, OUTPUT, correlation), sessions);
    }

    static Sessions chats() {
        return new Sessions(4, new LogNormal(50, 1, 1, 5000), new LogNormal(60, 0.5, 1, 600), 50_000, 16, 64);
    }

    private static TraceModel poisson(double rate) {
        return model(Arrivals.steady(rate, GapDistribution.GAMMA, 1), 0, Optional.empty());
    }

    @Test
    void theSameSeedGivesTheSameRequestsAndAnotherSeedOthers() {
        TraceModel model = model(Arrivals.steady(3, GapDistribution.WEIBULL, 2), 0.5, Optional.of(chats()));
        RequestSource source = model.synthesise(2000, 7);
        List<Request> first = Request.all(source);
        source.rewind();
        assertThat(Request.all(source)).isEqualTo(first);
        assertThat(Request.all(model.synthesise(2000, 7))).isEqualTo(first);
        assertThat(Request.all(model.synthesise(2000, 8))).isNotEqualTo(first);
    }

    /** Holds the algorithm fixed: should this change, every seed that users wrote down means another trace. */
    @Test
    void aSeedMeansTheSameTraceForEver() {
        RequestSource source = poisson(10).synthesise(Double.POSITIVE_INFINITY, 42);
        double checksum = 0;
        for (int i = 0; i < 1000; i++) {
            assertThat(source.next()).isTrue();
            checksum = checksum * 0.999 + source.arrivalSeconds() + source.promptTokens() + source.outputTokens() * 2;
        }
        assertThat(checksum).isEqualTo(CHECKSUM_OF_SEED_42);
    }

    private static final double CHECKSUM_OF_SEED_42 = 1330348.8556699117;

    @Test
    void poissonArrivalsHaveVariationAndDispersionOne() {
        TraceDescription description = TraceDescription.of(poisson(20).synthesise(20_000, Seeds.SEED));
        assertThat(description.meanRequestsPerSecond()).as(Seeds.told()).isCloseTo(20, within(0.2));
        assertThat(description.gapVariation()).isCloseTo(1, within(0.01));
        assertThat(description.dispersion1s()).isCloseTo(1, within(0.05));
        assertThat(description.dispersion10s()).isCloseTo(1, within(0.12));
        assertThat(description.dispersion60s()).isCloseTo(1, within(0.3));
    }

    /** Over windows of many gaps, the dispersion of a renewal process tends to its squared variation. */
    @Test
    void burstyArrivalsHaveTheSquareOfTheirVariationAsDispersion() {
        for (GapDistribution gaps : GapDistribution.values()) {
            TraceModel model = model(Arrivals.steady(50, gaps, 2), 0, Optional.empty());
            TraceDescription description = TraceDescription.of(model.synthesise(20_000, Seeds.SEED));
            assertThat(description.gapVariation()).as(Seeds.told()).isCloseTo(2, within(0.05));
            assertThat(description.dispersion60s()).as(Seeds.told()).isCloseTo(4, within(0.8));
        }
    }

    @Test
    void theRateFollowsItsShapeAndRepeatsIt() {
        Arrivals arrivals = new Arrivals(2, 3600, List.of(0.0, 1.0, 3.0), GapDistribution.GAMMA, 1, 0);
        RequestSource source = model(arrivals, 0, Optional.empty()).synthesise(10 * 3 * 3600, Seeds.SEED);
        double[] counts = new double[3];
        while (source.next()) {
            counts[(int) (source.arrivalSeconds() / 3600) % 3]++;
        }
        assertThat(counts[0]).isZero();
        assertThat(counts[1] / 36_000).as(Seeds.told()).isCloseTo(1.5, within(0.03));
        assertThat(counts[2] / 36_000).as(Seeds.told()).isCloseTo(4.5, within(0.06));
    }

    @Test
    void batchesLetRequestsInTogether() {
        Arrivals arrivals = new Arrivals(5, 3600, List.of(1.0), GapDistribution.GAMMA, 1, 3);
        assertThat(Request.all(model(arrivals, 0, Optional.of(chats())).synthesise(600, 1)))
                .isNotEmpty()
                .allMatch(r -> r.arrival() % 3 == 0);
    }

    @Test
    void lengthsHaveTheirMarginalsAndRankCorrelation() {
        for (double wanted : new double[] {-0.6, 0, 0.3, 0.9}) {
            List<Request> all =
                    Request.all(model(Arrivals.steady(10, GapDistribution.GAMMA, 1), wanted, Optional.empty())
                            .synthesise(4000, Seeds.SEED));
            assertThat(spearman(all)).as(Seeds.told()).isCloseTo(wanted, within(0.02));
            assertThat(all.stream()
                            .mapToInt(Request::prompt)
                            .sorted()
                            .skip(all.size() / 2)
                            .findFirst()
                            .orElseThrow())
                    .isCloseTo(1000, within(30));
            assertThat(all.stream().mapToInt(Request::output).average().orElseThrow())
                    .isCloseTo(200 * Math.exp(0.125), within(4.0));
        }
    }

    /** Ranks by sorting, ties in order of appearance: fine for tolerances far above the share of ties. */
    private static double spearman(List<Request> all) {
        int n = all.size();
        double[] prompts = ranks(all.stream().mapToInt(Request::prompt).toArray());
        double[] outputs = ranks(all.stream().mapToInt(Request::output).toArray());
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += (prompts[i] - (n - 1) / 2.0) * (outputs[i] - (n - 1) / 2.0);
        }
        return sum / n / ((n * (double) n - 1) / 12);
    }

    private static double[] ranks(int[] values) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            order.add(i);
        }
        order.sort((a, b) -> Integer.compare(values[a], values[b]));
        double[] ranks = new double[values.length];
        for (int rank = 0; rank < values.length; rank++) {
            ranks[order.get(rank)] = rank;
        }
        return ranks;
    }

    @Test
    void everyTurnBeginsWithAllFullBlocksOfTheTurnBefore() {
        TraceModel model = model(Arrivals.steady(5, GapDistribution.GAMMA, 1), 0, Optional.of(chats()));
        Map<Long, Request> last = new HashMap<>();
        Map<Long, Integer> turns = new HashMap<>();
        long common = 0;
        for (Request request : Request.all(model.synthesise(5000, Seeds.SEED))) {
            assertThat(request.blocks()).hasSize(Math.ceilDiv(request.prompt(), 16));
            Request before = last.put(request.session(), request);
            turns.merge(request.session(), 1, Integer::sum);
            if (before != null) {
                int full = before.prompt() / 16;
                assertThat(request.blocks().subList(0, full))
                        .isEqualTo(before.blocks().subList(0, full));
                assertThat(request.prompt()).isGreaterThan(before.prompt() + before.output());
                if (before.prompt() % 16 != 0) {
                    assertThat(request.blocks().get(full))
                            .isNotEqualTo(before.blocks().get(full));
                }
            }
            long first = request.blocks().getFirst();
            assertThat(common == 0 || common == first).isTrue();
            common = first;
        }
        List<Request> prompts = List.copyOf(last.values());
        assertThat(prompts.get(0).blocks().subList(0, 4))
                .isEqualTo(prompts.get(1).blocks().subList(0, 4));
        assertThat(prompts.get(0).blocks().get(4))
                .isNotEqualTo(prompts.get(1).blocks().get(4));
    }

    @Test
    void sessionsAreUnderWayFromTheStartAndKeepTheRate() {
        TraceModel model = model(Arrivals.steady(20, GapDistribution.GAMMA, 1), 0, Optional.of(chats()));
        TraceDescription begin =
                TraceDescription.of(new Limited(model.synthesise(1e9, Seeds.SEED), Long.MAX_VALUE, 300));
        TraceDescription all = TraceDescription.of(model.synthesise(20_000, Seeds.SEED));
        assertThat(all.meanRequestsPerSecond()).as(Seeds.told()).isCloseTo(20, within(0.6));
        assertThat(begin.meanRequestsPerSecond()).as(Seeds.told()).isCloseTo(20, within(2.0));
        assertThat(all.requestsPerSession()).isCloseTo(4, within(0.15));
        assertThat(all.prefixReuseShare()).isBetween(0.5, 0.95);
    }

    @Test
    void makingRequestsAllocatesNothingPerRequest() {
        RequestSource source =
                TraceModels.builtIn("azure-code-2023").withRate(1000).synthesise(Double.POSITIVE_INFINITY, 1);
        for (int i = 0; i < 200_000; i++) {
            source.next();
        }
        var threads = (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 200_000; i++) {
            source.next();
        }
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(bytes / 200_000.0).isLessThan(1);
    }

    @Test
    void modelsThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> Arrivals.steady(0, GapDistribution.GAMMA, 1))
                .hasMessageContaining("requests per second");
        assertThatThrownBy(() -> Arrivals.steady(Double.NaN, GapDistribution.GAMMA, 1))
                .hasMessageContaining("NaN");
        assertThatThrownBy(() -> Arrivals.steady(1, GapDistribution.GAMMA, 0)).hasMessageContaining("variation");
        assertThatThrownBy(() -> new Arrivals(1, 60, List.of(0.0, 0.0), GapDistribution.GAMMA, 1, 0))
                .hasMessageContaining("sum");
        assertThatThrownBy(() -> new Lengths(PROMPT, OUTPUT, 1.5)).hasMessageContaining("correlation");
        assertThatThrownBy(() -> poisson(1).synthesise(0, 1)).hasMessageContaining("Maybe");
    }
}
