package io.ampacity.physics;

/**
 * What a chip with an engine reaches of its data sheet: a handful of physical numbers, the same for every model.
 *
 * @param memory share of peak bandwidth at which weights stream, (0, 1]
 * @param attentionMemory share of peak bandwidth at which keys and values stream, (0, 1]
 * @param compute share of peak arithmetic that large matrix products reach, (0, 1]
 * @param attentionCompute share of sixteen-bit peak that attention reaches, (0, 1]
 * @param expert factor on memory and compute for the small products of routed experts, (0, 1]
 * @param exposed share of the smaller of streaming and arithmetic that the larger does not hide, [0, 1]
 * @param link share of link bandwidth that collectives reach, (0, 1]
 * @param linkSeconds latency of one collective operation
 * @param stepSeconds host time of an iteration that no kernel hides: scheduling, launch
 * @param layerSeconds time of a layer's small kernels, whatever the batch
 * @param sequenceSeconds time an iteration spends on each decoding sequence: sampling, bookkeeping
 * @param requestSeconds time from arrival to the queue: HTTP, tokenising
 * @param tokenSeconds time from a step's end to its tokens leaving: detokenising, streaming
 * @param power how power follows use
 */
public record Efficiencies(
        double memory,
        double attentionMemory,
        double compute,
        double attentionCompute,
        double expert,
        double exposed,
        double link,
        double linkSeconds,
        double stepSeconds,
        double layerSeconds,
        double sequenceSeconds,
        double requestSeconds,
        double tokenSeconds,
        PowerCoefficients power) {

    /** What a well-tuned engine typically reaches; not a measurement of any chip. */
    public static final Efficiencies TYPICAL = new Efficiencies(
            0.8, 0.7, 0.65, 0.35, 0.8, 0.3, 0.7, 12e-6, 1.5e-3, 25e-6, 15e-6, 5e-3, 1e-3, PowerCoefficients.TYPICAL);

    public Efficiencies {
        share("memory", memory);
        share("attentionMemory", attentionMemory);
        share("compute", compute);
        share("attentionCompute", attentionCompute);
        share("expert", expert);
        share("link", link);
        if (!(exposed >= 0 && exposed <= 1)) {
            throw new IllegalArgumentException("exposed is " + exposed + ", outside 0 to 1");
        }
        time("linkSeconds", linkSeconds);
        time("stepSeconds", stepSeconds);
        time("layerSeconds", layerSeconds);
        time("sequenceSeconds", sequenceSeconds);
        time("requestSeconds", requestSeconds);
        time("tokenSeconds", tokenSeconds);
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
