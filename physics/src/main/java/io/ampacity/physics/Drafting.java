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

    /** Chance that the token drafted by DeepSeek-V3's own layer is right: 85 to 90 % (arXiv 2412.19437), the lower here. */
    public static final double OWN_LAYER_ACCEPTANCE = 0.85;

    public Drafting {
        if (tokens < 1) {
            throw new IllegalArgumentException("drafting " + tokens + " tokens is none. Maybe leave drafting out");
        }
        if (!(acceptance >= 0 && acceptance <= 1)) {
            throw new IllegalArgumentException("an acceptance of " + acceptance + " is outside 0 to 1");
        }
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
