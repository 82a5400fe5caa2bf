package io.ampacity.planner.verify;

import io.ampacity.facts.Contract;
import io.ampacity.facts.Figure;
import io.ampacity.planner.coefficients.Assumptions;
import io.ampacity.scenario.Horizon;
import io.ampacity.scenario.OwnedFleet;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.Plan.Capacity;
import io.ampacity.scenario.Programme;
import io.ampacity.scenario.Scenario;
import io.ampacity.scenario.Site;
import io.ampacity.scenario.Supplier;
import io.ampacity.scenario.Supplier.Quota;
import io.ampacity.scenario.Supplier.SiteOffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks the capacity lines: that each can be had, in its blocks, for its term, within quotas, at its cost. */
final class CapacityCheck {

    private final Scenario scenario;
    private final Plan plan;
    private final Assumptions assumptions;
    private final Findings findings;
    private final double[] paidOnDelivery;

    CapacityCheck(Scenario scenario, Plan plan, Assumptions assumptions, Findings findings) {
        this.scenario = scenario;
        this.plan = plan;
        this.assumptions = assumptions;
        this.findings = findings;
        this.paidOnDelivery = new double[scenario.horizon().periods()];
    }

    /** What is paid for chips that come in a period; those of programmes apart. */
    double paidOnDelivery(int period) {
        return paidOnDelivery[period];
    }

    private record Line(String site, String supplier, String chip, String contract) {}

    void run() {
        Map<Line, Map<Integer, Capacity>> lines = new HashMap<>();
        for (Capacity line : plan.capacity()) {
            String where = where(line);
            if (line.count() < 0
                    || line.added() < 0
                    || line.period() < 0
                    || line.period() >= scenario.horizon().periods()) {
                findings.add(where, line.period(), "count, added or period is out of range");
                continue;
            }
            Line key = new Line(line.site(), line.supplier(), line.chip(), line.contract());
            if (lines.computeIfAbsent(key, k -> new HashMap<>()).put(line.period(), line) != null) {
                findings.add(where, line.period(), "is listed twice");
            }
        }
        lines.forEach(this::check);
        new SalesCheck(scenario, plan, findings).run();
        quotas();
    }

    private static String where(Capacity line) {
        return "capacity." + line.site() + "/" + line.supplier() + "/" + line.chip() + "/" + line.contract();
    }

    private void check(Line key, Map<Integer, Capacity> byPeriod) {
        Capacity any = byPeriod.values().iterator().next();
        Site site = scenario.sites().stream()
                .filter(s -> s.id().equals(key.site))
                .findFirst()
                .orElse(null);
        if (site == null) {
            findings.add(where(any), null, "names a site that is not in the scenario");
            return;
        }
        if (key.contract.equals("owned")) {
            byPeriod.values().forEach(line -> owned(line, site));
            return;
        }
        if (Programme.idOf(key.contract) != null) {
            return; // see ProjectsCheck
        }
        SiteOffer offer = offer(key);
        if (offer == null) {
            findings.add(where(any), null, "is offered by nobody in the scenario");
            return;
        }
        double discount = scenario.suppliers().stream()
                .filter(s -> s.id().equals(key.supplier))
                .findFirst()
                .orElseThrow()
                .discount()
                .value();
        for (int p = 0; p < scenario.horizon().periods(); p++) {
            Capacity line = byPeriod.get(p);
            int count = line == null ? 0 : line.count();
            int added = line == null ? 0 : line.added();
            String where = where(any);
            if (count % offer.block() != 0 || added % offer.block() != 0) {
                findings.add(where, p, "is not in whole blocks of " + offer.block());
            }
            Held held = held(offer, byPeriod, p, site, 1 - discount);
            if (offer.offer().contract() instanceof Contract.Purchase && held.price > 0) {
                held = resold(key, offer, byPeriod, p, site, held);
            }
            findings.same(where, p, "count", count, held.chips);
            findings.same(where, p, "cost in USD", line == null ? 0 : line.costUsd(), held.usd);
        }
    }

    private @Nullable SiteOffer offer(Line key) {
        for (Supplier supplier : scenario.suppliers()) {
            for (SiteOffer offer : supplier.offers()) {
                if (supplier.id().equals(key.supplier)
                        && offer.site().equals(key.site)
                        && offer.offer().chip().equals(key.chip)
                        && offer.offer().contract().id().equals(key.contract)) {
                    return offer;
                }
            }
        }
        return null;
    }

    private void owned(Capacity line, Site site) {
        int chips = 0;
        for (OwnedFleet fleet : scenario.fleet()) {
            Integer until = fleet.untilPeriod();
            if (fleet.site().equals(line.site())
                    && fleet.chip().equals(line.chip())
                    && line.period() >= fleet.fromPeriod()
                    && (until == null || line.period() < until)) {
                chips += fleet.chips();
            }
        }
        findings.same(where(line), line.period(), "count of own chips", line.count(), chips);
        findings.same(where(line), line.period(), "own chips added", line.added(), 0);
        findings.same(where(line), line.period(), "cost in USD", line.costUsd(), chips * space(site));
    }

    private double space(Site site) {
        return site.spacePerChip() == null
                ? 0
                : site.spacePerChip().usdPerHour() * scenario.horizon().periodHours();
    }

    private record Held(double chips, double usd, double price) {
        Held(double chips, double usd) {
            this(chips, usd, 0);
        }
    }

    /** What a line of chips that can be sold must state: by their cash, spread over their use. */
    private Held resold(Line key, SiteOffer offer, Map<Integer, Capacity> lines, int period, Site site, Held kept) {
        if (scenario.resale().curves().get(key.chip) == null
                || !(offer.offer().contract() instanceof Contract.Purchase(int life, int lead))) {
            return kept;
        }
        SalesCheck sales = new SalesCheck(scenario, plan, findings);
        int months = scenario.horizon().monthsPerPeriod();
        int delay = (int) Math.ceil(lead / (double) months);
        int term = Math.max(1, (int) Math.floor(life / (double) months));
        double chips = 0;
        double usd = 0;
        for (int order = 0; order + delay <= period; order++) {
            Capacity ordered = lines.get(order);
            int added = ordered == null ? 0 : ordered.added();
            int delivered = order + delay;
            int end = Math.min(scenario.horizon().periods(), delivered + term);
            if (added > 0 && period < end) {
                int soldBefore = sales.sold(key.site, key.supplier, key.chip, order, delivered + 1, period - 1);
                int soldNow = sales.sold(key.site, key.supplier, key.chip, order, period, period);
                double level = level(key.chip, kept.price, delivered, end);
                int left = added - soldBefore - soldNow;
                chips += left;
                usd += left * (level + space(site));
                if (soldNow > 0 && period > delivered) {
                    double owed = net(key.chip, kept.price, delivered, period);
                    for (int i = delivered; i < period; i++) {
                        owed -= level * worth(i + 0.5);
                    }
                    usd += soldNow * owed / worth(period + 0.5);
                }
            }
        }
        return new Held(chips, usd);
    }

    private double level(String chip, double price, int delivered, int end) {
        double inside = 0;
        for (int i = delivered; i < end; i++) {
            inside += worth(i + 0.5);
        }
        return net(chip, price, delivered, end) / inside;
    }

    private double net(String chip, double price, int delivered, int sold) {
        double age = (sold - delivered) * (double) scenario.horizon().monthsPerPeriod();
        return price * (worth(delivered) - SalesCheck.share(scenario, chip, age) * worth(sold));
    }

    /** What a line must state in a period, given what it adds in each. */
    private Held held(SiteOffer offer, Map<Integer, Capacity> lines, int period, Site site, double afterDiscount) {
        Horizon horizon = scenario.horizon();
        Contract contract = offer.offer().contract();
        Figure price = contract instanceof Contract.Purchase
                ? offer.offer().purchasePrice()
                : offer.offer().pricePerChipHour();
        if (price == null) {
            findings.add("capacity." + offer.id(), period, "has no price and cannot be taken");
            return new Held(0, 0);
        }
        double usd = price.value() * afterDiscount;
        double perPeriod = usd * horizon.periodHours();
        Capacity now = lines.get(period);
        Capacity before = lines.get(period - 1);
        int count = now == null ? 0 : now.count();
        int previous = before == null ? 0 : before.count();
        return switch (contract) {
            case Contract.OnDemand() -> {
                added(offer, period, now, Math.max(0, count - previous));
                yield new Held(count, count * perPeriod);
            }
            case Contract.Spot() -> {
                added(offer, period, now, Math.max(0, count - previous));
                yield new Held(count, count * perPeriod * assumptions.spotAvailability());
            }
            case Contract.Reserved(int termMonths, double upfront) -> {
                int term = Math.max(1, (int) Math.ceil(termMonths / (double) horizon.monthsPerPeriod()));
                double chips = 0;
                double cost = 0;
                for (int start = Math.max(0, period - term + 1); start <= period; start++) {
                    int added = lines.containsKey(start) ? lines.get(start).added() : 0;
                    chips += added;
                    cost += added == 0 ? 0 : added * reservedLevel(perPeriod, upfront, start, term);
                }
                yield new Held(chips, cost);
            }
            case Contract.Purchase(int life, int lead) -> {
                int delay = (int) Math.ceil(lead / (double) horizon.monthsPerPeriod());
                int term = Math.max(1, (int) Math.floor(life / (double) horizon.monthsPerPeriod()));
                if (now != null && now.added() > 0 && period + delay >= horizon.periods()) {
                    findings.add("capacity." + offer.id(), period, "is ordered too late to arrive within the horizon");
                }
                double chips = 0;
                double cost = 0;
                for (int order = 0; order + delay <= period; order++) {
                    int added = lines.containsKey(order) ? lines.get(order).added() : 0;
                    paidOnDelivery[period] += order + delay == period ? added * usd : 0;
                    if (added > 0 && period < order + delay + term) {
                        chips += added;
                        cost += added * (purchaseLevel(usd, order + delay, term) + space(site));
                    }
                }
                yield new Held(chips, cost, usd);
            }
        };
    }

    private void added(SiteOffer offer, int period, @Nullable Capacity now, int expected) {
        if (now != null) {
            findings.same("capacity." + offer.id(), period, "added", now.added(), expected);
        }
    }

    /** Level cost of a reservation by present values, computed in months since the start of the horizon. */
    private double reservedLevel(double perPeriod, double upfront, int start, int term) {
        double payments = 0;
        double inside = 0;
        for (int i = start; i < start + term; i++) {
            boolean counted = i < scenario.horizon().periods();
            double weight = counted ? 1 : 1 - assumptions.commitmentValueBeyondHorizon();
            payments += weight * perPeriod * (upfront * worth(start) + (1 - upfront) * worth(i + 0.5));
            inside += counted ? worth(i + 0.5) : 0;
        }
        return payments / inside;
    }

    private double purchaseLevel(double price, int delivered, int term) {
        double whole = 0;
        double counted = 0;
        double inside = 0;
        for (int i = delivered; i < delivered + term; i++) {
            double worth = worth(i + 0.5);
            boolean within = i < scenario.horizon().periods();
            whole += worth;
            inside += within ? worth : 0;
            counted += worth * (within ? 1 : 1 - assumptions.purchaseValueBeyondHorizon());
        }
        return price * worth(delivered) / whole * counted / inside;
    }

    /** What a dollar at a time, in periods since the start, is worth at the start. */
    private double worth(double periods) {
        double years = periods * scenario.horizon().monthsPerPeriod() / 12;
        return Math.exp(-years * Math.log1p(scenario.horizon().discountRate().value()));
    }

    private void quotas() {
        for (Supplier supplier : scenario.suppliers()) {
            for (int p = 0; p < scenario.horizon().periods(); p++) {
                for (Quota quota : supplier.quotas()) {
                    if (inForce(supplier.quotas(), quota, p)) {
                        quota(supplier, quota, p);
                    }
                }
            }
        }
    }

    private static boolean inForce(List<Quota> all, Quota quota, int period) {
        if (quota.fromPeriod() > period) {
            return false;
        }
        Set<Integer> later = new HashSet<>();
        for (Quota other : all) {
            if (java.util.Objects.equals(other.chip(), quota.chip())
                    && java.util.Objects.equals(other.site(), quota.site())
                    && other.fromPeriod() <= period
                    && other.fromPeriod() > quota.fromPeriod()) {
                later.add(other.fromPeriod());
            }
        }
        return later.isEmpty();
    }

    private void quota(Supplier supplier, Quota quota, int period) {
        double chips = 0;
        for (Capacity line : plan.capacity()) {
            if (line.period() == period
                    && line.supplier().equals(supplier.id())
                    && !line.contract().equals("owned")
                    && (quota.chip() == null || quota.chip().equals(line.chip()))
                    && (quota.site() == null || quota.site().equals(line.site()))) {
                chips += line.count();
            }
        }
        String which = (quota.chip() == null ? "*" : quota.chip()) + "," + (quota.site() == null ? "*" : quota.site());
        findings.atMost(
                "suppliers." + supplier.id() + ".quotas[" + which + "]", period, "chips held", chips, quota.chips());
    }
}
