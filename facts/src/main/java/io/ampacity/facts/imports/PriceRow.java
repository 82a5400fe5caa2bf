package io.ampacity.facts.imports;

import io.ampacity.documents.Place;
import org.jspecify.annotations.Nullable;

/**
 * One line of a price list as it stands there, before anybody has judged it.
 *
 * @param provider the supplier's id
 * @param zone availability zone; empty when the list has none
 * @param accelerator the list's own name of the chip
 * @param count accelerators of the machine
 * @param onDemand USD an hour for the machine; null when the list has none
 * @param spot USD an hour for the machine; null when the list has none
 * @param memoryMebibytes memory of one accelerator as the list says; null when it does not
 * @param totalMemoryMebibytes memory of all accelerators as the list says; null when it does not
 */
public record PriceRow(
        String provider,
        String region,
        String zone,
        String instance,
        String accelerator,
        double count,
        @Nullable Double onDemand,
        @Nullable Double spot,
        @Nullable Double memoryMebibytes,
        @Nullable Double totalMemoryMebibytes,
        Place place) {

    /** USD for one accelerator for one hour on demand; null when unknown. */
    public @Nullable Double onDemandPerChip() {
        return onDemand == null ? null : onDemand / count;
    }

    /** USD for one accelerator for one hour as spot; null when unknown. */
    public @Nullable Double spotPerChip() {
        return spot == null ? null : spot / count;
    }

    /** Supplier, region, zone and machine, to name the row by. */
    public String subject() {
        return provider + "/" + region + (zone.isEmpty() ? "" : "/" + zone) + "/" + instance;
    }
}
