package io.ampacity.planner.verify;

import io.ampacity.facts.Chip;
import io.ampacity.facts.Making;
import io.ampacity.facts.Precision;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.Plan.Capacity;
import io.ampacity.scenario.Scenario;
import io.ampacity.scenario.ShareCaps;
import io.ampacity.scenario.ShareCaps.PartCap;
import io.ampacity.scenario.ShareCaps.ShareOf;
import io.ampacity.scenario.Site;
import io.ampacity.scenario.Supplier;
import java.util.Map;
import java.util.TreeMap;

/** Checks what shares of money and compute hang on one supplier or on one maker of a part of chips. */
final class SharesCheck {

    private final Scenario scenario;
    private final Plan plan;
    private final Findings findings;

    SharesCheck(Scenario scenario, Plan plan, Findings findings) {
        this.scenario = scenario;
        this.plan = plan;
        this.findings = findings;
    }

    /** Checks them, given all money spent. */
    void run(double spent) {
        ShareCaps caps = scenario.policy().shares();
        for (Supplier supplier : scenario.suppliers()) {
            if (!supplier.own()) {
                supplier(supplier.id(), caps, spent);
            }
        }
        for (PartCap cap : caps.parts()) {
            part(cap, spent);
        }
    }

    private void supplier(String id, ShareCaps caps, double spent) {
        double paid = 0;
        double rented = 0;
        double all = 0;
        for (Capacity line : plan.capacity()) {
            double compute = caps.supplierCompute() == null ? 0 : compute(line);
            all += compute;
            if (line.supplier().equals(id) && !line.contract().equals("owned")) {
                paid += price(line);
                rented += line.isBought() ? 0 : compute;
            }
        }
        if (caps.supplierSpending() != null) {
            findings.atMost(
                    "policy.supplier-share-cap[" + id + "]", null, "USD paid", paid, caps.supplierSpending() * spent);
        }
        if (caps.supplierCompute() != null) {
            findings.atMost(
                    "policy.supplier-compute-cap[" + id + "]",
                    null,
                    "compute rented",
                    rented,
                    caps.supplierCompute() * all);
        }
    }

    private void part(PartCap cap, double spent) {
        Map<String, Double> byMaker = new TreeMap<>();
        double whole = cap.of() == ShareOf.SPENDING ? spent : 0;
        for (Capacity line : plan.capacity()) {
            double amount = cap.of() == ShareOf.SPENDING ? price(line) : compute(line);
            whole += cap.of() == ShareOf.SPENDING ? 0 : amount;
            Chip chip = scenario.catalogue().chips().get(line.chip());
            Making making = chip == null ? null : chip.parts().get(cap.part());
            if (making == null) {
                findings.add(cap.path("?"), line.period(), "the maker for " + line.chip() + " is unknown");
            } else if (making.makers().size() == 1) {
                byMaker.merge(making.makers().getFirst(), amount, Double::sum);
            }
        }
        double all = whole;
        byMaker.forEach((maker, amount) -> {
            if (cap.maker() == null || cap.maker().equals(maker)) {
                findings.atMost(cap.path(maker), null, cap.of().word(), amount, cap.cap() * all);
            }
        });
    }

    private double compute(Capacity line) {
        Chip chip = scenario.catalogue().chips().get(line.chip());
        var peak = chip == null ? null : chip.peakFlops().get(Precision.BF16);
        if (peak == null) {
            findings.add("policy.supplier-compute-cap", line.period(), "the peak of " + line.chip() + " is unknown");
            return 0;
        }
        return line.count() * peak.value();
    }

    /** What is paid for the chips of a line; nothing for those owned before. */
    private double price(Capacity line) {
        return line.contract().equals("owned") ? 0 : line.costUsd() - (line.isBought() ? space(scenario, line) : 0);
    }

    /** Rent of space, staff and repair for the chips of a line, where it is known. */
    static double space(Scenario scenario, Capacity line) {
        for (Site site : scenario.sites()) {
            if (site.id().equals(line.site()) && site.spacePerChip() != null) {
                return line.count()
                        * site.spacePerChip().usdPerHour()
                        * scenario.horizon().periodHours();
            }
        }
        return 0;
    }
}
