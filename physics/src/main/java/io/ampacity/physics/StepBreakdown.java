package io.ampacity.physics;

/**
 * Where the seconds of one iteration go. Streaming and arithmetic of matrix products overlap, so the parts may add up to
 * more than the total.
 *
 * @param weightStreaming reading weights
 * @param arithmetic matrix products
 * @param keyValueStreaming reading keys and values of decoding sequences
 * @param prefillAttention attention of prompts
 * @param links collectives between chips
 * @param overhead host, small kernels, sampling
 * @param total the iteration
 */
public record StepBreakdown(
        double weightStreaming,
        double arithmetic,
        double keyValueStreaming,
        double prefillAttention,
        double links,
        double overhead,
        double total) {

    /** The part that binds, in the words of reports. */
    public Binding binding() {
        double memory = keyValueStreaming + (weightStreaming >= arithmetic ? weightStreaming : 0);
        double compute = prefillAttention + (arithmetic > weightStreaming ? arithmetic : 0);
        double most = Math.max(Math.max(memory, compute), Math.max(links, overhead));
        if (most == memory) {
            return Binding.MEMORY_BANDWIDTH;
        }
        if (most == compute) {
            return Binding.COMPUTE;
        }
        return most == links ? Binding.LINK : Binding.OVERHEAD;
    }
}
