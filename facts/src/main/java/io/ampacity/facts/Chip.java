package io.ampacity.facts;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An accelerator as its data sheet and published measurements describe it. A null figure is unknown.
 *
 * @param id lower-case name used in scenarios, such as {@code h100-sxm}
 * @param aliases other names that scenarios, catalogues and traces use for it
 * @param vendor who sells it
 * @param family what a team must know to run it, such as {@code cuda}, {@code rocm}, {@code tpu}, {@code neuron}
 * @param year first year of volume delivery
 * @param peakFlops dense peak in FLOP/s by precision; a precision that is absent is unknown or not supported
 * @param memoryBytes memory in bytes
 * @param memoryBandwidth bytes/s
 * @param tdpWatts design power of the chip in watts
 * @param idleWatts power when powered and idle, in watts
 * @param allInWatts chip with its share of host and network at load, in watts
 * @param scaleUpBandwidth bytes/s in one direction inside the scale-up domain
 * @param scaleUpDomain chips in one scale-up domain; null when unknown
 * @param chipsPerServer chips in one server, the unit that fails and is bought; null when unknown
 * @param scaleOutBandwidth bytes/s in one direction of the chip's share of the scale-out network
 * @param listPriceUsd purchase price of one chip
 * @param parts who makes its parts; one that is absent is unknown
 * @param embodiedGrams greenhouse gas of making one chip with its share of the server, in gCO2e
 */
public record Chip(
        String id,
        String name,
        List<String> aliases,
        String vendor,
        String family,
        int year,
        Map<Precision, Figure> peakFlops,
        @Nullable Figure memoryBytes,
        @Nullable Figure memoryBandwidth,
        @Nullable Figure tdpWatts,
        @Nullable Figure idleWatts,
        @Nullable Figure allInWatts,
        @Nullable Figure scaleUpBandwidth,
        @Nullable Integer scaleUpDomain,
        @Nullable Integer chipsPerServer,
        @Nullable Figure scaleOutBandwidth,
        @Nullable Figure listPriceUsd,
        @Nullable Figure embodiedGrams,
        Map<ChipPart, Making> parts,
        @Nullable String note) {

    public Chip {
        aliases = List.copyOf(aliases);
        Map<Precision, Figure> ordered = new EnumMap<>(Precision.class);
        ordered.putAll(peakFlops);
        peakFlops = Collections.unmodifiableMap(ordered);
        Map<ChipPart, Making> made = new EnumMap<>(ChipPart.class);
        made.putAll(parts);
        parts = Collections.unmodifiableMap(made);
    }

    /** A chip of which nobody knows who makes its parts. */
    public Chip(
            String id,
            String name,
            List<String> aliases,
            String vendor,
            String family,
            int year,
            Map<Precision, Figure> peakFlops,
            @Nullable Figure memoryBytes,
            @Nullable Figure memoryBandwidth,
            @Nullable Figure tdpWatts,
            @Nullable Figure idleWatts,
            @Nullable Figure allInWatts,
            @Nullable Figure scaleUpBandwidth,
            @Nullable Integer scaleUpDomain,
            @Nullable Integer chipsPerServer,
            @Nullable Figure scaleOutBandwidth,
            @Nullable Figure listPriceUsd,
            @Nullable Figure embodiedGrams,
            @Nullable String note) {
        this(
                id,
                name,
                aliases,
                vendor,
                family,
                year,
                peakFlops,
                memoryBytes,
                memoryBandwidth,
                tdpWatts,
                idleWatts,
                allInWatts,
                scaleUpBandwidth,
                scaleUpDomain,
                chipsPerServer,
                scaleOutBandwidth,
                listPriceUsd,
                embodiedGrams,
                Map.of(),
                note);
    }
}
