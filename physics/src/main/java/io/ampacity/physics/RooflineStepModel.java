package io.ampacity.physics;

import io.ampacity.facts.Deployment;
import io.ampacity.facts.Engine;
import io.ampacity.facts.Precision;
import java.util.ArrayList;
import java.util.List;

/**
 * The step model of one deployment: sums of rooflines, each with its own efficiency.
 *
 * <p>Idea: an iteration is a chain of kernels that run one after another, so times add. Matrix products stream their
 * weights once and multiply all new tokens with them: the larger of the two times counts, and a share of the smaller.
 * Experts do the same with the weights they touch. Attention reads the cached keys and values of decoding sequences, and
 * multiplies queries with keys while a prompt is read. Collectives, small kernels and the host come on top.
 *
 * <p>Cost: everything that depends on the deployment alone is folded into coefficients when the model is built; pure
 * decode steps of up to {@value #TABLE} sequences come from a table. Steps of a pipeline are those of all its layers
 * with the tokens of one of {@code p} micro-batches, which is what p stages that are never idle take for the whole batch.
 */
final class RooflineStepModel implements ServingStepModel {

    /** Sequences up to which pure decode steps are looked up. */
    static final int TABLE = 4096;

    private static final double ACTIVATION_BYTES = 2;

    /**
     * Share of its rate that a matrix product keeps when weights carry a scale for each block: partial sums are rescaled
     * outside the tensor cores (0.74 to 0.84 of the rate in AIConfigurator's kernel tables), and activations are scaled
     * before.
     */
    private static final double BLOCK_COMPUTE = 0.68;

    /** Small kernels of a layer then: activations are scaled in groups of 128 before each product. */
    private static final double BLOCK_KERNELS = 1.4;

    /**
     * Share of its bandwidth that vLLM's attention keeps on an eight-bit cache before Blackwell, where its kernel widens
     * what it reads: 0.70 on H100 and 0.60 on H200 in AIConfigurator's kernel tables, 0.96 on B200.
     */
    private static final double WIDENED_CACHE = 0.65;

    /**
     * What each iteration takes longer on several chips: engines run a process a chip there, hand every step to all of
     * them and wait for its tokens, while on one chip scheduler and worker share a process. Batches of Qwen3-32B and of
     * 30B-A3B on one and on two H100 (ML.ENERGY) and loops on two to eight agree on about a millisecond.
     */
    private static final double WORKERS_SECONDS = 1e-3;

    private final ModelShape shape;
    private final ChipSheet sheet;
    private final Efficiencies efficiencies;
    private final Provenance provenance;
    private final MemoryRoom room;
    private final PowerModel power;
    private final int chips;
    private final double microBatches;
    private final double attentionCopies;

    private final StepWork work;
    private final Collectives collectives;

    private final double peak;
    private final double recordedTokens;
    private final double attentionMemory;
    private final double vocabularyShare;
    private final double blockCompute;
    private final double expertCompute;
    private final double bandwidth;
    private final double attentionPeak;
    private final double layerSeconds;
    private final double launchSeconds;
    private final double iterationSeconds;
    private final double secondsPerSequence;
    private final double samplingSecondsPerSequence;
    private final double secondsPerContextToken;
    private final double joulesPerContextToken;
    private final double[] decodeSeconds;
    private final double[] decodeJoules;

    RooflineStepModel(
            ModelShape shape,
            ChipSheet sheet,
            Deployment deployment,
            Efficiencies efficiencies,
            Decoding decoding,
            Provenance provenance,
            MemoryRoom room,
            int table) {
        this.shape = shape;
        this.sheet = sheet;
        this.efficiencies = efficiencies;
        this.provenance = provenance;
        this.room = room;
        this.power = new PowerModel(sheet, efficiencies.power());
        attentionCopies = deployment.dataParallel();
        chips = deployment.chips();
        microBatches = deployment.pipelineParallel();
        boolean blocks = shape.blockScaled() && deployment.weights() == Precision.FP8;
        peak = sheet.peak(deployment.weights());
        recordedTokens = EngineLimits.recordedTokens(deployment.engine());
        vocabularyShare = shape.vocabulary() / Efficiencies.USUAL_VOCABULARY;
        attentionMemory = efficiencies.attentionMemory() * (widensCache(shape, sheet, deployment) ? WIDENED_CACHE : 1);
        blockCompute = blocks ? BLOCK_COMPUTE : 1;
        expertCompute = shape.expertShare(efficiencies.expertCompute());
        bandwidth = sheet.memoryBandwidth();
        attentionPeak = sheet.attentionPeak();

        work = StepWork.of(shape, deployment);
        collectives = Collectives.of(shape, sheet, deployment, efficiencies, ACTIVATION_BYTES);
        launchSeconds = shape.launchLayers() * efficiencies.promptLayerSeconds();
        layerSeconds =
                shape.kernelLayers() * efficiencies.layerSeconds() * (blocks ? BLOCK_KERNELS : 1) / sheet.clock();
        samplingSecondsPerSequence =
                decoding == Decoding.SAMPLED ? efficiencies.samplingSeconds() * vocabularyShare / attentionCopies : 0;
        iterationSeconds = efficiencies.stepSeconds() + (chips > 1 ? WORKERS_SECONDS : 0);
        secondsPerSequence = efficiencies.sequenceSeconds() / attentionCopies + samplingSecondsPerSequence;
        secondsPerContextToken = Math.max(
                work.keyValueBytesPerContextToken() / (bandwidth * attentionMemory),
                work.decodeFlopsPerContextToken()
                        / (attentionPeak
                                * (shape.latent() ? efficiencies.latentCompute() : efficiencies.attentionCompute())));
        joulesPerContextToken = joules(
                secondsPerContextToken,
                secondsPerContextToken,
                work.keyValueBytesPerContextToken(),
                work.decodeFlopsPerContextToken() / attentionPeak);
        decodeSeconds = new double[table + 1];
        decodeJoules = new double[table + 1];
        for (int sequences = 1; sequences <= table; sequences++) {
            decodeSeconds[sequences] = computeSeconds(0, 0, sequences);
            decodeJoules[sequences] = computeJoules(0, 0, sequences, decodeSeconds[sequences]);
        }
    }

    private static boolean widensCache(ModelShape shape, ChipSheet sheet, Deployment deployment) {
        return deployment.engine() == Engine.VLLM
                && deployment.kvCache() == Precision.FP8
                && !shape.latent()
                && !sheet.peakFlops().containsKey(Precision.FP4);
    }

    private double linear(double tokens) {
        return overlapped(
                work.linearBytes() / (bandwidth * efficiencies.memory()),
                work.linearFlopsPerToken() * tokens / (peak * efficiencies.compute() * blockCompute));
    }

    private double experts(double tokens) {
        if (work.expertBytesEach() == 0) {
            return 0;
        }
        return overlapped(
                work.expertBytesEach() * shape.touchedExperts(tokens) / (bandwidth * efficiencies.expert()),
                work.expertFlopsPerToken() * tokens / (peak * efficiencies.compute() * blockCompute * expertCompute));
    }

    private double head(double sequences) {
        return overlapped(
                work.headBytes() / (bandwidth * efficiencies.memory()),
                work.headFlopsPerSequence() * sequences / (peak * efficiencies.compute()));
    }

    private double overlapped(double memory, double compute) {
        return memory > compute ? memory + efficiencies.exposed() * compute : compute + efficiencies.exposed() * memory;
    }

    private double prefillAttention(double tokens, double pairs) {
        return (work.prefillFlopsPerPair() * pairs + work.slidingFlopsPerToken() * tokens)
                / (attentionPeak * efficiencies.attentionCompute());
    }

    private double state(double sequences) {
        return sequences * work.keyValueBytesPerSequence() / (bandwidth * attentionMemory);
    }

    private double links(double tokens) {
        return collectives.seconds(tokens);
    }

    private double computeSeconds(double prefillTokens, double prefillPairs, double sequences) {
        double kernels = kernelSeconds(prefillTokens, prefillPairs, sequences);
        boolean launched = prefillTokens > 0 && prefillTokens + sequences > recordedTokens;
        return Math.max(kernels, launched ? launchSeconds : 0) + hostSeconds(sequences);
    }

    /** Time of the chip's own work; a step that reads prompts takes at least as long as its kernels take to launch, unless recorded. */
    private double kernelSeconds(double prefillTokens, double prefillPairs, double sequences) {
        double tokens = Math.max(1, (prefillTokens + sequences) / microBatches);
        return linear(tokens)
                + experts(tokens)
                + head(Math.max(1, sequences / microBatches))
                + (prefillAttention(prefillTokens, prefillPairs) + state(sequences)) / microBatches
                + links(tokens)
                + layerSeconds;
    }

    private double hostSeconds(double sequences) {
        return iterationSeconds + secondsPerSequence * sequences;
    }

    private double computeJoules(double prefillTokens, double prefillPairs, double sequences, double seconds) {
        double tokens = Math.max(1, (prefillTokens + sequences) / microBatches);
        double sampling = power.samplingSeconds(samplingSecondsPerSequence, vocabularyShare) * sequences;
        double bytes = work.linearBytes()
                + work.expertBytesEach() * shape.touchedExperts(tokens)
                + work.headBytes()
                + sequences * work.keyValueBytesPerSequence() / microBatches
                + bandwidth * sampling / chips * attentionCopies;
        double arithmetic = (work.linearFlopsPerToken() + work.expertFlopsPerToken()) * tokens / peak
                + work.headFlopsPerSequence() * sequences / microBatches / peak
                + (work.prefillFlopsPerPair() * prefillPairs + work.slidingFlopsPerToken() * prefillTokens)
                        / microBatches
                        / attentionPeak;
        // Small kernels and collectives leave most of a chip idle.
        double running =
                kernelSeconds(prefillTokens, prefillPairs, sequences) - links(tokens) - layerSeconds + sampling;
        return joules(seconds, Math.min(seconds, running), bytes, arithmetic);
    }

    /** Joules of all chips alone for a time, of which kernels run, move bytes and need some time at peak arithmetic. */
    private double joules(double seconds, double running, double bytes, double peakSeconds) {
        return chips * power.joules(seconds, running, bytes, peakSeconds);
    }

    private double serverJoules(double seconds) {
        return chips * sheet.serverWatts() * seconds;
    }

    @Override
    public int chips() {
        return chips;
    }

    @Override
    public long kvTokens() {
        return room.kvTokens();
    }

    @Override
    public double stepSeconds(int prefillTokens, double prefillPairs, int decodeSequences, double decodeContext) {
        if (prefillTokens <= 0) {
            return decodeSequences <= 0 ? 0 : decodeBaseSeconds(decodeSequences) + slope() * decodeContext;
        }
        return computeSeconds(prefillTokens, prefillPairs, decodeSequences) + slope() * decodeContext;
    }

    @Override
    public double stepJoules(int prefillTokens, double prefillPairs, int decodeSequences, double decodeContext) {
        double seconds = stepSeconds(prefillTokens, prefillPairs, decodeSequences, decodeContext);
        return stepChipJoules(prefillTokens, prefillPairs, decodeSequences, decodeContext) + serverJoules(seconds);
    }

    @Override
    public double stepChipJoules(int prefillTokens, double prefillPairs, int decodeSequences, double decodeContext) {
        double context = joulesPerContextToken / microBatches * decodeContext;
        if (prefillTokens <= 0) {
            return decodeSequences <= 0 ? 0 : decodeBaseChipJoules(decodeSequences) + context;
        }
        return computeJoules(
                        prefillTokens,
                        prefillPairs,
                        decodeSequences,
                        computeSeconds(prefillTokens, prefillPairs, decodeSequences))
                + context;
    }

    private double slope() {
        return secondsPerContextToken / microBatches;
    }

    @Override
    public double idleWatts() {
        return chips * (sheet.idleWatts() + sheet.serverWatts());
    }

    @Override
    public double decodeBaseSeconds(int decodeSequences) {
        return decodeSequences < decodeSeconds.length
                ? decodeSeconds[Math.max(0, decodeSequences)]
                : computeSeconds(0, 0, decodeSequences);
    }

    private double decodeBaseChipJoules(int decodeSequences) {
        return decodeSequences < decodeSeconds.length
                ? decodeJoules[Math.max(0, decodeSequences)]
                : computeJoules(0, 0, decodeSequences, computeSeconds(0, 0, decodeSequences));
    }

    @Override
    public double decodeSecondsPerContextToken(int decodeSequences) {
        return decodeSequences <= 0 ? 0 : slope();
    }

    @Override
    public double decodeBaseJoules(int decodeSequences) {
        return decodeBaseChipJoules(decodeSequences) + serverJoules(decodeBaseSeconds(decodeSequences));
    }

    @Override
    public double decodeJoulesPerContextToken(int decodeSequences) {
        return decodeSequences <= 0 ? 0 : joulesPerContextToken / microBatches + serverJoules(slope());
    }

    @Override
    public double arrivalOverheadSeconds() {
        return efficiencies.requestSeconds();
    }

    @Override
    public double readingSecondsPerToken() {
        return Efficiencies.READING_SECONDS;
    }

    @Override
    public double tokenOverheadSeconds() {
        return efficiencies.tokenSeconds();
    }

    @Override
    public Provenance provenance() {
        return provenance;
    }

    @Override
    public MemoryRoom memoryRoom() {
        return room;
    }

    @Override
    public double chipIdleWatts() {
        return chips * sheet.idleWatts();
    }

    @Override
    public StepBreakdown explain(int prefillTokens, double prefillPairs, int decodeSequences, double decodeContext) {
        double tokens = Math.max(1, (prefillTokens + decodeSequences) / microBatches);
        double stream = (work.linearBytes() + work.headBytes()) / (bandwidth * efficiencies.memory())
                + work.expertBytesEach() * shape.touchedExperts(tokens) / (bandwidth * efficiencies.expert());
        double arithmetic = (work.linearFlopsPerToken() + work.expertFlopsPerToken() / expertCompute)
                * tokens
                / (peak * efficiencies.compute() * blockCompute);
        return new StepBreakdown(
                stream,
                arithmetic,
                slope() * decodeContext + state(decodeSequences) / microBatches,
                prefillAttention(prefillTokens, prefillPairs) / microBatches,
                links(tokens),
                layerSeconds + hostSeconds(decodeSequences),
                stepSeconds(prefillTokens, prefillPairs, decodeSequences, decodeContext));
    }

    /** The kernels of one iteration that read and multiply, each against the chip's roofs. */
    List<Operation> operations(int prefillTokens, double prefillPairs, int decodeSequences, double decodeContext) {
        double tokens = Math.max(1, (prefillTokens + decodeSequences) / microBatches);
        List<Operation> operations = new ArrayList<>();
        operations.add(new Operation(
                "dense products", work.linearFlopsPerToken() * tokens, work.linearBytes(), linear(tokens), peak));
        if (work.expertBytesEach() > 0) {
            operations.add(new Operation(
                    "experts",
                    work.expertFlopsPerToken() * tokens,
                    work.expertBytesEach() * shape.touchedExperts(tokens),
                    experts(tokens),
                    peak));
        }
        double heads = Math.max(1, decodeSequences / microBatches);
        operations.add(
                new Operation("vocabulary", work.headFlopsPerSequence() * heads, work.headBytes(), head(heads), peak));
        if (decodeContext > 0) {
            operations.add(new Operation(
                    "attention, decoding",
                    work.decodeFlopsPerContextToken() * decodeContext / microBatches,
                    work.keyValueBytesPerContextToken() * decodeContext / microBatches,
                    slope() * decodeContext,
                    attentionPeak));
        }
        if (prefillTokens > 0) {
            double pairs = (work.prefillFlopsPerPair() * prefillPairs + work.slidingFlopsPerToken() * prefillTokens)
                    / microBatches;
            operations.add(new Operation(
                    "attention, prompts",
                    pairs,
                    work.keyValueBytesPerContextToken() * prefillTokens / microBatches,
                    prefillAttention(prefillTokens, prefillPairs) / microBatches,
                    attentionPeak));
        }
        return operations.stream()
                .filter(operation -> operation.flops() > 0 && operation.bytes() > 0 && operation.seconds() > 0)
                .toList();
    }

    @Override
    public double dataSheetSeconds(int prefillTokens, double prefillPairs, int decodeSequences, double decodeContext) {
        double tokens = (prefillTokens + decodeSequences) / microBatches;
        double bytes = work.linearBytes()
                + work.headBytes()
                + work.expertBytesEach() * shape.touchedExperts(tokens)
                + (work.keyValueBytesPerContextToken() * decodeContext
                                + decodeSequences * work.keyValueBytesPerSequence())
                        / microBatches;
        double arithmetic = ((work.linearFlopsPerToken() + work.expertFlopsPerToken()) * tokens
                                + work.headFlopsPerSequence() * decodeSequences / microBatches)
                        / peak
                + (work.prefillFlopsPerPair() * prefillPairs + work.decodeFlopsPerContextToken() * decodeContext)
                        / microBatches
                        / attentionPeak;
        return tokens <= 0 ? 0 : Math.max(bytes / bandwidth, arithmetic);
    }
}
