package io.ampacity.gateway.settings;

/**
 * An upstream that is sent copies of some requests. What it answers is measured and compared, and reaches nobody.
 *
 * @param model whose requests are copied, as clients name it
 * @param fleet the one pool that takes the copies
 * @param share of the model's requests, chosen by their ids, in (0, 1]
 * @param budgetUsd most that copies may cost in a period, over all gateways that share a ledger
 * @param mostOpen copies that may be open at once
 */
public record ShadowSettings(
        String model, Fleet fleet, double share, double budgetUsd, BudgetPeriod period, int mostOpen) {

    /** Name of its key in the books. */
    public String key() {
        return "shadow:" + fleet.table().pools().getFirst().id();
    }
}
