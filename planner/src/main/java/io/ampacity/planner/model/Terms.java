package io.ampacity.planner.model;

import io.ampacity.facts.Contract;
import io.ampacity.facts.Figure;
import io.ampacity.facts.Offer;
import io.ampacity.planner.coefficients.Assumptions;
import io.ampacity.scenario.Horizon;
import io.ampacity.scenario.Programme;
import io.ampacity.scenario.Site;
import io.ampacity.scenario.Supplier.SiteOffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What an offer costs and binds one to, in periods.
 *
 * <p>A commitment (reservation or purchase) costs the same in each period in which it is in use inside the horizon. That level
 * amount is chosen so that its present value equals that of the payments: for a reservation the up-front share at the
 * start and the rest by the period, for a purchase the price on delivery. Of payments that fall beyond the horizon the
 * share {@code 1 − value beyond the horizon} counts.
 *
 * <table>
 *   <caption>Symbols</caption>
 *   <tr><td>r</td><td>discount rate a year</td><td>{@link Horizon#discountRate()}</td></tr>
 *   <tr><td>δ(p)</td><td>worth today of money spent over period p</td><td>{@link Horizon#discountFactor}</td></tr>
 *   <tr><td>L</td><td>periods in use</td><td>{@link #periods()}</td></tr>
 *   <tr><td>k</td><td>of them inside the horizon</td><td>min(L, periods left)</td></tr>
 *   <tr><td>level</td><td>PV(payments that count) / Σ δ over the k periods</td><td>{@link #levelCost}</td></tr>
 * </table>
 *
 * @param supplier seller
 * @param pool where the chips go
 * @param flexible whether chips can be given back after each period; otherwise they stay for {@code periods}
 * @param lead periods from order to use
 * @param periods periods in use, at least 1
 * @param contract as plans name it
 * @param step of a price by volume, from 0; 0 where there is one price
 * @param price USD for one chip-hour, or for one chip where chips are bought, after the discount
 * @param levelCost USD for one chip for one period in use, by the period of the order (flexible: by the period); NaN
 *     where nothing would come into use
 * @param onSale USD that one chip costs in the period it is sold at the start of, by the period of its order and that of its
 *     sale; NaN where it cannot be sold. Empty where chips of the offer are never sold
 */
@SuppressWarnings("ArrayRecordComponent") // a table by period, never compared
public record Terms(
        String supplier,
        SiteOffer offer,
        String contract,
        int step,
        Pool pool,
        boolean flexible,
        int lead,
        int periods,
        double price,
        double[] levelCost,
        double[][] onSale) {

    /** Terms of chips that are never sold. */
    Terms(
            String supplier,
            SiteOffer offer,
            String contract,
            int step,
            Pool pool,
            boolean flexible,
            int lead,
            int periods,
            double price,
            double[] levelCost) {
        this(supplier, offer, contract, step, pool, flexible, lead, periods, price, levelCost, new double[0][]);
    }

    /** The same with chips that can be sold. */
    Terms resold(double[] level, double[][] sale) {
        return new Terms(supplier, offer, contract, step, pool, flexible, lead, periods, price, level, sale);
    }

    /** Whether chips ordered in one period can be sold at the start of another. */
    public boolean canBeSold(int ordered, int period) {
        return onSale.length > 0 && !Double.isNaN(onSale[ordered][period]);
    }

    /** Chips that are taken together. */
    public int block() {
        return offer.block();
    }

    public String id() {
        String place = supplier + "/" + offer.site() + "/" + pool.chip() + "/" + contract;
        return step == 0 ? place : place + "/" + step;
    }

    /** Whether the chips are bought, so that their space is one's own to pay. */
    public boolean bought() {
        return offer.offer().contract() instanceof Contract.Purchase;
    }

    /** The first period in which chips ordered in a period are in use. */
    public int firstInUse(int ordered) {
        return ordered + lead;
    }

    /** Whether chips ordered in one period are in use in another. */
    public boolean inUse(int ordered, int period) {
        return period >= ordered + lead && period < ordered + lead + periods;
    }

    /** The terms of an offer. */
    static Terms of(
            String supplier, SiteOffer siteOffer, Site site, double price, Horizon horizon, Assumptions assumptions) {
        Contract contract = siteOffer.offer().contract();
        String chip = siteOffer.offer().chip();
        int months = horizon.monthsPerPeriod();
        double hours = horizon.periodHours();
        double[] level = new double[horizon.periods()];
        return switch (contract) {
            case Contract.OnDemand() -> {
                java.util.Arrays.fill(level, price * hours);
                yield new Terms(
                        supplier,
                        siteOffer,
                        contract.id(),
                        0,
                        new Pool(site.id(), supplier, chip, true),
                        true,
                        0,
                        1,
                        price,
                        level);
            }
            case Contract.Spot() -> {
                java.util.Arrays.fill(level, price * hours * assumptions.spotAvailability());
                yield new Terms(
                        supplier,
                        siteOffer,
                        contract.id(),
                        0,
                        new Pool(site.id(), supplier, chip, false),
                        true,
                        0,
                        1,
                        price,
                        level);
            }
            case Contract.Reserved(int termMonths, double upfront) -> {
                int periods = Math.max(1, Math.ceilDiv(termMonths, months));
                for (int p = 0; p < level.length; p++) {
                    level[p] = reserved(
                            price * hours, upfront, p, periods, horizon, assumptions.commitmentValueBeyondHorizon());
                }
                Pool pool = new Pool(site.id(), supplier, chip, true);
                yield new Terms(supplier, siteOffer, contract.id(), 0, pool, false, 0, periods, price, level);
            }
            case Contract.Purchase(int lifeMonths, int leadMonths) -> {
                int lead = Math.ceilDiv(leadMonths, months);
                int periods = Math.max(1, lifeMonths / months);
                for (int p = 0; p < level.length; p++) {
                    level[p] = purchased(price, p + lead, periods, horizon, assumptions.purchaseValueBeyondHorizon());
                }
                // Bought chips belong to whoever runs the site: losing their seller later loses no chip.
                Pool pool = new Pool(site.id(), site.supplier(), chip, true);
                yield new Terms(supplier, siteOffer, contract.id(), 0, pool, false, lead, periods, price, level);
            }
        };
    }

    private static double reserved(
            double perPeriod, double upfront, int start, int periods, Horizon horizon, double tailValue) {
        double startsAt = Math.pow(1 + horizon.discountRate().value(), -start * horizon.monthsPerPeriod() / 12.0);
        double worth = 0;
        double inside = 0;
        for (int i = 0; i < periods; i++) {
            boolean tail = start + i >= horizon.periods();
            double counted = tail ? 1 - tailValue : 1;
            double factor = horizon.discountFactor(start + i);
            worth += counted * perPeriod * (upfront * startsAt + (1 - upfront) * factor);
            inside += tail ? 0 : factor;
        }
        return worth / inside;
    }

    /** The terms of a programme's chips at a site: one for each step of its price, none in a future in which it fails. */
    static List<Terms> of(Programme programme, Site site, Horizon horizon, Assumptions assumptions) {
        List<Terms> terms = new ArrayList<>();
        if (programme.fails() || programme.decision() == Programme.Decision.NEVER) {
            return terms;
        }
        int lead = Math.ceilDiv(programme.leadMonths(), horizon.monthsPerPeriod());
        int life = Math.max(1, programme.usefulLifeMonths() / horizon.monthsPerPeriod());
        int first = programme.earliest() + programme.periodsToSilicon(horizon);
        List<Programme.Step> steps = programme.steps();
        for (int step = 0; step < steps.size(); step++) {
            double price = steps.get(step).usdPerChip();
            double[] level = new double[horizon.periods()];
            for (int p = 0; p < level.length; p++) {
                level[p] = p < first
                        ? Double.NaN
                        : purchased(price, p + lead, life, horizon, assumptions.purchaseValueBeyondHorizon());
            }
            Offer offer = new Offer(
                    programme.supplier() + "/" + site.id() + "/" + programme.chip() + "/" + programme.contract(),
                    programme.supplier(),
                    site.region(),
                    programme.chip(),
                    null,
                    programme.block(),
                    new Contract.Purchase(programme.usefulLifeMonths(), programme.leadMonths()),
                    null,
                    Figure.of(price, "stated in the scenario", "scenario"),
                    null);
            terms.add(new Terms(
                    programme.supplier(),
                    new SiteOffer(site.id(), offer, programme.block()),
                    programme.contract(),
                    step,
                    new Pool(site.id(), site.supplier(), programme.chip(), true),
                    false,
                    lead,
                    life,
                    price,
                    level));
        }
        return terms;
    }

    static double purchased(double price, int delivered, int periods, Horizon horizon, double tailValue) {
        if (delivered >= horizon.periods()) {
            return Double.NaN;
        }
        double onDelivery =
                price * Math.pow(1 + horizon.discountRate().value(), -delivered * horizon.monthsPerPeriod() / 12.0);
        double inside = 0;
        double tail = 0;
        for (int i = 0; i < periods; i++) {
            double factor = horizon.discountFactor(delivered + i);
            if (delivered + i < horizon.periods()) {
                inside += factor;
            } else {
                tail += factor;
            }
        }
        double annuity = onDelivery / (inside + tail);
        return annuity * (inside + (1 - tailValue) * tail) / inside;
    }
}
