package io.ampacity.physics;

import io.ampacity.facts.Chip;

/**
 * What a chip with an engine reaches of its data sheet: a handful of physical numbers, the same for every model.
 *
 * @param memory share of peak bandwidth at which weights stream, (0, 1]
 * @param attentionMemory share of peak bandwidth at which keys and values stream, (0, 1]
 * @param compute share of peak arithmetic that large matrix products reach, (0, 1]
 * @param attentionCompute share of sixteen-bit peak that attention reaches while prompts are read, (0, 1]
 * @param latentCompute share of sixteen-bit peak that latent attention reaches while decoding, where all its heads share one
 *     cached vector and arithmetic binds, (0, 1]
 * @param expert share of peak bandwidth at which the weights of routed experts stream, (0, 1]
 * @param expertCompute factor on {@code compute} for the products of routed experts of usual width, which come grouped,
 *     (0, 1]
 * @param exposed share of the smaller of streaming and arithmetic that the larger does not hide, [0, 1]
 * @param link share of link bandwidth that collectives reach, (0, 1]
 * @param linkSeconds latency of one collective operation between two chips
 * @param stepSeconds host time of an iteration that no kernel hides: scheduling, launch
 * @param layerSeconds time of the small kernels of a plain layer, whatever the batch; latent attention and experts bring
 *     more of them
 * @param promptLayerSeconds least time of a plain layer in an iteration that reads prompts: such iterations vary in shape,
 *     so that their kernels are launched one by one; latent attention and experts launch more of them
 * @param sequenceSeconds time an iteration spends on each decoding sequence: bookkeeping, greedy choice of its token
 * @param samplingSeconds time it spends more on each when tokens are drawn from a truncated distribution (top-p, top-k),
 *     which sorts the vocabulary, of {@value #USUAL_VOCABULARY} tokens
 * @param requestSeconds time from arrival to the queue: HTTP, tokenising
 * @param tokenSeconds time from a step's end to its tokens leaving: detokenising, streaming
 * @param power how power follows use
 */
public record Efficiencies(
        double memory,
        double attentionMemory,
        double compute,
        double attentionCompute,
        double latentCompute,
        double expert,
        double expertCompute,
        double exposed,
        double link,
        double linkSeconds,
        double stepSeconds,
        double layerSeconds,
        double promptLayerSeconds,
        double sequenceSeconds,
        double samplingSeconds,
        double requestSeconds,
        double tokenSeconds,
        PowerCoefficients power) {

    /** Size of the vocabulary that {@code samplingSeconds} is told for: Llama 3's. */
    static final double USUAL_VOCABULARY = 128_256;

    /** What a well-tuned engine typically reaches; not a measurement of any chip. */
    public static final Efficiencies TYPICAL = new Efficiencies(
            0.88,
            0.65,
            0.69,
            0.33,
            0.55,
            0.85,
            0.35,
            0.22,
            0.65,
            2.8e-6,
            1.05e-3,
            31e-6,
            0.6e-3,
            9.5e-6,
            37e-6,
            35e-3,
            0.5e-3,
            PowerCoefficients.TYPICAL);

    /**
     * What kernels reach on a card: AIConfigurator's tables at large sizes. Products stream weights at 0.88 to 0.9 of
     * bandwidth and multiply at 0.81 to 0.87 of peak, less what a full load takes off the clock; attention streams at 0.9,
     * less what unequal sequences cost; starting four products and an attention takes about 23 µs, and the same kernels
     * last longer on slower memory, which hides more of it. Over PCIe engines sum with NCCL: 10 µs and more.
     */
    public static final Efficiencies CARD = new Efficiencies(
            0.9,
            0.85,
            0.77,
            0.33,
            0.55,
            0.85,
            0.35,
            0.22,
            0.65,
            12e-6,
            1.05e-3,
            23e-6,
            0.6e-3,
            9.5e-6,
            37e-6,
            35e-3,
            0.5e-3,
            PowerCoefficients.TYPICAL);

    /** Slower than any memory stacked on a chip of today's servers. */
    private static final double CARD_MEMORY = 1.8e12;

    /** What is typical of a chip that nobody measured: {@link #CARD} for cards on PCIe, else {@link #TYPICAL}. */
    public static Efficiencies typicalOf(Chip chip) {
        boolean graphics = chip.family().equals("cuda") || chip.family().equals("rocm");
        boolean slow = chip.memoryBandwidth() != null && chip.memoryBandwidth().value() < CARD_MEMORY;
        boolean alone =
                chip.scaleUpBandwidth() == null || chip.scaleUpBandwidth().value() <= ChipSheet.FASTEST_PCIE;
        return graphics && slow && alone ? CARD : TYPICAL;
    }

    public Efficiencies {
        share("memory", memory);
        share("attentionMemory", attentionMemory);
        share("compute", compute);
        share("attentionCompute", attentionCompute);
        share("latentCompute", latentCompute);
        share("expert", expert);
        share("expertCompute", expertCompute);
        share("link", link);
        if (!(exposed >= 0 && exposed <= 1)) {
            throw new IllegalArgumentException("exposed is " + exposed + ", outside 0 to 1");
        }
        time("linkSeconds", linkSeconds);
        time("stepSeconds", stepSeconds);
        time("layerSeconds", layerSeconds);
        time("promptLayerSeconds", promptLayerSeconds);
        time("sequenceSeconds", sequenceSeconds);
        time("samplingSeconds", samplingSeconds);
        time("requestSeconds", requestSeconds);
        time("tokenSeconds", tokenSeconds);
    }

    /**
     * Between these and others: share 0 is these, 1 the others. Arithmetic moves further, for data sheets tell its peak at
     * clocks and power limits of their own. Power stays.
     */
    Efficiencies towards(Efficiencies other, double share) {
        return new Efficiencies(
                between(memory, other.memory, share),
                between(attentionMemory, other.attentionMemory, share),
                between(compute, other.compute, 1 - Math.pow(1 - share, 3)),
                between(attentionCompute, other.attentionCompute, share),
                between(latentCompute, other.latentCompute, share),
                between(expert, other.expert, share),
                between(expertCompute, other.expertCompute, share),
                between(exposed, other.exposed, share),
                between(link, other.link, share),
                between(linkSeconds, other.linkSeconds, share),
                between(stepSeconds, other.stepSeconds, share),
                between(layerSeconds, other.layerSeconds, share),
                between(promptLayerSeconds, other.promptLayerSeconds, share),
                between(sequenceSeconds, other.sequenceSeconds, share),
                between(samplingSeconds, other.samplingSeconds, share),
                between(requestSeconds, other.requestSeconds, share),
                between(tokenSeconds, other.tokenSeconds, share),
                power);
    }

    private static double between(double one, double other, double share) {
        return one + share * (other - one);
    }

    private static void share(String name, double value) {
        if (!(value > 0 && value <= 1)) {
            throw new IllegalArgumentException(
                    name + " is " + value + ", outside (0, 1]: no chip beats its data sheet");
        }
    }

    private static void time(String name, double value) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + " is " + value + ", not a time");
        }
    }
}
