package io.ampacity.physics;

import io.ampacity.facts.Chip;
import io.ampacity.facts.Figure;
import io.ampacity.facts.Precision;

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
 * @param requestSeconds time from arrival to the queue of a request alone: HTTP, tokenising
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
            26e-6,
            0.6e-3,
            9.5e-6,
            37e-6,
            8e-3,
            0.5e-3,
            PowerCoefficients.TYPICAL);

    /**
     * What kernels reach on a card: AIConfigurator's tables at large sizes. Products stream weights at 0.88 to 0.9 of
     * bandwidth and multiply at 0.81 to 0.87 of peak, less what a full load takes off the clock; attention streams at 0.9,
     * less what unequal sequences cost; starting four products and an attention takes about 23 µs, and the same kernels
     * last longer on slower memory, which hides more of it. Over PCIe engines sum with NCCL: 10 µs
     * and more, and 40 between two H100 in published runs, whose hosts let no chip reach another's memory.
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
            25e-6,
            1.05e-3,
            23e-6,
            0.6e-3,
            9.5e-6,
            37e-6,
            8e-3,
            0.5e-3,
            PowerCoefficients.TYPICAL);

    /** Slower than any memory stacked on a chip of today's servers. */
    private static final double CARD_MEMORY = 1.8e12;

    /**
     * Time a token of a prompt takes before the engine sees it: tokenising, copying from process to process. BLIS, fitted to
     * other servers, has 3.5 µs; benchmarks that send all at once show more.
     */
    static final double READING_SECONDS = 5e-6;

    /** Share of peak arithmetic at one TFLOP/s of sixteen-bit peak a watt. */
    private static final double COMPUTE_AT_UNIT_DENSITY = 0.70;

    /** How fast the share falls with the density of arithmetic: dense chips lower their clock to stay within their power. */
    private static final double DENSITY_EXPONENT = -0.3;

    /**
     * What is typical of a chip that nobody measured: {@link #CARD} for cards on PCIe, else {@link #TYPICAL}; the share of
     * peak arithmetic as its power allows, and sums over PCIe as on cards.
     */
    public static Efficiencies typicalOf(Chip chip) {
        boolean graphics = chip.family().equals("cuda") || chip.family().equals("rocm");
        boolean slow = chip.memoryBandwidth() != null && chip.memoryBandwidth().value() < CARD_MEMORY;
        Efficiencies typical = graphics && slow && alone(chip) ? CARD : TYPICAL;
        return typical.withCompute(computeWithin(chip, typical.compute)).linkedAs(chip);
    }

    /** Whether chips reach each other over PCIe at most. */
    private static boolean alone(Chip chip) {
        return chip.scaleUpBandwidth() == null || chip.scaleUpBandwidth().value() <= ChipSheet.FASTEST_PCIE;
    }

    /** Share of peak arithmetic that a chip's power allows; {@code otherwise} where its peak or its power is unknown. */
    private static double computeWithin(Chip chip, double otherwise) {
        Figure peak = chip.peakFlops().get(Precision.BF16);
        Figure watts = chip.tdpWatts();
        return peak == null || watts == null
                ? otherwise
                : Math.clamp(
                        COMPUTE_AT_UNIT_DENSITY * Math.pow(peak.value() / watts.value() / 1e12, DENSITY_EXPONENT),
                        0.4,
                        0.93);
    }

    /**
     * These, measured on one chip, as another would reach them that differs in its power, its links and, the further the
     * data sheets are apart (share 0 to 1), in all else.
     */
    Efficiencies carriedOver(Chip from, Chip to, double share) {
        double scaled = compute * computeWithin(to, compute) / computeWithin(from, compute);
        Efficiencies carried = withCompute(Math.min(0.95, scaled)).towards(typicalOf(to), share);
        return alone(from) == alone(to) ? carried : carried.linkedAs(to);
    }

    private Efficiencies linkedAs(Chip chip) {
        Efficiencies links = alone(chip) ? CARD : TYPICAL;
        return with(compute, links.link, links.linkSeconds);
    }

    private Efficiencies withCompute(double other) {
        return with(other, link, linkSeconds);
    }

    private Efficiencies with(double otherCompute, double otherLink, double otherLinkSeconds) {
        return new Efficiencies(
                memory,
                attentionMemory,
                otherCompute,
                attentionCompute,
                latentCompute,
                expert,
                expertCompute,
                exposed,
                otherLink,
                otherLinkSeconds,
                stepSeconds,
                layerSeconds,
                promptLayerSeconds,
                sequenceSeconds,
                samplingSeconds,
                requestSeconds,
                tokenSeconds,
                power);
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
