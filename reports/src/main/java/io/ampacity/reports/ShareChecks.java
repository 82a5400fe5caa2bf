package io.ampacity.reports;

import io.ampacity.facts.Chip;
import io.ampacity.facts.Making;
import io.ampacity.facts.Precision;
import io.ampacity.reports.paper.Block.Check;
import io.ampacity.reports.paper.Mark;
import io.ampacity.reports.paper.Numerals;
import io.ampacity.reports.paper.PlainText;
import io.ampacity.scenario.Plan.Capacity;
import io.ampacity.scenario.ShareCaps;
import io.ampacity.scenario.ShareCaps.PartCap;
import io.ampacity.scenario.ShareCaps.ShareOf;
import io.ampacity.scenario.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Shares of money and compute that hang on one supplier or on one maker of a part of chips. */
final class ShareChecks {

    /** Slack for sums of floating-point numbers. */
    private static final double TOLERANCE = 1e-6;

    private final PlanReading reading;
    private final List<Check> checks = new ArrayList<>();

    private ShareChecks(PlanReading reading) {
        this.reading = reading;
    }

    static List<Check> of(PlanReading reading) {
        ShareChecks checks = new ShareChecks(reading);
        ShareCaps caps = reading.scenario.policy().shares();
        Double spending = caps.supplierSpending();
        if (spending != null) {
            checks.hold(
                    "No supplier takes more than " + Numerals.asked(spending) + " of the money",
                    "no money goes to a supplier",
                    spending,
                    reading.spentUsd(),
                    checks.sums(line -> checks.isOurs(line) ? null : line.supplier(), checks::paid),
                    reading::supplierName);
        }
        Double compute = caps.supplierCompute();
        if (compute != null) {
            checks.hold(
                    "No supplier rents out more than " + Numerals.asked(compute) + " of all compute",
                    "nothing is rented",
                    compute,
                    checks.compute(),
                    checks.sums(
                            line -> checks.isOurs(line) || line.isBought() ? null : line.supplier(), checks::compute),
                    reading::supplierName);
        }
        caps.parts().forEach(checks::part);
        return List.copyOf(checks.checks);
    }

    private void part(PartCap cap) {
        ToDoubleFunction<Capacity> amount = cap.of() == ShareOf.SPENDING ? this::paid : this::compute;
        Function<Capacity, @Nullable String> maker = line -> {
            Chip chip = reading.scenario.catalogue().chips().get(line.chip());
            Making making = chip == null ? null : chip.parts().get(cap.part());
            String only = making == null ? null : making.onlyMaker();
            return cap.maker() == null || cap.maker().equals(only) ? only : null;
        };
        hold(
                "No more than " + Numerals.asked(cap.cap()) + " of " + cap.of().word() + " rests on "
                        + (cap.maker() == null ? "one maker of " : PlainText.name(cap.maker()) + " for ")
                        + cap.part().id(),
                "nothing rests on one alone",
                cap.cap(),
                cap.of() == ShareOf.SPENDING ? reading.spentUsd() : compute(),
                sums(maker, amount),
                PlainText::name);
    }

    private Map<String, Double> sums(Function<Capacity, @Nullable String> party, ToDoubleFunction<Capacity> amount) {
        Map<String, Double> sums = new TreeMap<>();
        for (Capacity line : reading.plan.capacity()) {
            String name = party.apply(line);
            if (name != null) {
                sums.merge(name, amount.applyAsDouble(line), Double::sum);
            }
        }
        return sums;
    }

    private void hold(
            String rule,
            String nothing,
            double cap,
            double whole,
            Map<String, Double> parts,
            Function<String, String> name) {
        String largest = "";
        double most = 0;
        for (Map.Entry<String, Double> one : parts.entrySet()) {
            if (one.getValue() > most) {
                most = one.getValue();
                largest = one.getKey();
            }
        }
        if (whole > 0) {
            String detail =
                    most == 0 ? nothing : "largest is " + name.apply(largest) + " with " + Numerals.share(most / whole);
            checks.add(new Check(most / whole <= cap + TOLERANCE ? Mark.MET : Mark.BROKEN, rule, detail));
        }
    }

    private boolean isOurs(Capacity line) {
        return reading.isOwn(line.supplier()) || line.contract().equals("owned");
    }

    private double compute() {
        return reading.plan.capacity().stream().mapToDouble(this::compute).sum();
    }

    /** Chips of a line by their dense BF16 peak; the reader has seen to it that it is known. */
    private double compute(Capacity line) {
        Chip chip = reading.scenario.catalogue().chips().get(line.chip());
        var peak = chip == null ? null : chip.peakFlops().get(Precision.BF16);
        return peak == null ? 0 : line.count() * peak.value();
    }

    /** Space for bought chips is part of their cost and is paid to nobody who sold them. */
    private double paid(Capacity line) {
        if (line.contract().equals("owned")) {
            return 0;
        }
        Site site = reading.site(line.site());
        double space = line.isBought() && site != null && site.spacePerChip() != null
                ? line.count()
                        * site.spacePerChip().usdPerHour()
                        * reading.scenario.horizon().periodHours()
                : 0;
        return line.costUsd() - space;
    }
}
