package io.ampacity.cli;

import io.ampacity.physics.Drafting;
import io.ampacity.physics.StepTerms;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Speculative decoding and LoRA adapters of a server. */
final class DraftAndAdapterOptions {

    private static final double USUAL_ACCEPTANCE = 0.7;

    @Option(
            names = "--speculative-tokens",
            paramLabel = "N",
            description = "Tokens drafted each step by one more layer (as EAGLE and MTP do) and checked together.",
            order = 10)
    private @Nullable Integer speculativeTokens;

    @Option(
            names = "--acceptance",
            paramLabel = "RATE",
            description = "Chance that a drafted token is accepted after those before it were (default: 0.7).",
            order = 11)
    private @Nullable Double acceptance;

    @Option(names = "--lora-rank", paramLabel = "N", description = "Rank of LoRA adapters.", order = 13)
    private @Nullable Integer loraRank;

    @Option(
            names = "--lora-adapters",
            paramLabel = "N",
            description = "Adapters kept loaded, chosen evenly by requests (default: 1).",
            order = 14)
    private @Nullable Integer loraAdapters;

    /** Tokens drafted each step; 0 for none. */
    int draftedTokens() {
        return speculativeTokens == null ? 0 : Numbers.atLeastOne("--speculative-tokens", speculativeTokens);
    }

    /** How tokens are drafted; null when none are. */
    @Nullable Drafting drafting(AbstractAction command) {
        StepTerms terms = terms(command, 0);
        return terms.draftedTokens() == 0 ? null : new Drafting(terms.draftedTokens(), terms.acceptance());
    }

    /** The terms of such a server, beside a share of each prompt that is cached. */
    StepTerms terms(AbstractAction command, double prefixHitRate) {
        if (acceptance != null && speculativeTokens == null) {
            throw command.badInput("--acceptance speaks of drafted tokens, and --speculative-tokens drafts none");
        }
        if (loraAdapters != null && loraRank == null) {
            throw command.badInput("--lora-adapters speaks of adapters, and --lora-rank says of what rank");
        }
        try {
            return new StepTerms(
                    draftedTokens(),
                    acceptance == null ? USUAL_ACCEPTANCE : acceptance,
                    prefixHitRate,
                    loraRank == null ? 0 : Numbers.atLeastOne("--lora-rank", loraRank),
                    loraAdapters == null ? 1 : Numbers.atLeastOne("--lora-adapters", loraAdapters));
        } catch (IllegalArgumentException refused) {
            throw command.badInput(String.valueOf(refused.getMessage()));
        }
    }
}
