package io.ampacity.planner.reasons;

import io.ampacity.facts.Contract;
import io.ampacity.facts.Figure;
import io.ampacity.facts.Offer;
import io.ampacity.planner.coefficients.PlannerException;
import io.ampacity.scenario.Plan.Capacity;
import io.ampacity.scenario.Scenario;
import io.ampacity.scenario.Supplier;
import io.ampacity.scenario.Supplier.SiteOffer;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Some of the offers of a scenario: those of a supplier, of a chip, at a site, under a contract, or of several of these at once.
 *
 * @param words names of suppliers, sites, chips or contracts; an offer belongs to the part when it has all of them
 */
public record Part(List<String> words) {

    public Part {
        words = List.copyOf(words);
    }

    /**
     * Reads {@code nebius}, {@code h100-sxm}, {@code nebius/h100-sxm} or {@code nebius/h100-sxm/on-demand}.
     *
     * @throws PlannerException when no offer of the scenario is meant
     */
    public static Part parse(String text, Scenario scenario) {
        Part part = new Part(List.of(text.split("/", -1)));
        if (!part.isIn(scenario)) {
            TreeSet<String> known = new TreeSet<>();
            for (Supplier supplier : scenario.suppliers()) {
                for (SiteOffer offer : supplier.offers()) {
                    known.add(supplier.id() + "/" + offer.offer().chip());
                }
            }
            throw new PlannerException(
                    "\"" + text + "\" is no offer of the scenario. Maybe one of " + String.join(", ", known));
        }
        return part;
    }

    /** Whether a scenario has an offer of it. */
    public boolean isIn(Scenario scenario) {
        return scenario.suppliers().stream()
                .anyMatch(supplier -> supplier.offers().stream().anyMatch(offer -> has(supplier.id(), offer)));
    }

    /** Whether an offer belongs to it. */
    public boolean has(String supplier, SiteOffer offer) {
        return has(
                supplier,
                offer.site(),
                offer.offer().chip(),
                offer.offer().contract().id());
    }

    /** Whether chips of a plan come from its offers. */
    public boolean has(Capacity line) {
        return !line.contract().equals("owned") && has(line.supplier(), line.site(), line.chip(), line.contract());
    }

    private boolean has(String supplier, String site, String chip, String contract) {
        return List.of(supplier, site, chip, contract).containsAll(words);
    }

    /** The scenario without its offers. */
    public Scenario removedFrom(Scenario scenario) {
        return scenario.withSuppliers(scenario.suppliers().stream()
                .map(supplier -> supplier.withOffers(supplier.offers().stream()
                        .filter(offer -> !has(supplier.id(), offer))
                        .toList()))
                .toList());
    }

    /** The scenario with prices of its offers multiplied by a factor. */
    public Scenario priced(Scenario scenario, double factor) {
        List<Supplier> suppliers = new ArrayList<>();
        for (Supplier supplier : scenario.suppliers()) {
            suppliers.add(supplier.withOffers(supplier.offers().stream()
                    .map(offer -> has(supplier.id(), offer)
                            ? new SiteOffer(offer.site(), priced(offer.offer(), factor), offer.block())
                            : offer)
                    .toList()));
        }
        return scenario.withSuppliers(suppliers);
    }

    private static Offer priced(Offer offer, double factor) {
        return offer.contract() instanceof Contract.Purchase
                ? offer.withPurchasePrice(times(offer.purchasePrice(), factor))
                : offer.withPrice(times(offer.pricePerChipHour(), factor));
    }

    private static @Nullable Figure times(@Nullable Figure price, double factor) {
        return price == null
                ? null
                : new Figure(price.value() * factor, price.source(), price.asOf(), price.note(), price.rejected());
    }

    @Override
    public String toString() {
        return String.join("/", words);
    }
}
