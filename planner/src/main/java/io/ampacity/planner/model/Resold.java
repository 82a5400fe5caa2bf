package io.ampacity.planner.model;

import io.ampacity.facts.Contract;
import io.ampacity.scenario.Horizon;
import io.ampacity.scenario.Resale;

/**
 * The terms of a purchase whose chips can be sold.
 *
 * <p>With d for the delivery, e for the end of life or of the horizon, whichever comes first, v(t) for the worth today of a dollar at the
 * start of period t, and s(a) for the share of the price P at age a, chips that are kept to e cost the level amount
 *
 * <pre>
 *   level = P (v(d) − s(e−d) v(e)) / Σ δ(p) for d ≤ p &lt; e
 * </pre>
 *
 * in each period, and chips that are sold at the start of q cost in q what makes up the difference,
 *
 * <pre>
 *   onSale(q) = (P (v(d) − s(q−d) v(q)) − level Σ δ(p) for d ≤ p &lt; q) / δ(q)
 * </pre>
 */
final class Resold {

    private Resold() {}

    /** The terms with what the resale of their chips brings; as they are where their chips are not sold. */
    static Terms of(Terms terms, Resale resale, Horizon horizon) {
        String chip = terms.pool().chip();
        if (!(terms.offer().offer().contract() instanceof Contract.Purchase)
                || resale.share(chip, horizon.monthsPerPeriod()) == null) {
            return terms;
        }
        int periods = horizon.periods();
        double[] level = new double[periods];
        double[][] onSale = new double[periods][periods];
        for (int ordered = 0; ordered < periods; ordered++) {
            int delivered = terms.firstInUse(ordered);
            int end = Math.min(periods, delivered + terms.periods());
            java.util.Arrays.fill(onSale[ordered], Double.NaN);
            level[ordered] = delivered >= periods
                    ? Double.NaN
                    : net(terms, resale, horizon, delivered, end) / factors(horizon, delivered, end);
            for (int q = delivered + 1; q < end; q++) {
                double paid = level[ordered] * factors(horizon, delivered, q);
                onSale[ordered][q] = (net(terms, resale, horizon, delivered, q) - paid) / horizon.discountFactor(q);
            }
        }
        return terms.resold(level, onSale);
    }

    /** What a chip costs that comes at the start of one period and is sold at the start of another, in today's USD. */
    private static double net(Terms terms, Resale resale, Horizon horizon, int from, int to) {
        Double share = resale.share(terms.pool().chip(), (double) (to - from) * horizon.monthsPerPeriod());
        return terms.price() * (worth(horizon, from) - (share == null ? 0 : share) * worth(horizon, to));
    }

    private static double factors(Horizon horizon, int from, int to) {
        double sum = 0;
        for (int p = from; p < to; p++) {
            sum += horizon.discountFactor(p);
        }
        return sum;
    }

    private static double worth(Horizon horizon, int period) {
        return Math.pow(1 + horizon.discountRate().value(), -period * horizon.monthsPerPeriod() / 12.0);
    }
}
