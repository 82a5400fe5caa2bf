package io.ampacity.facts;

import io.ampacity.units.Dimension;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a supplier asks for one machine: an entry gives one {@link Offer} for each contract it prices.
 *
 * <p>The id of an offer is the id of the entry and that of the contract: {@code aws/us-east-1/h100-sxm/spot}.
 */
final class OfferReader {

    private static final List<Integer> TERMS = List.of(1, 6, 12, 24, 36, 60);

    private OfferReader() {}

    static List<Offer> read(String id, Fields fields) {
        Entry entry = new Entry(
                id,
                fields.text("supplier"),
                fields.optionalText("region"),
                fields.text("chip"),
                fields.optionalText("instance"),
                fields.integerOr("chips", 1, 1),
                fields.optionalText("note"));
        fields.optionalText("source");
        fields.optionalText("as-of");
        List<Offer> offers = new ArrayList<>();
        entry.rent(offers, new Contract.OnDemand(), price(fields, "on-demand"));
        entry.rent(offers, new Contract.Spot(), price(fields, "spot"));
        for (int months : TERMS) {
            Figure price = price(fields, "reserved-" + months + "m");
            entry.rent(offers, new Contract.Reserved(months, upfront(fields)), price);
        }
        Figure purchase = fields.figure("purchase", Dimension.MONEY, Double.MIN_VALUE);
        if (purchase != null) {
            int life = fields.integer("useful-life-months", 1);
            int lead = fields.integer("lead-time-months", 0);
            offers.add(entry.offer(new Contract.Purchase(life, lead), null, purchase));
        }
        if (offers.isEmpty()) {
            fields.error(
                    fields.place(),
                    id,
                    "the offer \"" + id + "\" has no price",
                    "add on-demand, spot, reserved-12m or purchase");
        }
        return offers;
    }

    private static @Nullable Figure price(Fields fields, String key) {
        return fields.figure(key, Dimension.HOURLY_PRICE, Double.MIN_VALUE);
    }

    private static double upfront(Fields fields) {
        String share = fields.optionalText("upfront");
        if (share == null) {
            return 0;
        }
        try {
            double value = Dimension.FRACTION.parse(share);
            if (value >= 0 && value <= 1) {
                return value;
            }
        } catch (io.ampacity.units.UnitException notAShare) {
            // told below
        }
        fields.error(fields.placeOf("upfront"), share, "\"upfront\" is \"" + share + "\", not a share", "write 50 %");
        return 0;
    }

    private record Entry(
            String id,
            String supplier,
            @Nullable String region,
            String chip,
            @Nullable String instance,
            int chips,
            @Nullable String note) {

        void rent(List<Offer> offers, Contract contract, @Nullable Figure price) {
            if (price != null) {
                offers.add(offer(contract, price, null));
            }
        }

        Offer offer(Contract contract, @Nullable Figure rent, @Nullable Figure purchase) {
            return new Offer(
                    id + "/" + contract.id(), supplier, region, chip, instance, chips, contract, rent, purchase, note);
        }
    }
}
