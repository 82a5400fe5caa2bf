package io.ampacity.physics;

/**
 * How an engine drafts tokens and checks several at once (speculative decoding).
 *
 * <p>Each step checks {@code tokens} drafted tokens of a sequence besides the one it knows to be next. Each is accepted with
 * the same chance if all before it were, so a step yields 1 + a + a² + … + aᵏ tokens on average (Leviathan et al., arXiv
 * 2211.17192).
 *
 * @param tokens drafted tokens a step
 * @param acceptance chance that a drafted token is accepted when all before it were, 0 to 1
 */
public record Drafting(int tokens, double acceptance) {

    /** Chance that the first token drafted by a model's own layer is right: 0.81 to 0.83 on DeepSeek-R1 (vLLM, pull 12755). */
    private static final double FIRST = 0.82;

    /**
     * What is left of that for each further token, averaged over all. The layer was trained to draft one token and is
     * applied to its own output: places 1 to 3 were right in 76, 62 and 51 % (vLLM, pull 48892), and 77 and 37 % on
     * random prompts (pull 41044).
     */
    private static final double FURTHER = 0.95;

    public Drafting {
        if (tokens < 1) {
            throw new IllegalArgumentException("drafting " + tokens + " tokens is none. Maybe leave drafting out");
        }
        if (!(acceptance >= 0 && acceptance <= 1)) {
            throw new IllegalArgumentException("an acceptance of " + acceptance + " is outside 0 to 1");
        }
    }

    /** Drafting by a layer of the model's own, applied again for each token. */
    public static Drafting ownLayer(int tokens) {
        return new Drafting(tokens, FIRST * Math.pow(FURTHER, tokens - 1.0));
    }

    /** Tokens a step yields for a sequence, on average. */
    public double tokensPerStep() {
        double expected = 0;
        for (int i = 0; i <= tokens; i++) {
            expected += Math.pow(acceptance, i);
        }
        return expected;
    }
}
