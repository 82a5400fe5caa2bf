package io.ampacity.cli;

import io.ampacity.physics.ServingPhysics;
import io.ampacity.physics.StepTerms;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a server does beyond plain serving, and how much power its chips may draw. */
final class ServerTermOptions {

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

    @Option(
            names = "--prefix-hit-rate",
            paramLabel = "RATE",
            description = "Share of each prompt that is found in the prefix cache (default: 0).",
            order = 12)
    private @Nullable Double prefixHitRate;

    @Option(names = "--lora-rank", paramLabel = "N", description = "Rank of LoRA adapters.", order = 13)
    private @Nullable Integer loraRank;

    @Option(
            names = "--lora-adapters",
            paramLabel = "N",
            description = "Adapters kept loaded, chosen evenly by requests (default: 1).",
            order = 14)
    private @Nullable Integer loraAdapters;

    @Option(
            names = "--power-cap",
            paramLabel = "WATTS",
            description = "Most power of one chip; steps that would draw more run at a lower clock.",
            order = 15)
    private @Nullable Double powerCap;

    private static final double USUAL_ACCEPTANCE = 0.7;

    /** Physics of such a server. */
    ServingPhysics apply(AbstractAction command, ServingPhysics plain) {
        if (acceptance != null && speculativeTokens == null) {
            throw command.badInput("--acceptance speaks of drafted tokens, and --speculative-tokens drafts none");
        }
        if (loraAdapters != null && loraRank == null) {
            throw command.badInput("--lora-adapters speaks of adapters, and --lora-rank says of what rank");
        }
        StepTerms terms;
        try {
            terms = new StepTerms(
                    speculativeTokens == null ? 0 : Numbers.atLeastOne("--speculative-tokens", speculativeTokens),
                    acceptance == null ? USUAL_ACCEPTANCE : acceptance,
                    prefixHitRate == null ? 0 : prefixHitRate,
                    loraRank == null ? 0 : Numbers.atLeastOne("--lora-rank", loraRank),
                    loraAdapters == null ? 1 : Numbers.atLeastOne("--lora-adapters", loraAdapters));
        } catch (IllegalArgumentException refused) {
            throw command.badInput(String.valueOf(refused.getMessage()));
        }
        ServingPhysics physics = plain.withTerms(terms);
        return powerCap == null ? physics : physics.withPowerCap(Numbers.positive("--power-cap", powerCap));
    }
}
