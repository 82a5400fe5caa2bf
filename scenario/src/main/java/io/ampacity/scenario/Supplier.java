package io.ampacity.scenario;

import io.ampacity.facts.Offer;
import io.ampacity.units.Fraction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who provides compute, and in the language of data protection a sub-processor unless it is the user itself.
 *
 * @param own whether this is the user's own organisation: never a sub-processor, never "lost" as a supplier
 * @param discount negotiated off every list price of this supplier
 * @param offers what it sells here, resolved from catalogue and scenario, each tied to a site
 * @param quotas most chips that can be had
 */
public record Supplier(
        String id, String name, boolean own, Fraction discount, List<SiteOffer> offers, List<Quota> quotas) {

    public Supplier {
        offers = List.copyOf(offers);
        quotas = List.copyOf(quotas);
    }

    public Supplier withOffers(List<SiteOffer> others) {
        return new Supplier(id, name, own, discount, others, quotas);
    }

    public Supplier withQuotas(List<Quota> others) {
        return new Supplier(id, name, own, discount, offers, others);
    }

    public Supplier withDiscount(Fraction other) {
        return new Supplier(id, name, own, other, offers, quotas);
    }

    /**
     * An offer at one site of the scenario.
     *
     * @param offer list price before {@link Supplier#discount()}
     * @param block chips that are taken together, at least 1
     */
    public record SiteOffer(String site, Offer offer, int block) {

        /** Unique in a scenario: site, chip and contract. */
        public String id() {
            return site + "/" + offer.chip() + "/" + offer.contract().id();
        }
    }

    /**
     * A limit on chips held at the same time.
     *
     * @param chip chip id; null for all chips together
     * @param site site id; null for all sites together
     * @param chips most chips
     * @param fromPeriod first period it holds in, 0-based; the latest started one of several for the same chip and
     *     site holds
     */
    public record Quota(@Nullable String chip, @Nullable String site, int chips, int fromPeriod) {}
}
