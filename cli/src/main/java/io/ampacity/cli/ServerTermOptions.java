package io.ampacity.cli;

import io.ampacity.physics.ServingPhysics;
import io.ampacity.physics.StepTerms;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a server does beyond plain serving, and how much power its chips may draw. */
final class ServerTermOptions {

    @Mixin
    private DraftAndAdapterOptions draftsAndAdapters = new DraftAndAdapterOptions();

    @Option(
            names = "--prefix-hit-rate",
            paramLabel = "RATE",
            description = "Share of each prompt that is found in the prefix cache (default: 0).",
            order = 12)
    private @Nullable Double prefixHitRate;

    @Option(
            names = "--power-cap",
            paramLabel = "WATTS",
            description = "Most power of one chip; steps that would draw more run at a lower clock.",
            order = 15)
    private @Nullable Double powerCap;

    /** Physics of such a server. */
    ServingPhysics apply(AbstractAction command, ServingPhysics plain) {
        StepTerms terms = draftsAndAdapters.terms(command, prefixHitRate == null ? 0 : prefixHitRate);
        ServingPhysics physics = plain.withTerms(terms);
        return powerCap == null ? physics : physics.withPowerCap(Numbers.positive("--power-cap", powerCap));
    }
}
