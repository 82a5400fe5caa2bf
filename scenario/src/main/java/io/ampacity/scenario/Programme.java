package io.ampacity.scenario;

import io.ampacity.units.Money;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A chip of one's own, designed alone, with a partner, or bought with the firm that makes it. It may be started once or not
 * at all; what it costs until its first silicon is spent whatever comes of it.
 *
 * <p>Money of a period falls in its middle. The price that is paid at the start counts net of what the firm is still worth
 * at the end of the horizon.
 *
 * @param chip catalogue id of the chip that comes of it
 * @param supplier who is paid for the chips: the partner, or one's own organisation
 * @param sites own sites where its chips may stand
 * @param earliest first period it can start in, 0-based
 * @param latest last period it can start in, 0-based
 * @param decision whether the plan is free to start it
 * @param upFront paid at the start, such as the price of a chip maker
 * @param valueAtEnd share of the up-front price that is still there at the end of the horizon, 0 to 1
 * @param engineering non-recurring cost, spread evenly from the start to first silicon
 * @param tapeOuts how many are needed before chips can be sold
 * @param tapeOutCost of each, paid in the period before first silicon
 * @param runningPerYear cost of the team, from the start to the end of the horizon
 * @param monthsToSilicon from the start to the first chips that can be ordered
 * @param ramp most chips made, by time since first silicon; ordered by it
 * @param yield share of the chips made that can be used, above 0 to 1
 * @param tiers price of a chip made by how many were made before, the first from 0 on; ordered by volume
 * @param block chips that are ordered together
 * @param usefulLifeMonths months over which a chip is recovered
 * @param leadMonths from the order of a chip to its service
 * @param fails whether no chip ever comes of it: it ends at its planned first silicon
 */
public record Programme(
        String id,
        Kind kind,
        String chip,
        String supplier,
        List<String> sites,
        int earliest,
        int latest,
        Decision decision,
        Money upFront,
        double valueAtEnd,
        Money engineering,
        int tapeOuts,
        Money tapeOutCost,
        Money runningPerYear,
        int monthsToSilicon,
        List<Ramp> ramp,
        double yield,
        List<Tier> tiers,
        int block,
        int usefulLifeMonths,
        int leadMonths,
        boolean fails) {

    public Programme {
        sites = List.copyOf(sites);
        ramp = List.copyOf(ramp);
        tiers = List.copyOf(tiers);
        if (ramp.isEmpty() || tiers.isEmpty() || tiers.getFirst().from() != 0) {
            throw new IllegalArgumentException(
                    "programme " + id + " needs a ramp and a price, the first price from the first chip on");
        }
    }

    /** How one comes to the chip. */
    public enum Kind {
        OWN,
        PARTNER,
        ACQUISITION
    }

    /** Whether the plan is free to choose. */
    public enum Decision {
        FREE,
        MUST,
        NEVER
    }

    /** Most chips made a month from a time after first silicon on. */
    public record Ramp(int afterMonths, double chipsPerMonth) {}

    /** Price of a chip made, from a volume of chips made on. */
    public record Tier(double from, Money price) {}

    /** The same with another outcome: nothing comes of it, or its chips are delivered later. */
    public Programme withOutcome(boolean failing, int delayMonths) {
        return new Programme(
                id,
                kind,
                chip,
                supplier,
                sites,
                earliest,
                latest,
                decision,
                upFront,
                valueAtEnd,
                engineering,
                tapeOuts,
                tapeOutCost,
                runningPerYear,
                monthsToSilicon,
                ramp,
                yield,
                tiers,
                block,
                usefulLifeMonths,
                leadMonths + delayMonths,
                failing);
    }

    /** The same with the plan free to start it or not, or otherwise. */
    public Programme withDecision(Decision other) {
        return new Programme(
                id,
                kind,
                chip,
                supplier,
                sites,
                earliest,
                latest,
                other,
                upFront,
                valueAtEnd,
                engineering,
                tapeOuts,
                tapeOutCost,
                runningPerYear,
                monthsToSilicon,
                ramp,
                yield,
                tiers,
                block,
                usefulLifeMonths,
                leadMonths,
                fails);
    }

    /** The same with every price multiplied. */
    public Programme priced(double factor) {
        return new Programme(
                id,
                kind,
                chip,
                supplier,
                sites,
                earliest,
                latest,
                decision,
                times(upFront, factor),
                valueAtEnd,
                times(engineering, factor),
                tapeOuts,
                times(tapeOutCost, factor),
                times(runningPerYear, factor),
                monthsToSilicon,
                ramp,
                yield,
                tiers.stream()
                        .map(tier -> new Tier(tier.from(), times(tier.price(), factor)))
                        .toList(),
                block,
                usefulLifeMonths,
                leadMonths,
                fails);
    }

    private static Money times(Money money, double factor) {
        return new Money(money.usd() * factor);
    }

    /** Where it stands in a scenario. */
    public String path() {
        return "programmes." + id;
    }

    /** Contract of its chips in a plan. */
    public String contract() {
        return Plan.Capacity.PROGRAMME + id;
    }

    /** Periods from the start to the first one in which chips can be ordered. */
    public int periodsToSilicon(Horizon horizon) {
        return Math.ceilDiv(monthsToSilicon, horizon.monthsPerPeriod());
    }

    /** What it costs in a period, chips apart, when it starts in another; nominal USD. */
    public double cost(Horizon horizon, int start, int period) {
        if (period < start) {
            return 0;
        }
        double usd = capital(horizon, start, period) + running(horizon, start, period);
        if (period == start) {
            double left = horizon.periods() - (start + 0.5);
            double end = Math.pow(1 + horizon.discountRate().value(), -left * horizon.monthsPerPeriod() / 12);
            usd -= upFront.usd() * valueAtEnd * end;
        }
        return usd;
    }

    /** What is paid in a period to develop it when it starts in another, in USD: up front, engineering, tape-outs. */
    public double capital(Horizon horizon, int start, int period) {
        int development = periodsToSilicon(horizon);
        int silicon = start + development;
        double usd = period == start ? upFront.usd() : 0;
        if (period >= start && period < silicon) {
            usd += engineering.usd() / development;
        } else if (development == 0 && period == start) {
            usd += engineering.usd();
        }
        return usd + (period == Math.max(start, silicon - 1) ? tapeOuts * tapeOutCost.usd() : 0);
    }

    /** What is paid in a period to run it when it starts in another, in USD. */
    public double running(Horizon horizon, int start, int period) {
        int silicon = start + periodsToSilicon(horizon);
        boolean runs = period >= start && (!fails || period < Math.max(silicon, start + 1));
        return runs ? runningPerYear.usd() * horizon.monthsPerPeriod() / 12 : 0;
    }

    /** Usable chips that can be ordered in a period when it starts in another, in whole blocks. */
    public int mostOrdered(Horizon horizon, int start, int period) {
        int since = (period - start - periodsToSilicon(horizon)) * horizon.monthsPerPeriod();
        double perMonth = 0;
        for (Ramp step : ramp) {
            perMonth = since >= step.afterMonths() ? step.chipsPerMonth() : perMonth;
        }
        double usable = since < 0 ? 0 : perMonth * horizon.monthsPerPeriod() * yield;
        double blocks = Math.floor(usable / block + 1e-9);
        return (int) Math.min(Integer.MAX_VALUE, blocks * block);
    }

    /** Usable chips a price holds for, in whole blocks, and what such a chip costs. */
    public record Step(double chips, double usdPerChip) {}

    /**
     * The prices as steps of usable chips: so many of the first step before the second begins. The last has no end. Steps
     * shorter than a block are left out.
     */
    public List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        double reached = 0;
        for (int i = 0; i < tiers.size(); i++) {
            boolean last = i == tiers.size() - 1;
            double end = last
                    ? Double.POSITIVE_INFINITY
                    : Math.floor(tiers.get(i + 1).from() * yield / block + 1e-9) * block;
            if (end > reached) {
                steps.add(new Step(end - reached, tiers.get(i).price().usd() / yield));
                reached = end;
            }
        }
        return steps;
    }

    /** The programme of a capacity line's contract; null when it is of none. */
    public static @Nullable String idOf(String contract) {
        return contract.startsWith(Plan.Capacity.PROGRAMME)
                ? contract.substring(Plan.Capacity.PROGRAMME.length())
                : null;
    }
}
