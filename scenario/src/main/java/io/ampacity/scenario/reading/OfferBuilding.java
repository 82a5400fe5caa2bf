package io.ampacity.scenario.reading;

import io.ampacity.documents.Place;
import io.ampacity.documents.schema.Form;
import io.ampacity.documents.schema.SchemaReading;
import io.ampacity.documents.schema.Word;
import io.ampacity.facts.Catalogue;
import io.ampacity.facts.Contract;
import io.ampacity.facts.Figure;
import io.ampacity.facts.Offer;
import io.ampacity.scenario.Site;
import io.ampacity.scenario.Supplier.SiteOffer;
import io.ampacity.scenario.reading.SupplierTable.OfferTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Ties offers of the catalogue and of the document to the sites where a supplier sells.
 *
 * @param sites those that could be built
 * @param siteForms what the document says of sites, by their id
 * @param sitesAreWhole whether every site could be built, so that a missing one is missing in the document too
 */
record OfferBuilding(
        Catalogue catalogue,
        SchemaReading reading,
        Map<String, Site> sites,
        Map<String, Form> siteForms,
        boolean sitesAreWhole) {

    private static final double SECONDS_PER_MONTH = 31_557_600 / 12.0;
    private static final List<String> USUAL_CONTRACTS = List.of("on-demand", "reserved");

    /**
     * Everything a supplier sells at its sites, the document's own offers in place of the catalogue's.
     *
     * @param provider its name in the catalogue; null when it is not there
     */
    List<SiteOffer> offers(String supplier, Form form, @Nullable String provider) {
        Map<String, SiteOffer> offers = new LinkedHashMap<>();
        Collection<SiteOffer> listed = supplier.equals(Names.OWN)
                ? purchases()
                : provider == null ? List.of() : rents(supplier, form, provider);
        listed.forEach(offer -> offers.put(offer.id(), offer));
        if (provider != null && sitesAreWhole && !listed.isEmpty()) {
            warnOfChipsNotOffered(supplier, form, listed);
        }
        List<Form> own = form.valueOrNull(SupplierTable.OFFERS);
        Map<String, Place> stated = new LinkedHashMap<>();
        for (Form each : own == null ? List.<Form>of() : own) {
            SiteOffer offer = each.isSound() ? ownOffer(supplier, each) : null;
            if (offer == null) {
                continue;
            }
            if (stated.putIfAbsent(offer.id(), each.place()) != null) {
                reading.error(
                        each.place(), offer.id(), "the offer " + offer.id() + " stands twice", "remove one of the two");
            }
            offers.put(offer.id(), offer);
        }
        return List.copyOf(offers.values());
    }

    private List<SiteOffer> rents(String supplier, Form form, String provider) {
        List<String> chips = form.valueOrNull(SupplierTable.CHIPS);
        List<String> stated = form.valueOrNull(SupplierTable.CONTRACTS);
        List<String> contracts = stated == null ? USUAL_CONTRACTS : stated;
        Map<String, SiteOffer> anywhere = new LinkedHashMap<>();
        Map<String, SiteOffer> regional = new LinkedHashMap<>();
        for (Offer offer : catalogue.offers().values()) {
            boolean wanted = offer.supplier().equals(provider)
                    && offer.pricePerChipHour() != null
                    && catalogue.chips().containsKey(offer.chip())
                    && (chips == null || chips.contains(offer.chip()))
                    && isWanted(offer.contract(), contracts);
            if (!wanted) {
                continue;
            }
            for (Site site : sites.values()) {
                if (!site.supplier().equals(supplier)) {
                    continue;
                }
                String region = offer.region();
                SiteOffer here = new SiteOffer(site.id(), offer, Math.max(1, offer.chipsPerInstance()));
                if (region == null) {
                    keepCheaper(anywhere, here);
                } else if (region.equals(site.id())) {
                    keepCheaper(regional, here);
                }
            }
        }
        anywhere.forEach(regional::putIfAbsent);
        return List.copyOf(regional.values());
    }

    /** Of two machines with the same chip under the same contract at one site, the cheaper a chip. */
    private static void keepCheaper(Map<String, SiteOffer> offers, SiteOffer offer) {
        offers.merge(offer.id(), offer, (old, now) -> price(now) < price(old) ? now : old);
    }

    private static double price(SiteOffer offer) {
        Figure price = offer.offer().pricePerChipHour();
        return price == null ? Double.POSITIVE_INFINITY : price.value();
    }

    private static boolean isWanted(Contract contract, List<String> contracts) {
        return switch (contract) {
            case Contract.OnDemand _, Contract.Spot _ -> contracts.contains(contract.id());
            case Contract.Reserved _ -> contracts.contains("reserved") || contracts.contains(contract.id());
            case Contract.Purchase _ -> false;
        };
    }

    private void warnOfChipsNotOffered(String supplier, Form form, Collection<SiteOffer> listed) {
        List<String> chips = form.valueOrNull(SupplierTable.CHIPS);
        List<Form> own = form.valueOrNull(SupplierTable.OFFERS);
        for (int i = 0; chips != null && i < chips.size(); i++) {
            String chip = chips.get(i);
            boolean ownOffer =
                    own != null && own.stream().anyMatch(each -> chip.equals(each.valueOrNull(OfferTable.CHIP)));
            if (!ownOffer
                    && listed.stream().noneMatch(offer -> offer.offer().chip().equals(chip))) {
                reading.warning(
                        form.place(SupplierTable.CHIPS, i),
                        chip,
                        "the catalogue knows no offer of " + chip + " by " + supplier
                                + " at its sites under its contracts, so it is left out",
                        "add an offer of your own under suppliers." + supplier + ".offers");
            }
        }
    }

    private List<SiteOffer> purchases() {
        List<SiteOffer> offers = new ArrayList<>();
        siteForms.forEach((id, form) -> {
            List<String> chips = form.valueOrNull(SiteTable.BUY);
            Site site = sites.get(id);
            if (chips == null || site == null || !site.supplier().equals(Names.OWN)) {
                return;
            }
            for (String chip : chips) {
                catalogue.offers().values().stream()
                        .filter(offer -> offer.contract() instanceof Contract.Purchase
                                && offer.chip().equals(chip)
                                && offer.purchasePrice() != null)
                        .min(Comparator.comparingDouble(OfferBuilding::purchasePrice))
                        .ifPresent(
                                offer -> offers.add(new SiteOffer(id, offer, Math.max(1, offer.chipsPerInstance()))));
            }
        });
        return offers;
    }

    private static double purchasePrice(Offer offer) {
        Figure price = offer.purchasePrice();
        return price == null ? Double.POSITIVE_INFINITY : price.value();
    }

    private @Nullable SiteOffer ownOffer(String supplier, Form form) {
        Site site = site(supplier, form);
        SupplierTable.ContractKind kind = form.value(OfferTable.CONTRACT);
        boolean purchase = kind == SupplierTable.ContractKind.PURCHASE;
        Double price = form.valueOrNull(purchase ? OfferTable.PURCHASE_PRICE : OfferTable.PRICE);
        if (price == null) {
            reading.error(
                    form.place(purchase ? OfferTable.PURCHASE_PRICE : OfferTable.PRICE),
                    null,
                    "this offer states no " + (purchase ? "purchase-price" : "price"),
                    purchase ? "add purchase-price: 38 kUSD" : "add price: 2.10 USD/h");
        }
        if (form.states(purchase ? OfferTable.PRICE : OfferTable.PURCHASE_PRICE)) {
            reading.error(
                    form.place(purchase ? OfferTable.PRICE : OfferTable.PURCHASE_PRICE),
                    null,
                    purchase
                            ? "a purchase has no hourly price"
                            : "only a purchase has a purchase price, and this is " + kindWord(kind),
                    "remove this key, or change contract");
        }
        if (purchase != supplier.equals(Names.OWN)) {
            reading.error(
                    form.place(OfferTable.CONTRACT),
                    kindWord(kind),
                    purchase
                            ? "chips are bought for own sites, under suppliers.own"
                            : "your own organisation rents nothing to itself",
                    purchase ? "move this offer to suppliers.own.offers" : "write contract: purchase");
            return null;
        }
        if (site == null || price == null) {
            return null;
        }
        Figure figure = Figure.of(price, "stated in the scenario", "scenario");
        String chip = form.value(OfferTable.CHIP);
        Contract contract = contract(kind, form);
        Offer offer = new Offer(
                supplier + "/" + site.id() + "/" + chip + "/" + contract.id(),
                supplier,
                site.region(),
                chip,
                null,
                form.value(OfferTable.BLOCK),
                contract,
                purchase ? null : figure,
                purchase ? figure : null,
                "stated in the scenario");
        return new SiteOffer(site.id(), offer, form.value(OfferTable.BLOCK));
    }

    private static String kindWord(SupplierTable.ContractKind kind) {
        return Word.written(kind);
    }

    private static Contract contract(SupplierTable.ContractKind kind, Form form) {
        return switch (kind) {
            case ON_DEMAND -> new Contract.OnDemand();
            case SPOT -> new Contract.Spot();
            case RESERVED ->
                new Contract.Reserved(Math.max(1, months(form.value(OfferTable.TERM))), form.value(OfferTable.UPFRONT));
            case PURCHASE ->
                new Contract.Purchase(
                        Math.max(1, months(form.value(OfferTable.USEFUL_LIFE))),
                        months(form.value(OfferTable.LEAD_TIME)));
        };
    }

    private static int months(double seconds) {
        return (int) Math.round(seconds / SECONDS_PER_MONTH);
    }

    /** Where an offer of the document is made; null, with the reason noted, when that cannot be told. */
    private @Nullable Site site(String supplier, Form form) {
        String named = form.valueOrNull(OfferTable.SITE);
        String region = form.valueOrNull(OfferTable.REGION);
        if (named != null && region != null && !named.equals(region)) {
            reading.error(form.place(OfferTable.REGION), region, "this offer names a site and a region", "remove one");
            return null;
        }
        String id = named != null ? named : region;
        List<Site> operated = sites.values().stream()
                .filter(site -> site.supplier().equals(supplier))
                .toList();
        if (id == null) {
            if (operated.size() == 1) {
                return operated.getFirst();
            }
            if (!sitesAreWhole) {
                return null;
            }
            reading.error(
                    form.place(OfferTable.SITE),
                    null,
                    "this offer does not say where, and " + supplier + " operates "
                            + (operated.isEmpty() ? "no site" : operated.size() + " sites"),
                    "add site: with a key of sites");
            return null;
        }
        Site site = sites.get(id);
        if (site == null) {
            if (sitesAreWhole) {
                reading.error(
                        form.place(named != null ? OfferTable.SITE : OfferTable.REGION),
                        id,
                        "\"" + id + "\" is no site of " + supplier,
                        "add it to suppliers." + supplier + ".regions");
            }
            return null;
        }
        if (!site.supplier().equals(supplier)) {
            reading.error(
                    form.place(named != null ? OfferTable.SITE : OfferTable.REGION),
                    id,
                    "\"" + id + "\" is operated by " + site.supplier() + ", so " + supplier + " sells nothing there",
                    "declare a site with supplier: " + supplier + " and region: " + id);
            return null;
        }
        return site;
    }
}
