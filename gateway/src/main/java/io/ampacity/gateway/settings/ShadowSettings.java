package io.ampacity.gateway.settings;

/**
 * Upstreams that are sent copies of some requests. What they answer is measured and compared, and reaches nobody.
 *
 * @param name in the books and figures
 * @param model whose requests are copied, as clients name it
 * @param fleet the pools that take the copies, of one workload
 * @param share of the model's requests, chosen by their ids, in (0, 1]
 * @param budgetUsd most that copies may cost in a period, over all gateways that share a ledger
 * @param mostOpen copies that may be open at once
 */
public record ShadowSettings(
        String name, String model, Fleet fleet, double share, double budgetUsd, BudgetPeriod period, int mostOpen) {

    /** Name of its key in the books. */
    public String key() {
        return "shadow:" + name;
    }
}
