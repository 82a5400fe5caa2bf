import io.ampacity.facts.BuiltInCatalogue;
import io.ampacity.facts.Catalogue;
import io.ampacity.facts.Deployment;
import io.ampacity.physics.ServingPhysics;
import io.ampacity.physics.StepModel;
import io.ampacity.simulator.FinishedRequest;
import io.ampacity.simulator.RunObserver;
import io.ampacity.simulator.Simulation;
import io.ampacity.simulator.SimulationSettings;
import io.ampacity.simulator.fleet.Fleet;
import io.ampacity.simulator.fleet.FleetPool;
import io.ampacity.simulator.fleet.FleetWorkload;
import io.ampacity.simulator.replica.EngineSettings;
import io.ampacity.simulator.serving.Disaggregation;
import io.ampacity.simulator.serving.ServingFeatures;
import io.ampacity.traces.RequestList;
import io.ampacity.traces.RequestSource;
import io.ampacity.traces.model.TraceModels;
import io.ampacity.traces.reader.Traces;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Splitwise's cluster study (Patel and others, ISCA 2024): how many requests a second clusters of A100 and H100 machines
 * carry within the paper's objectives, with prompts and tokens on the same machines or on separate ones.
 *
 * <p>A split cluster is one pool in two halves: the engine computes each prompt on a prompt machine, keeps its cache until a
 * token machine has room and the cache is over, and goes on there.
 */
public final class SplitwiseCluster {

    /** The paper's objectives: slowdown against a request alone on an A100 machine, at p50, p90 and p99. */
    private static final double[] PERCENTILES = {0.50, 0.90, 0.99};
    private static final double[] MOST_TTFT = {2, 3, 6};
    private static final double[] MOST_TBT = {1.25, 1.5, 5};
    private static final double[] MOST_E2E = {1.25, 1.5, 5};

    /** An H100 machine against an A100 machine, as the scripts that drew the paper's figures have them (notebooks/utils.py). */
    private static final double H100_POWER = 44 / 24.8;
    private static final double H100_COST = 4.76 / 2.21;
    /** Part of its power that an H100 machine keeps which only makes tokens (HHcap): its chips keep half of theirs. */
    private static final double CAPPED = 0.7;
    private static final double CAPPED_CHIP = 0.5;

    /** Of the 70 A100 machines of the paper, a fifth. */
    private static final double BUDGET = 14;

    /** Engines of 2023 computed each prompt whole, beside the tokens of others; those of today cut it into pieces. */
    private static final EngineSettings OF_2023 = EngineSettings.SMALL.withMaxBatchedTokens(16_384);

    private static final EngineSettings OF_TODAY = EngineSettings.SMALL;

    private static final int REQUESTS = Integer.getInteger("requests", 3000);
    /** What the paper leaves of moving a cache, layer by layer while the prompt is computed: seconds from A100 and H100. */
    private static final double A100_MOVE = 0.008;
    private static final double H100_MOVE = 0.005;

    private final EngineSettings engine;
    private final StepModel a100;
    private final StepModel h100;
    private final StepModel capped;
    private final RequestList lengths;

    /** The link is never full: what moving a cache still costs is the time that the paper leaves of it. */
    private static final double LINK_BYTES_PER_SECOND = 1e15;

    private static final double KV_BYTES_PER_TOKEN = 1;

    private record Machines(StepModel model, int count, double moveSeconds) {}

    /** Prompts and tokens on the same machines when {@code tokens} is null. */
    private record Cluster(String name, Machines prompts, Machines tokens) {}

    private SplitwiseCluster(EngineSettings engine, StepModel a100, StepModel h100, StepModel capped, RequestList lengths) {
        this.engine = engine;
        this.a100 = a100;
        this.h100 = h100;
        this.capped = capped;
        this.lengths = lengths;
    }

    public static void main(String[] arguments) {
        Catalogue facts = BuiltInCatalogue.load();
        var model = facts.model("llama-2-70b").orElseThrow();
        Deployment eight = Deployment.tensorParallel(8);
        StepModel a100 = ServingPhysics.shipped().stepModel(facts.chip("a100-sxm-80gb").orElseThrow(), model, eight);
        StepModel h100 = ServingPhysics.shipped().stepModel(facts.chip("h100-sxm").orElseThrow(), model, eight);
        StepModel capped = ServingPhysics.shipped().withPowerCap(CAPPED_CHIP * 700).stepModel(facts.chip("h100-sxm").orElseThrow(), model, eight);
        for (String kind : List.of("conv", "code")) {
            String trace = kind.equals("conv") ? "conversation" : "code";
            new SplitwiseCluster(OF_2023, MeasuredMachine.BLOOM_A100, MeasuredMachine.BLOOM_H100, MeasuredMachine.BLOOM_H100_CAPPED, lengths(kind))
                    .study("BLOOM-176B, " + trace + ", step times as the paper's authors measured them in 2023, prompts whole");
            new SplitwiseCluster(OF_TODAY, MeasuredMachine.BLOOM_A100, MeasuredMachine.BLOOM_H100, MeasuredMachine.BLOOM_H100_CAPPED, lengths(kind))
                    .study("BLOOM-176B, " + trace + ", step times as the paper's authors measured them in 2023, prompts in pieces");
            new SplitwiseCluster(OF_2023, MeasuredMachine.LLAMA_A100, MeasuredMachine.LLAMA_H100, MeasuredMachine.LLAMA_H100_CAPPED, lengths(kind))
                    .study("Llama 2 70B, " + trace + ", step times as the paper's authors measured them in 2023, prompts whole");
            new SplitwiseCluster(OF_TODAY, a100, h100, capped, lengths(kind))
                    .study("Llama 2 70B, " + trace + ", step times of today's engines by our physics, prompts in pieces");
        }
    }

    private void study(String what) {
        System.out.printf("%n%s%n", what);
        int h100s = (int) Math.round(BUDGET / H100_POWER);
        int dear = (int) Math.round(BUDGET / H100_COST);
        double baseA = rate(new Cluster("Baseline-A100", new Machines(a100, (int) BUDGET, A100_MOVE), null), 1);
        // A few machines more or less than the budget are made good in proportion.
        double baseH = BUDGET / (h100s * H100_POWER)
                * rate(new Cluster("Baseline-H100, same power", new Machines(h100, h100s, H100_MOVE), null), H100_COST);
        double baseCost = BUDGET / (dear * H100_COST)
                * rate(new Cluster("Baseline-H100, same cost", new Machines(h100, dear, H100_MOVE), null), H100_COST);
        double aa = best("Splitwise-AA", a100, A100_MOVE, 1, a100, A100_MOVE, 1, BUDGET);
        double hh = best("Splitwise-HH", h100, H100_MOVE, H100_POWER, h100, H100_MOVE, H100_POWER, BUDGET);
        double ha = best("Splitwise-HA", h100, H100_MOVE, H100_POWER, a100, A100_MOVE, 1, BUDGET);
        double hhCap = best("Splitwise-HHcap", h100, H100_MOVE, H100_POWER, capped, H100_MOVE, CAPPED * H100_POWER, BUDGET);
        best("Splitwise-HH, same cost", h100, H100_MOVE, H100_COST, h100, H100_MOVE, H100_COST, BUDGET);
        best("Splitwise-HA, same cost", h100, H100_MOVE, H100_COST, a100, A100_MOVE, 1, BUDGET);
        System.out.printf("  best split at the power of %.0f A100 machines: %.1f requests/s%n", BUDGET, Math.max(Math.max(aa, hhCap), Math.max(hh, ha)));
        deviation("AA against Baseline-A100, same power and cost (figure 18a, conversation)", 2.15, aa / baseA);
        deviation("HA against Baseline-H100, same power (figure 18a, conversation)", 1.18, ha / baseH);
        deviation("AA against Baseline-H100, same cost (figure 18b)", 1.4, aa / baseCost);
        deviation("best split against Baseline-A100, same power (abstract: up to)", 2.35, Math.max(Math.max(aa, hhCap), Math.max(hh, ha)) / baseA);
    }

    private static void deviation(String claim, double published, double here) {
        System.out.printf("  claim: %s%n    published %.2f, here %.2f, deviation %+.0f %%%n", claim, published, here,
                100 * (here / published - 1));
    }

    /** The best split of a budget of power into prompt and token machines. */
    private double best(String name, StepModel first, double firstMove, double firstPower, StepModel second, double secondMove,
            double secondPower, double budget) {
        double best = 0;
        Cluster chosen = null;
        for (int prompts = 1; prompts * firstPower < budget; prompts++) {
            int tokens = (int) Math.floor((budget - prompts * firstPower) / secondPower + 1e-9);
            if (tokens >= 1) {
                Cluster cluster = new Cluster(name + " (" + prompts + " prompt, " + tokens + " token)",
                        new Machines(first, prompts, firstMove), new Machines(second, tokens, secondMove));
                double rate = most(cluster);
                if (rate > best) {
                    best = rate;
                    chosen = cluster;
                }
            }
        }
        System.out.printf("  %-42s %6.1f requests/s%n", chosen == null ? name + " (none holds)" : chosen.name, best);
        return best;
    }

    private double rate(Cluster cluster, double cost) {
        double rate = most(cluster);
        System.out.printf("  %-42s %6.1f requests/s%n",
                cluster.name + " (" + cluster.prompts.count + ", cost " + Math.round(cluster.prompts.count * cost * 10) / 10.0 + ")", rate);
        return rate;
    }

    /** The highest rate within the objectives, to one per cent. */
    private double most(Cluster cluster) {
        double low = 0;
        double high = 1;
        while (holds(cluster, high) && high < 1e5) {
            low = high;
            high *= 2;
        }
        while (high - low > 0.01 * high && high > 0.05) {
            double middle = (low + high) / 2;
            if (holds(cluster, middle)) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private boolean holds(Cluster cluster, double rate) {
        double[] arrivals = new double[REQUESTS];
        SplittableRandom random = new SplittableRandom(1);
        double now = 0;
        RequestList trace = new RequestList();
        int[] prompt = new int[REQUESTS];
        int[] output = new int[REQUESTS];
        RequestSource source = lengths.source();
        for (int i = 0; i < REQUESTS && source.next(); i++) {
            now += -Math.log(1 - random.nextDouble()) / rate;
            arrivals[i] = now;
            prompt[i] = Math.max(1, source.promptTokens());
            output[i] = Math.max(1, source.outputTokens());
            trace.add(now, prompt[i], output[i]);
        }
        double[] first = new double[REQUESTS];
        double[] last = new double[REQUESTS];
        Arrays.fill(first, Double.POSITIVE_INFINITY);
        Arrays.fill(last, Double.POSITIVE_INFINITY);
        run(cluster, trace, first, last);
        double[] ttft = new double[REQUESTS];
        double[] tbt = new double[REQUESTS];
        double[] endToEnd = new double[REQUESTS];
        for (int i = 0; i < REQUESTS; i++) {
            double aloneFirst = a100.arrivalOverheadSeconds() + a100.stepSeconds(prompt[i], 0.5 * prompt[i] * prompt[i], 0, 0)
                    + a100.tokenOverheadSeconds();
            double aloneToken = a100.decodeBaseSeconds(1) + a100.decodeSecondsPerContextToken(1) * (prompt[i] + output[i] / 2.0);
            ttft[i] = (first[i] - arrivals[i]) / aloneFirst;
            tbt[i] = output[i] == 1 ? 0 : (last[i] - first[i]) / (output[i] - 1) / aloneToken;
            endToEnd[i] = (last[i] - arrivals[i]) / (aloneFirst + aloneToken * (output[i] - 1));
        }
        // The paper wants all nine met; a request that fits on no machine never ends and meets none.
        return within(ttft, MOST_TTFT) && within(tbt, MOST_TBT) && within(endToEnd, MOST_E2E);
    }

    private static boolean within(double[] slowdowns, double[] most) {
        Arrays.sort(slowdowns);
        for (int i = 0; i < most.length; i++) {
            if (slowdowns[(int) (PERCENTILES[i] * (slowdowns.length - 1))] > most[i]) {
                return false;
            }
        }
        return true;
    }

    private void run(Cluster cluster, RequestList trace, double[] first, double[] last) {
        Machines prompts = cluster.prompts;
        Machines tokens = cluster.tokens;
        int count = prompts.count + (tokens == null ? 0 : tokens.count);
        FleetPool pool = FleetPool.plain("machines", "requests", prompts.model, count, engine)
                .withAnswers(tokens == null ? null : tokens.model);
        ServingFeatures features = tokens == null
                ? ServingFeatures.PLAIN
                : ServingFeatures.PLAIN.withDisaggregation(new Disaggregation(
                        prompts.count, LINK_BYTES_PER_SECOND, prompts.moveSeconds, KV_BYTES_PER_TOKEN));
        Simulation.of(Fleet.of(List.of(pool), List.of(new FleetWorkload("requests", null))))
                .with(SimulationSettings.STANDARD.withFeatures(features))
                .run(Map.of("requests", trace.source()), new RunObserver() {
                    @Override
                    public void completed(FinishedRequest request) {
                        first[(int) request.id()] = request.firstTokenSeconds();
                        last[(int) request.id()] = request.lastTokenSeconds();
                    }
                });
    }

    /** Lengths of the published trace where its file is named by -Dshared.data, else of the built-in model of it. */
    private static RequestList lengths(String kind) {
        Path file = Path.of(System.getProperty("shared.data", "."), "Azure_AzurePublicDataset/data/AzureLLMInferenceTrace_" + kind + ".csv");
        try (RequestSource source = Files.exists(file)
                ? Traces.open(file)
                : TraceModels.builtIn(kind.equals("conv") ? "azure-conversation-2023" : "azure-code-2023").synthesise(7200, 1)) {
            RequestList all = new RequestList();
            while (all.size() < REQUESTS && source.next()) {
                all.add(source.arrivalSeconds(), source.promptTokens(), source.outputTokens());
            }
            return all;
        }
    }
}
