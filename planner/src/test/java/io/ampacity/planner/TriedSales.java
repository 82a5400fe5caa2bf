package io.ampacity.planner;

import io.ampacity.facts.Contract;
import io.ampacity.scenario.Horizon;
import io.ampacity.scenario.Resale.Point;
import io.ampacity.scenario.Scenario;
import io.ampacity.scenario.Supplier.SiteOffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Tries every sale of bought chips in the brute force. */
final class TriedSales {

    private final Scenario scenario;
    private final Horizon horizon;
    private final int periods;

    /** Chips of one order, with what one costs and the first and last period it can be in use. */
    private record Cohort(int offer, SiteOffer siteOffer, int chips, double price, int from, int to) {}

    TriedSales(Scenario scenario) {
        this.scenario = scenario;
        this.horizon = scenario.horizon();
        this.periods = horizon.periods();
    }

    boolean isSold(SiteOffer offer) {
        return offer.offer().contract() instanceof Contract.Purchase
                && scenario.resale().curves().containsKey(offer.offer().chip());
    }

    /** Runs something for every way to sell what was bought, with what is then held and what it costs. */
    void each(
            List<SiteOffer> offers,
            double[] discounts,
            int[][] taken,
            double[][] held,
            double[][] cost,
            Runnable then) {
        List<Cohort> cohorts = new ArrayList<>();
        for (int o = 0; o < offers.size(); o++) {
            SiteOffer offer = offers.get(o);
            if (isSold(offer) && offer.offer().contract() instanceof Contract.Purchase(int life, int lead)) {
                Arrays.fill(held[o], 0);
                Arrays.fill(cost[o], 0);
                int months = horizon.monthsPerPeriod();
                double price =
                        Objects.requireNonNull(offer.offer().purchasePrice()).value() * discounts[o];
                for (int p = 0; p < periods; p++) {
                    int from = p + (lead + months - 1) / months;
                    if (taken[o][p] > 0 && from < periods) {
                        int to = Math.min(periods, from + Math.max(1, life / months));
                        cohorts.add(new Cohort(o, offer, taken[o][p], price, from, to));
                    }
                }
            }
        }
        choose(cohorts, 0, held, cost, then);
    }

    private void choose(List<Cohort> cohorts, int index, double[][] held, double[][] cost, Runnable then) {
        if (index == cohorts.size()) {
            then.run();
        } else {
            Cohort cohort = cohorts.get(index);
            sell(cohort, cohort.from + 1, cohort.chips, held, cost, () -> choose(cohorts, index + 1, held, cost, then));
        }
    }

    /** Tries every number of chips sold in a period and after; those that are left are kept to the end. */
    private void sell(Cohort cohort, int period, int left, double[][] held, double[][] cost, Runnable then) {
        if (period >= cohort.to) {
            add(cohort, cohort.to, left, 1, held, cost);
            then.run();
            add(cohort, cohort.to, left, -1, held, cost);
            return;
        }
        for (int chips = 0; chips <= left; chips += cohort.siteOffer.block()) {
            add(cohort, period, chips, 1, held, cost);
            sell(cohort, period + 1, left - chips, held, cost, then);
            add(cohort, period, chips, -1, held, cost);
        }
    }

    private void add(Cohort cohort, int sold, int chips, int sign, double[][] held, double[][] cost) {
        double units = 0;
        for (int i = cohort.from; i < cohort.to; i++) {
            units += worth(i + 0.5);
        }
        double kept = cohort.price * (worth(cohort.from) - share(cohort, cohort.to) * worth(cohort.to)) / units;
        double paid = 0;
        var space = scenario.sites().stream()
                .filter(site -> site.id().equals(cohort.siteOffer.site()))
                .findFirst()
                .orElseThrow()
                .spacePerChip();
        for (int i = cohort.from; i < sold; i++) {
            held[cohort.offer][i] += sign * chips;
            cost[cohort.offer][i] += sign * chips * kept;
            cost[cohort.offer][i] += space == null ? 0 : sign * chips * space.usdPerHour() * horizon.periodHours();
            paid += kept * worth(i + 0.5);
        }
        if (sold < cohort.to) {
            double net = cohort.price * (worth(cohort.from) - share(cohort, sold) * worth(sold));
            cost[cohort.offer][sold] += sign * chips * (net - paid) / worth(sold + 0.5);
        }
    }

    private double worth(double periodsFromStart) {
        return Math.pow(1 + horizon.discountRate().value(), -periodsFromStart * horizon.monthsPerPeriod() / 12);
    }

    private double share(Cohort cohort, int sold) {
        int months = (sold - cohort.from) * horizon.monthsPerPeriod();
        List<Point> points = Objects.requireNonNull(
                scenario.resale().curves().get(cohort.siteOffer.offer().chip()));
        Point before = new Point(0, 1);
        for (Point point : points) {
            if (point.ageMonths() >= months) {
                double part = (months - before.ageMonths()) / (double) (point.ageMonths() - before.ageMonths());
                return before.share() + part * (point.share() - before.share());
            }
            before = point;
        }
        return before.share();
    }
}
