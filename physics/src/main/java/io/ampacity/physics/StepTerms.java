package io.ampacity.physics;

/**
 * What a server does beyond reading prompts and decoding one token at a time.
 *
 * <table>
 * <caption>Terms</caption>
 * <tr><th>term</th><th>formula</th><th>reference</th></tr>
 * <tr><td>{@link Speculation}: γ drafted, each accepted with α</td><td>tokens of a step (1 − α^(γ+1))/(1 − α); its time is
 * that of b·(γ + 1) sequences, with γ drafts of one layer each</td><td>Leviathan 2023, arXiv 2211.17192; a draft of one
 * layer: EAGLE, arXiv 2401.15077</td></tr>
 * <tr><td>{@link PrefixHits}: share r of a prompt is cached</td><td>(1 − r)·n new tokens and (1 − r²)·n²/2
 * pairs</td><td>SGLang's radix cache, arXiv 2312.07104; what is left of causal attention's sum</td></tr>
 * <tr><td>{@link Adapters}: A adapters of rank r</td><td>A·(1 − (1 − 1/A)^b) of them read; r·Σ(in + out) parameters each;
 * two small products beside each matrix</td><td>LoRA, arXiv 2106.09685; S-LoRA, arXiv 2311.03285; Punica, arXiv
 * 2310.18547</td></tr>
 * </table>
 *
 * @param draftedTokens tokens drafted each step; 0 for none
 * @param acceptance chance that a drafted token is accepted after those before it were, 0 to 1
 * @param prefixHitRate share of each prompt that is cached, 0 to under 1
 * @param adapterRank rank of low-rank adapters; 0 for none
 * @param adapters adapters kept loaded, chosen evenly
 */
public record StepTerms(int draftedTokens, double acceptance, double prefixHitRate, int adapterRank, int adapters) {

    /** No term beyond plain serving. */
    public static final StepTerms NONE = new StepTerms(0, 0, 0, 0, 0);

    public StepTerms {
        check(draftedTokens >= 0 && draftedTokens <= 64, "drafted tokens", draftedTokens, "0 to 64");
        check(acceptance >= 0 && acceptance <= 1, "acceptance", acceptance, "0 to 1");
        check(prefixHitRate >= 0 && prefixHitRate < 1, "prefix hit rate", prefixHitRate, "0 to under 1");
        check(adapterRank >= 0 && adapterRank <= 4096, "adapter rank", adapterRank, "0 to 4096");
        check(adapters >= 0 && adapters <= 100_000, "number of adapters", adapters, "0 to 100000");
    }

    private static void check(boolean holds, String name, double value, String range) {
        if (!holds) {
            throw new IllegalArgumentException("the " + name + " is " + value + "; it must be " + range);
        }
    }

    /** A step model with these terms. */
    ServingStepModel around(
            ServingStepModel plain, ModelShape shape, ChipSheet sheet, Efficiencies efficiencies, double peak) {
        ServingStepModel model = plain;
        if (adapterRank > 0 && adapters > 0) {
            model = new Adapters(model, adapterRank, adapters, shape, sheet, efficiencies, peak);
        }
        if (draftedTokens > 0) {
            model = new Speculation(model, new Drafting(draftedTokens, acceptance), shape.layers());
        }
        return prefixHitRate > 0 ? new PrefixHits(model, prefixHitRate) : model;
    }
}
