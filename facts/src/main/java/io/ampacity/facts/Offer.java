package io.ampacity.facts;

import org.jspecify.annotations.Nullable;

/**
 * What a supplier sells: a chip, in a region, under a contract, at a price.
 *
 * @param id unique name, such as {@code aws/us-east-1/h100-sxm/on-demand}
 * @param supplier provider id, such as {@code aws}
 * @param region {@link Region} id; null for hardware delivered to the buyer's own site, or where the supplier names none
 * @param chip {@link Chip} id
 * @param instance the supplier's own name of the machine; null when there is none
 * @param chipsPerInstance the smallest number of chips that can be taken
 * @param pricePerChipHour USD for one chip for one hour (rent); null for a purchase
 * @param purchasePrice USD for one chip with its share of server and network (purchase); null for rent
 */
public record Offer(
        String id,
        String supplier,
        @Nullable String region,
        String chip,
        @Nullable String instance,
        int chipsPerInstance,
        Contract contract,
        @Nullable Figure pricePerChipHour,
        @Nullable Figure purchasePrice,
        @Nullable String note) {

    /** The same at another rent. */
    public Offer withPrice(@Nullable Figure usdPerChipHour) {
        return new Offer(
                id, supplier, region, chip, instance, chipsPerInstance, contract, usdPerChipHour, purchasePrice, note);
    }

    /** The same at another purchase price. */
    public Offer withPurchasePrice(@Nullable Figure usdPerChip) {
        return new Offer(
                id, supplier, region, chip, instance, chipsPerInstance, contract, pricePerChipHour, usdPerChip, note);
    }

    /** The same under another contract. */
    public Offer withContract(Contract other) {
        return new Offer(
                id, supplier, region, chip, instance, chipsPerInstance, other, pricePerChipHour, purchasePrice, note);
    }
}
