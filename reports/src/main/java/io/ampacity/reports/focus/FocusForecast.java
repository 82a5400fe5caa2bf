package io.ampacity.reports.focus;

import io.ampacity.facts.Contract;
import io.ampacity.facts.Figure;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.Scenario;
import io.ampacity.scenario.Site;
import io.ampacity.scenario.Supplier;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns a plan into rows of FOCUS; the table of the package says which. */
public final class FocusForecast {

    /** Below this a cost is the rounding of a sum. */
    private static final double CENT = 0.005;

    private final Scenario scenario;
    private final Plan plan;
    private final List<FocusRow> rows = new ArrayList<>();
    private final Map<String, Supplier> suppliers = new HashMap<>();
    private final Map<String, Site> sites = new HashMap<>();

    private FocusForecast(Scenario scenario, Plan plan) {
        this.scenario = scenario;
        this.plan = plan;
        scenario.suppliers().forEach(supplier -> suppliers.put(supplier.id(), supplier));
        scenario.sites().forEach(site -> sites.put(site.id(), site));
    }

    /** The rows of a plan, in the order of its periods; none when there is no plan. */
    public static List<FocusRow> of(Scenario scenario, Plan plan) {
        FocusForecast forecast = new FocusForecast(scenario, plan);
        for (Plan.PeriodTotals totals : plan.totals()) {
            forecast.period(totals);
        }
        return List.copyOf(forecast.rows);
    }

    private void period(Plan.PeriodTotals totals) {
        Months months = Months.of(scenario.horizon(), totals.period());
        Map<String, Integer> placed = new HashMap<>();
        for (Plan.Placement placement : plan.placement()) {
            if (placement.period() == totals.period()) {
                placed.merge(
                        pool(placement.site(), placement.supplier(), placement.chip()),
                        placement.chips(),
                        Integer::sum);
            }
        }
        double held = 0;
        for (Plan.Capacity capacity : inOrderOfUse(totals.period())) {
            held += capacity.costUsd();
            String pool = pool(capacity.site(), capacity.supplier(), capacity.chip());
            int used = Math.min(capacity.count(), placed.getOrDefault(pool, 0));
            placed.merge(pool, -used, Integer::sum);
            capacity(months, capacity, used);
        }
        rest(months, totals.capacityUsd() - held + totals.projectsUsd());
        energy(months, totals.energyUsd());
        data(months, totals.networkUsd());
        carbon(months, totals);
    }

    private static String pool(String site, String supplier, String chip) {
        return site + "\n" + supplier + "\n" + chip;
    }

    /** What is paid for anyhow is used first. */
    private List<Plan.Capacity> inOrderOfUse(int period) {
        List<Plan.Capacity> all = new ArrayList<>();
        for (boolean byTheHour : new boolean[] {false, true}) {
            for (Plan.Capacity capacity : plan.capacity()) {
                boolean hourly = capacity.contract().equals("on-demand")
                        || capacity.contract().equals("spot");
                if (capacity.period() == period && hourly == byTheHour) {
                    all.add(capacity);
                }
            }
        }
        return all;
    }

    private void capacity(Months months, Plan.Capacity capacity, int used) {
        Supplier.SiteOffer offer = offer(capacity.supplier(), capacity.site(), capacity.chip(), capacity.contract());
        Contract contract = offer == null ? null : offer.offer().contract();
        double expected = capacity.count() * scenario.horizon().periodHours();
        if (offer != null && contract instanceof Contract.Reserved reserved) {
            reserved(months, capacity, reserved, offer, used);
        } else if (contract instanceof Contract.Purchase) {
            Figure price = offer == null ? null : offer.offer().purchasePrice();
            bought(months, capacity, price);
        } else if (capacity.costUsd() > CENT) {
            Double hour = offer == null ? null : contracted(capacity.supplier(), offer);
            double hours = contract instanceof Contract.Spot && hour != null ? capacity.costUsd() / hour : expected;
            double discount = discount(capacity.supplier());
            for (Months.Part month : months.parts()) {
                BigDecimal quantity = FocusRow.decimal(hours * month.share());
                BigDecimal price = FocusRow.decimal(capacity.costUsd() / hours);
                FocusRow.Draft row = chips(month, capacity, "Usage", "Usage-Based")
                        .set(
                                FocusColumn.PRICING_CATEGORY,
                                contract instanceof Contract.Spot ? "Dynamic" : offer == null ? "Other" : "Standard")
                        .set(
                                FocusColumn.CHARGE_DESCRIPTION,
                                capacity.count() + " × " + capacity.chip() + ", " + capacity.contract())
                        .set(FocusColumn.CONSUMED_QUANTITY, quantity)
                        .set(FocusColumn.CONSUMED_UNIT, "Hours")
                        .set(FocusColumn.PRICING_QUANTITY, quantity)
                        .priced(
                                FocusColumn.LIST_UNIT_PRICE,
                                FocusColumn.LIST_COST,
                                FocusRow.decimal(capacity.costUsd() / hours / (1 - discount)),
                                quantity)
                        .priced(FocusColumn.CONTRACTED_UNIT_PRICE, FocusColumn.CONTRACTED_COST, price, quantity)
                        .set(FocusColumn.BILLED_COST, price.multiply(quantity))
                        .set(FocusColumn.EFFECTIVE_COST, price.multiply(quantity));
                rows.add(row.done());
            }
        }
    }

    private void reserved(
            Months months, Plan.Capacity capacity, Contract.Reserved contract, Supplier.SiteOffer offer, int used) {
        String id = capacity.site() + "/" + capacity.chip() + "/" + capacity.contract();
        Double own = contracted(capacity.supplier(), offer);
        if (own != null && capacity.added() > 0 && contract.upfrontShare() > 0) {
            BigDecimal quantity =
                    FocusRow.decimal(capacity.added() * (double) contract.termMonths() * Months.HOURS_PER_MONTH);
            purchase(
                    months.parts().getFirst(),
                    capacity,
                    id,
                    "One-Time",
                    quantity,
                    own * contract.upfrontShare(),
                    "upfront part of " + capacity.added() + " × " + capacity.chip() + " for " + contract.termMonths()
                            + " months");
        }
        Supplier.SiteOffer hourly = offer(capacity.supplier(), capacity.site(), capacity.chip(), "on-demand");
        Double usual = hourly == null ? own : contracted(capacity.supplier(), hourly);
        for (Months.Part month : months.parts()) {
            double hours = capacity.count() * scenario.horizon().periodHours() * month.share();
            if (own != null && contract.upfrontShare() < 1) {
                purchase(
                        month,
                        capacity,
                        id,
                        "Recurring",
                        FocusRow.decimal(hours),
                        own * (1 - contract.upfrontShare()),
                        "monthly part of " + capacity.count() + " × " + capacity.chip() + " reserved");
            }
            double effective =
                    capacity.costUsd() / (capacity.count() * scenario.horizon().periodHours());
            double price = usual == null ? effective : usual;
            covered(month, capacity, id, "Used", used, hours, effective, price);
            covered(month, capacity, id, "Unused", capacity.count() - used, hours, effective, price);
        }
    }

    /** What a commitment pays for, used or not. */
    private void covered(
            Months.Part month,
            Plan.Capacity capacity,
            String id,
            String status,
            int chips,
            double hours,
            double effective,
            double contracted) {
        if (chips <= 0) {
            return;
        }
        BigDecimal quantity = FocusRow.decimal(hours * chips / capacity.count());
        FocusRow.Draft row = chips(month, capacity, "Usage", "Usage-Based")
                .set(FocusColumn.PRICING_CATEGORY, "Committed")
                .set(
                        FocusColumn.CHARGE_DESCRIPTION,
                        chips + " × " + capacity.chip() + " reserved, "
                                + (status.equals("Used") ? "in use" : "without work"))
                .set(FocusColumn.PRICING_QUANTITY, quantity)
                .priced(
                        FocusColumn.LIST_UNIT_PRICE,
                        FocusColumn.LIST_COST,
                        FocusRow.decimal(contracted / (1 - discount(capacity.supplier()))),
                        quantity)
                .priced(
                        FocusColumn.CONTRACTED_UNIT_PRICE,
                        FocusColumn.CONTRACTED_COST,
                        FocusRow.decimal(contracted),
                        quantity)
                .set(FocusColumn.BILLED_COST, BigDecimal.ZERO)
                .set(FocusColumn.EFFECTIVE_COST, FocusRow.decimal(effective).multiply(quantity));
        commitment(row, capacity, id, quantity).set(FocusColumn.COMMITMENT_DISCOUNT_STATUS, status);
        if (status.equals("Used")) {
            row.set(FocusColumn.CONSUMED_QUANTITY, quantity).set(FocusColumn.CONSUMED_UNIT, "Hours");
        }
        rows.add(row.done());
    }

    private void purchase(
            Months.Part month,
            Plan.Capacity capacity,
            String id,
            String frequency,
            BigDecimal quantity,
            double price,
            String what) {
        FocusRow.Draft row = chips(month, capacity, "Purchase", frequency)
                .set(FocusColumn.RESOURCE_ID, (String) null)
                .set(FocusColumn.RESOURCE_NAME, (String) null)
                .set(FocusColumn.RESOURCE_TYPE, (String) null)
                .set(FocusColumn.PRICING_CATEGORY, "Standard")
                .set(FocusColumn.CHARGE_DESCRIPTION, what)
                .set(FocusColumn.PRICING_QUANTITY, quantity)
                .priced(
                        FocusColumn.LIST_UNIT_PRICE,
                        FocusColumn.LIST_COST,
                        FocusRow.decimal(price / (1 - discount(capacity.supplier()))),
                        quantity)
                .priced(
                        FocusColumn.CONTRACTED_UNIT_PRICE,
                        FocusColumn.CONTRACTED_COST,
                        FocusRow.decimal(price),
                        quantity)
                .set(FocusColumn.BILLED_COST, FocusRow.decimal(price).multiply(quantity))
                .set(FocusColumn.EFFECTIVE_COST, BigDecimal.ZERO);
        rows.add(commitment(row, capacity, id, quantity).done());
    }

    private static FocusRow.Draft commitment(
            FocusRow.Draft row, Plan.Capacity capacity, String id, BigDecimal quantity) {
        return row.set(FocusColumn.COMMITMENT_DISCOUNT_ID, id)
                .set(FocusColumn.COMMITMENT_DISCOUNT_NAME, capacity.chip() + " " + capacity.contract())
                .set(FocusColumn.COMMITMENT_DISCOUNT_CATEGORY, "Usage")
                .set(FocusColumn.COMMITMENT_DISCOUNT_TYPE, "Reservation")
                .set(FocusColumn.COMMITMENT_DISCOUNT_QUANTITY, quantity)
                .set(FocusColumn.COMMITMENT_DISCOUNT_UNIT, "Hours");
    }

    private void bought(Months months, Plan.Capacity capacity, @Nullable Figure price) {
        if (price != null && capacity.added() > 0) {
            BigDecimal each = FocusRow.decimal(price.value() * (1 - discount(capacity.supplier())));
            BigDecimal quantity = BigDecimal.valueOf(capacity.added());
            rows.add(chips(months.parts().getFirst(), capacity, "Purchase", "One-Time")
                    .set(FocusColumn.PRICING_CATEGORY, "Standard")
                    .set(FocusColumn.CHARGE_DESCRIPTION, capacity.added() + " × " + capacity.chip() + " delivered")
                    .set(FocusColumn.PRICING_UNIT, "Units")
                    .set(FocusColumn.PRICING_QUANTITY, quantity)
                    .priced(
                            FocusColumn.LIST_UNIT_PRICE,
                            FocusColumn.LIST_COST,
                            FocusRow.decimal(price.value()),
                            quantity)
                    .priced(FocusColumn.CONTRACTED_UNIT_PRICE, FocusColumn.CONTRACTED_COST, each, quantity)
                    .set(FocusColumn.BILLED_COST, each.multiply(quantity))
                    .set(FocusColumn.EFFECTIVE_COST, BigDecimal.ZERO)
                    .done());
        }
        if (capacity.count() == 0) {
            rest(months, capacity.costUsd()); // what the sale of the last of them came to
            return;
        }
        for (Months.Part month : months.parts()) {
            double hours = capacity.count() * scenario.horizon().periodHours();
            FocusRow.Draft row = chips(month, capacity, "Usage", "Recurring")
                    .set(FocusColumn.PRICING_CATEGORY, "Other")
                    .set(
                            FocusColumn.CHARGE_DESCRIPTION,
                            "capital recovery, space and repair of " + capacity.count() + " × " + capacity.chip());
            flat(row, FocusRow.decimal(hours * month.share()), capacity.costUsd() / hours, price == null)
                    .set(FocusColumn.PRICING_UNIT, "Hours");
            rows.add(row.done());
        }
    }

    /** A row whose list, contracted and effective prices are one; billed too, unless something else is. */
    private static FocusRow.Draft flat(FocusRow.Draft row, BigDecimal quantity, double price, boolean billed) {
        BigDecimal each = FocusRow.decimal(price);
        return row.set(FocusColumn.CONSUMED_QUANTITY, quantity)
                .set(FocusColumn.CONSUMED_UNIT, "Hours")
                .set(FocusColumn.PRICING_QUANTITY, quantity)
                .priced(FocusColumn.LIST_UNIT_PRICE, FocusColumn.LIST_COST, each, quantity)
                .priced(FocusColumn.CONTRACTED_UNIT_PRICE, FocusColumn.CONTRACTED_COST, each, quantity)
                .set(FocusColumn.BILLED_COST, billed ? each.multiply(quantity) : BigDecimal.ZERO)
                .set(FocusColumn.EFFECTIVE_COST, each.multiply(quantity));
    }

    /** What the totals hold beyond the chips: programmes, sites, staff. */
    private void rest(Months months, double usd) {
        if (Math.abs(usd) < CENT) {
            return;
        }
        for (Months.Part month : months.parts()) {
            FocusRow.Draft row = charge(month, ownSupplier(), null, "Usage", "Recurring")
                    .set(FocusColumn.SERVICE_CATEGORY, "Other")
                    .set(FocusColumn.SERVICE_SUBCATEGORY, "Other (Other)")
                    .set(FocusColumn.SERVICE_NAME, "Capacity beyond chips")
                    .set(FocusColumn.CHARGE_DESCRIPTION, "what the plan pays beside chips: programmes, sites, staff")
                    .set(FocusColumn.PRICING_CATEGORY, "Other");
            rows.add(monthly(row, usd * month.share(), true).done());
        }
    }

    private void energy(Months months, double usd) {
        if (Math.abs(usd) < CENT) {
            return;
        }
        List<Site> paying =
                scenario.sites().stream().filter(site -> site.tariff() != null).toList();
        Site only = paying.size() == 1 ? paying.getFirst() : null;
        for (Months.Part month : months.parts()) {
            FocusRow.Draft row = charge(
                            month, only == null ? ownSupplier() : only.supplier(), only, "Usage", "Usage-Based")
                    .set(FocusColumn.SERVICE_CATEGORY, "Other")
                    .set(FocusColumn.SERVICE_SUBCATEGORY, "Other (Other)")
                    .set(FocusColumn.SERVICE_NAME, "Electricity")
                    .set(FocusColumn.CHARGE_DESCRIPTION, "electricity of the sites that pay a tariff")
                    .set(FocusColumn.PRICING_CATEGORY, "Standard");
            rows.add(monthly(row, usd * month.share(), true).done());
        }
    }

    private void data(Months months, double usd) {
        if (Math.abs(usd) < CENT) {
            return;
        }
        for (Months.Part month : months.parts()) {
            FocusRow.Draft row = charge(month, ownSupplier(), null, "Usage", "Usage-Based")
                    .set(FocusColumn.SERVICE_CATEGORY, "Networking")
                    .set(FocusColumn.SERVICE_SUBCATEGORY, "Other (Networking)")
                    .set(FocusColumn.SERVICE_NAME, "Data between places")
                    .set(FocusColumn.CHARGE_DESCRIPTION, "prompts, answers, data and checkpoints that move")
                    .set(FocusColumn.PRICING_CATEGORY, "Standard");
            rows.add(monthly(row, usd * month.share(), true).done());
        }
    }

    private void carbon(Months months, Plan.PeriodTotals totals) {
        if (Math.abs(totals.carbonPriceUsd()) < CENT) {
            return;
        }
        for (Months.Part month : months.parts()) {
            FocusRow.Draft row = charge(month, ownSupplier(), null, "Usage", "Usage-Based")
                    .set(FocusColumn.SERVICE_CATEGORY, "Other")
                    .set(FocusColumn.SERVICE_SUBCATEGORY, "Other (Other)")
                    .set(FocusColumn.SERVICE_NAME, "Inner price of carbon")
                    .set(
                            FocusColumn.CHARGE_DESCRIPTION,
                            "inner price of " + Math.round(totals.carbonKg() * month.share())
                                    + " kgCO2e, which nobody bills")
                    .set(FocusColumn.PRICING_CATEGORY, "Other");
            rows.add(
                    monthly(row, totals.carbonPriceUsd() * month.share(), false).done());
        }
    }

    private static FocusRow.Draft monthly(FocusRow.Draft row, double usd, boolean billed) {
        return flat(row, BigDecimal.ONE, usd, billed)
                .set(FocusColumn.CONSUMED_UNIT, "Months")
                .set(FocusColumn.PRICING_UNIT, "Months");
    }

    private String ownSupplier() {
        return scenario.suppliers().stream()
                .filter(Supplier::own)
                .map(Supplier::id)
                .findFirst()
                .orElse("own");
    }

    private FocusRow.Draft chips(Months.Part month, Plan.Capacity capacity, String category, String frequency) {
        Site site = sites.get(capacity.site());
        String sku = capacity.chip() + "/" + capacity.contract();
        return charge(month, capacity.supplier(), site, category, frequency)
                .set(FocusColumn.SERVICE_CATEGORY, "Compute")
                .set(FocusColumn.SERVICE_SUBCATEGORY, "Virtual Machines")
                .set(FocusColumn.SERVICE_NAME, "Accelerated compute")
                .set(FocusColumn.PRICING_UNIT, "Hours")
                .set(FocusColumn.RESOURCE_ID, capacity.site() + "/" + sku)
                .set(FocusColumn.RESOURCE_NAME, capacity.chip() + " at " + capacity.site())
                .set(FocusColumn.RESOURCE_TYPE, "Accelerator pool")
                .set(FocusColumn.SKU_ID, capacity.chip())
                .set(FocusColumn.SKU_METER, "Chip hours")
                .set(FocusColumn.SKU_PRICE_ID, capacity.site() + "/" + sku)
                .set(FocusColumn.CHIP, capacity.chip())
                .set(FocusColumn.CONTRACT, capacity.contract());
    }

    private FocusRow.Draft charge(
            Months.Part month, String supplierId, @Nullable Site site, String category, String frequency) {
        Supplier supplier = suppliers.get(supplierId);
        String name = supplier == null || supplier.name().isBlank() ? supplierId : supplier.name();
        FocusRow.Draft row = new FocusRow.Draft()
                .set(FocusColumn.BILLING_ACCOUNT_ID, supplierId)
                .set(FocusColumn.BILLING_ACCOUNT_NAME, name)
                .set(FocusColumn.BILLING_CURRENCY, "USD")
                .set(FocusColumn.BILLING_PERIOD_START, month.start())
                .set(FocusColumn.BILLING_PERIOD_END, month.end())
                .set(FocusColumn.CHARGE_PERIOD_START, month.start())
                .set(FocusColumn.CHARGE_PERIOD_END, month.end())
                .set(FocusColumn.CHARGE_CATEGORY, category)
                .set(FocusColumn.CHARGE_FREQUENCY, frequency)
                .set(FocusColumn.PROVIDER_NAME, name)
                .set(FocusColumn.PUBLISHER_NAME, name)
                .set(FocusColumn.INVOICE_ISSUER_NAME, name)
                .set(FocusColumn.SKU_ID, "plan")
                .set(FocusColumn.SKU_PRICE_ID, "plan")
                .set(FocusColumn.PLAN_PERIOD, month.planPeriod())
                .set(FocusColumn.TAGS, "{\"scenario\":" + quoted(scenario.name()) + "}");
        if (site != null) {
            String region = regionOf(site);
            row.set(FocusColumn.REGION_ID, region).set(FocusColumn.REGION_NAME, region);
        }
        return row;
    }

    /** A region as its supplier writes it: {@code eu-north-1} of {@code aws:eu-north-1}. */
    private static String regionOf(Site site) {
        String region = site.region() == null ? site.id() : site.region();
        return region.substring(region.indexOf(':') + 1);
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').appendCodePoint(c);
            } else {
                quoted.appendCodePoint(c < ' ' ? ' ' : c);
            }
        });
        return quoted.append('"').toString();
    }

    private Supplier.@Nullable SiteOffer offer(String supplierId, String site, String chip, String contract) {
        Supplier supplier = suppliers.get(supplierId);
        return supplier == null
                ? null
                : supplier.offers().stream()
                        .filter(offer -> offer.site().equals(site)
                                && offer.offer().chip().equals(chip)
                                && offer.offer().contract().id().equals(contract))
                        .findFirst()
                        .orElse(null);
    }

    /** USD a chip and hour after the supplier's discount; null where the offer is no rent. */
    private @Nullable Double contracted(String supplierId, Supplier.SiteOffer offer) {
        Figure price = offer.offer().pricePerChipHour();
        return price == null ? null : (Double) (price.value() * (1 - discount(supplierId)));
    }

    private double discount(String supplierId) {
        Supplier supplier = suppliers.get(supplierId);
        return supplier == null ? 0 : Math.min(0.99, supplier.discount().value());
    }
}
