package io.ampacity.scenario.reading;

import io.ampacity.documents.schema.Amount;
import io.ampacity.documents.schema.Attribute;
import io.ampacity.documents.schema.Form;
import io.ampacity.documents.schema.Listing;
import io.ampacity.documents.schema.Months;
import io.ampacity.documents.schema.Nested;
import io.ampacity.documents.schema.Section;
import io.ampacity.documents.schema.Text;
import io.ampacity.documents.schema.Whole;
import io.ampacity.documents.schema.Word;
import io.ampacity.units.Dimension;
import java.util.List;

/** What a document may say about a supplier. */
final class SupplierTable {

    /** The kinds of contract an offer of the document itself can have. */
    enum ContractKind {
        ON_DEMAND,
        SPOT,
        RESERVED,
        PURCHASE
    }

    /** What a document may say about an offer. */
    static final class OfferTable {
        static final Attribute<String> CHIP =
                Attribute.of("chip", Names.CHIP, "The chip that is offered.").mandatory();
        static final Attribute<String> SITE = Attribute.of(
                        "site", Names.SITE, "The site of this scenario where it is offered.")
                .whenAbsent("see region");
        static final Attribute<String> REGION = Attribute.of(
                        "region", Names.REGION, "The cloud region where it is offered, in place of a site.")
                .whenAbsent("the supplier's only site");
        static final Attribute<ContractKind> CONTRACT = Attribute.of(
                        "contract", Word.of(ContractKind.class), "The kind of promise made.")
                .orElse("on-demand");
        static final Attribute<Double> PRICE = Attribute.of(
                        "price",
                        Amount.of(Dimension.HOURLY_PRICE)
                                .positive()
                                .atMost(10_000)
                                .doubtAbove(
                                        40, "an hour is very dear for one chip", "this is the price of a whole machine")
                                .doubtBelow(0.02, "an hour is very cheap for one chip", "the unit is wrong"),
                        "List price of one chip, before the supplier's discount. Needed unless it is a purchase.")
                .example("2.10 USD/h");
        static final Attribute<Double> PURCHASE_PRICE = Attribute.of(
                        "purchase-price",
                        Amount.of(Dimension.MONEY)
                                .positive()
                                .atMost(100e6)
                                .doubtAbove(500e3, "is very dear for one chip", "this is the price of a whole machine"),
                        "Price of buying one chip with its share of server and network. Needed for a purchase.")
                .example("38 kUSD");
        static final Attribute<Double> TERM = Attribute.of(
                        "term",
                        Amount.of(Dimension.TIME).positive().atMost(10 * 31_557_600.0),
                        "How long a reservation binds, in whole months.")
                .orElse("12 months");
        static final Attribute<Double> UPFRONT = Attribute.of(
                        "upfront",
                        Amount.of(Dimension.FRACTION).atLeast(0).atMost(1),
                        "Share of a reservation's whole price that is due at its start.")
                .orElse("0 %");
        static final Attribute<Double> USEFUL_LIFE = Attribute.of(
                        "useful-life",
                        Amount.of(Dimension.TIME).positive().atMost(20 * 31_557_600.0),
                        "Time over which a purchase is recovered, in whole months.")
                .orElse("60 months");
        static final Attribute<Double> LEAD_TIME = Attribute.of(
                        "lead-time",
                        Amount.of(Dimension.TIME).atLeast(0).atMost(5 * 31_557_600.0),
                        "Time from the order of a purchase to its service, in whole months.")
                .orElse("6 months");
        static final Attribute<Integer> BLOCK = Attribute.of(
                        "block", Whole.between(1, 1_000_000), "Chips that are taken together.")
                .orElse("1");

        static final Section SECTION = Section.of(
                "offer",
                "An offer of your own: it stands beside the catalogue's, and replaces the one for the same site, chip and contract.",
                CHIP,
                SITE,
                REGION,
                CONTRACT,
                PRICE,
                PURCHASE_PRICE,
                TERM,
                UPFRONT,
                USEFUL_LIFE,
                LEAD_TIME,
                BLOCK);

        private OfferTable() {}
    }

    /** What a document may say about a quota. */
    static final class QuotaTable {
        static final Attribute<Integer> CHIPS = Attribute.of(
                        "chips", Whole.between(0, Integer.MAX_VALUE), "Most chips held at the same time.")
                .mandatory()
                .example("64");
        static final Attribute<String> CHIP =
                Attribute.of("chip", Names.CHIP, "The chip it limits.").whenAbsent("all chips together");
        static final Attribute<String> SITE = Attribute.of("site", Names.SITE, "The site or region it limits.")
                .whenAbsent("all sites of the supplier together");
        static final Attribute<Months.Span> FROM = Attribute.of(
                        "from",
                        new Months(),
                        "First period it holds in; of several for the same chip and site, the latest started holds.")
                .whenAbsent("the first period");

        static final Section SECTION =
                Section.of("quota", "The most chips a supplier gives you.", CHIPS, CHIP, SITE, FROM);

        private QuotaTable() {}
    }

    static final Attribute<String> NAME =
            Attribute.of("name", Text.upTo(200), "Name for reports.").whenAbsent("its key");
    static final Attribute<String> PROVIDER = Attribute.of(
                    "provider", Names.PROVIDER, "Provider of the catalogue whose offers it sells.")
            .whenAbsent("its key, when the catalogue knows a provider of that name");
    static final Attribute<Double> DISCOUNT = Attribute.of(
                    "discount",
                    Amount.of(Dimension.FRACTION)
                            .atLeast(0)
                            .below(1)
                            .doubtAbove(
                                    0.6,
                                    "is a very large discount",
                                    "the price that is left was written, not the discount"),
                    "Discount you negotiated off every list price of this supplier.")
            .orElse("0 %");
    static final Attribute<List<String>> REGIONS = Attribute.of(
                    "regions",
                    Listing.distinct(Names.REGION),
                    "Cloud regions you may use. Each becomes a site of the same name, which `sites` may refine.")
            .whenAbsent("none")
            .example("[aws:eu-central-1, aws:eu-west-1]");
    static final Attribute<List<String>> CHIPS = Attribute.of(
                    "chips", Listing.distinct(Names.CHIP), "Chips to consider.")
            .whenAbsent("every chip the supplier offers there")
            .example("[h100-sxm, h200-sxm]");
    static final Attribute<List<String>> CONTRACTS = Attribute.of(
                    "contracts",
                    Listing.distinct(Names.CONTRACT),
                    "Contracts of the catalogue to consider: `on-demand`, `spot`, `reserved`, or one term such as `reserved-12m`.")
            .whenAbsent("`[on-demand, reserved]`")
            .example("[on-demand, reserved-12m]");
    static final Attribute<List<Form>> OFFERS = Attribute.of(
                    "offers", Listing.of(Nested.of(OfferTable.SECTION)), "Offers of your own.")
            .whenAbsent("those of the catalogue")
            .example("[{chip: mi300x, site: oslo, price: 2.10 USD/h, block: 8}]");
    static final Attribute<List<Form>> QUOTAS = Attribute.of(
                    "quotas", Listing.of(Nested.of(QuotaTable.SECTION)), "Most chips to be had.")
            .whenAbsent("no limit")
            .example("[{chip: h100-sxm, chips: 64}]");

    static final Section SECTION = Section.of(
            "supplier",
            "Somebody who provides compute. The key `own` stands for your own organisation, which is never a sub-processor and always there.",
            NAME,
            PROVIDER,
            DISCOUNT,
            REGIONS,
            CHIPS,
            CONTRACTS,
            OFFERS,
            QUOTAS);

    private SupplierTable() {}
}
