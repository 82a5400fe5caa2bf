package io.ampacity.reports;

import io.ampacity.reports.paper.Block.Check;
import io.ampacity.reports.paper.Mark;
import io.ampacity.reports.paper.Numerals;
import io.ampacity.reports.paper.PlainText;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.Policy;
import io.ampacity.scenario.Site;
import io.ampacity.scenario.Supplier;
import io.ampacity.scenario.Workload;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Every rule of a scenario held against its plan: met or not, and by how much.
 *
 * <p>The sums are made here anew from the plan's rows, so that a plan that breaks a rule is shown to break it whatever
 * the planner believed.
 */
final class PolicyChecks {

    /** Slack for sums of floating-point numbers. */
    private static final double TOLERANCE = 1e-6;

    private final PlanReading reading;
    private final Plan plan;
    private final Policy policy;
    private final List<Check> checks = new ArrayList<>();

    private PolicyChecks(PlanReading reading) {
        this.reading = reading;
        this.plan = reading.plan;
        this.policy = reading.scenario.policy();
    }

    static List<Check> of(PlanReading reading) {
        PolicyChecks checks = new PolicyChecks(reading);
        checks.peaks();
        checks.survivals();
        checks.trainings();
        checks.checks.addAll(AmountChecks.of(reading));
        checks.dataClasses();
        checks.nearness();
        checks.quotas();
        return List.copyOf(checks.checks);
    }

    private void peaks() {
        double least = Double.POSITIVE_INFINITY;
        String where = "";
        for (Workload.Serving workload : reading.serving()) {
            for (int period = 0; period < reading.periods(); period++) {
                double peak = workload.traffic().peakRate(reading.scenario.horizon(), period);
                double carried = capacityWithout(workload.id(), period, Policy.LossOf.SITE, null);
                if (peak > 0 && carried / peak < least) {
                    least = carried / peak;
                    where = PlainText.name(workload.id()) + " in " + reading.periodName(period);
                }
            }
        }
        if (least < Double.POSITIVE_INFINITY) {
            check(
                    least >= 1 - TOLERANCE,
                    "Carries the busiest hour of every workload",
                    "tightest is " + where + " with room for " + Numerals.share(least) + " of its peak");
        }
    }

    private void survivals() {
        for (Policy.Survival survival : policy.survivals()) {
            if (survival.atOnce() > 1) {
                continue; // the loss of two at once is the verifier's to check
            }
            String kind = survival.loss().spoken();
            Set<String> losable = new LinkedHashSet<>();
            for (Plan.Placement placement : plan.placement()) {
                for (String id : places(placement, survival.loss())) {
                    if (survival.loss() != Policy.LossOf.SUPPLIER || !reading.isOwn(id)) {
                        losable.add(id);
                    }
                }
            }
            double least = Double.POSITIVE_INFINITY;
            String where = "";
            for (String lost : losable) {
                for (Workload.Serving workload : reading.serving()) {
                    for (int period = 0; period < reading.periods(); period++) {
                        double peak = workload.traffic().peakRate(reading.scenario.horizon(), period);
                        double left = capacityWithout(workload.id(), period, survival.loss(), lost) / peak;
                        if (peak > 0 && left < least) {
                            least = left;
                            where = "without " + nameOf(lost, survival.loss()) + " in " + reading.periodName(period)
                                    + ", " + PlainText.name(workload.id()) + " keeps ";
                        }
                    }
                }
            }
            String rule = "Survives the loss of any one " + kind + " with " + Numerals.asked(survival.service())
                    + " of the busiest hour";
            if (least == Double.POSITIVE_INFINITY) {
                check(true, rule, "nothing that could be lost serves anything");
            } else {
                check(
                        least >= survival.service() - TOLERANCE,
                        rule,
                        "worst is " + where + Numerals.share(Math.min(least, 9.99)));
            }
        }
    }

    private void trainings() {
        for (Workload workload : reading.scenario.workloads()) {
            if (workload instanceof Workload.Training training) {
                double inTime = 0;
                int last = -1;
                for (Plan.Placement placement : plan.placement()) {
                    if (placement.workload().equals(training.id())
                            && placement.period() >= training.startPeriod()
                            && placement.period() <= training.deadlinePeriod()) {
                        inTime += placement.tokens();
                        last = placement.tokens() > 0 ? Math.max(last, placement.period()) : last;
                    }
                }
                check(
                        inTime >= training.tokens() * (1 - TOLERANCE),
                        "Trains " + PlainText.name(training.id()) + " by the end of "
                                + reading.periodName(training.deadlinePeriod()),
                        Numerals.many(inTime) + " of " + Numerals.many(training.tokens()) + " tokens"
                                + (last < 0 ? "" : ", ends in " + reading.periodName(last)));
            }
        }
    }

    private void dataClasses() {
        for (Policy.DataClass dataClass : policy.dataClasses().values()) {
            Set<String> used = new LinkedHashSet<>();
            Set<String> astray = new LinkedHashSet<>();
            for (Plan.Placement placement : plan.placement()) {
                Workload workload = reading.workload(placement.workload());
                if (workload == null || !dataClass.name().equals(workload.dataClass())) {
                    continue;
                }
                used.add(PlainText.name(placement.site()));
                if (!isAllowed(dataClass, placement)) {
                    astray.add(PlainText.name(placement.workload()) + " at " + PlainText.name(placement.site()));
                }
            }
            if (!used.isEmpty()) {
                check(
                        astray.isEmpty(),
                        "Data of class " + PlainText.name(dataClass.name()) + " stays " + permitted(dataClass),
                        astray.isEmpty() ? "runs at " + listed(used) : listed(astray) + " is not allowed");
            }
        }
    }

    private boolean isAllowed(Policy.DataClass dataClass, Plan.Placement placement) {
        Set<String> subProcessors = dataClass.subProcessors();
        Set<String> jurisdictions = dataClass.jurisdictions();
        Site site = reading.site(placement.site());
        boolean supplier = subProcessors == null
                || subProcessors.contains(placement.supplier())
                || reading.isOwn(placement.supplier());
        boolean country = jurisdictions == null || (site != null && jurisdictions.contains(site.jurisdiction()));
        return supplier && country;
    }

    private String permitted(Policy.DataClass dataClass) {
        List<String> parts = new ArrayList<>();
        Set<String> subProcessors = dataClass.subProcessors();
        if (subProcessors != null) {
            List<String> names = new ArrayList<>();
            subProcessors.stream().sorted().forEach(id -> names.add(reading.supplierName(id)));
            names.add("our own");
            parts.add("with " + listed(names));
        }
        Set<String> jurisdictions = dataClass.jurisdictions();
        if (jurisdictions != null) {
            parts.add("in " + listed(jurisdictions.stream().sorted().toList()));
        }
        return parts.isEmpty() ? "with anybody" : String.join(", ", parts);
    }

    private void nearness() {
        int near = 0;
        Set<String> far = new LinkedHashSet<>();
        for (Workload.Serving workload : reading.serving()) {
            double most = workload.latencyClass().maximumRoundTripSeconds();
            if (Double.isInfinite(most)) {
                continue;
            }
            near++;
            for (Plan.Placement placement : plan.placement()) {
                Site site = reading.site(placement.site());
                if (placement.workload().equals(workload.id())
                        && site != null
                        && reading.scenario.ways().roundTrip(workload, site).seconds() > most + TOLERANCE) {
                    far.add(PlainText.name(workload.id()) + " at " + PlainText.name(site.id()));
                }
            }
        }
        if (near > 0) {
            check(
                    far.isEmpty(),
                    "Runs near enough to its users",
                    far.isEmpty()
                            ? near + (near == 1 ? " workload asks" : " workloads ask") + " for it"
                            : listed(far) + " is too far");
        }
    }

    private void quotas() {
        int limits = 0;
        List<String> broken = new ArrayList<>();
        for (Supplier supplier : reading.scenario.suppliers()) {
            for (Supplier.Quota quota : supplier.quotas()) {
                limits++;
                for (int period = quota.fromPeriod();
                        period < reading.periods() && holds(supplier, quota, period);
                        period++) {
                    int held = held(supplier, quota, period);
                    if (held > quota.chips()) {
                        broken.add(reading.supplierName(supplier.id()) + " in " + reading.periodName(period) + ": "
                                + Numerals.count(held) + " of " + Numerals.count(quota.chips()) + " chips");
                    }
                }
            }
        }
        if (limits > 0) {
            check(
                    broken.isEmpty(),
                    "Stays within every quota",
                    broken.isEmpty() ? limits + (limits == 1 ? " quota" : " quotas") : listed(broken));
        }
    }

    private static boolean holds(Supplier supplier, Supplier.Quota quota, int period) {
        return supplier.quotas().stream()
                .noneMatch(other -> Objects.equals(other.chip(), quota.chip())
                        && Objects.equals(other.site(), quota.site())
                        && other.fromPeriod() > quota.fromPeriod()
                        && other.fromPeriod() <= period);
    }

    private int held(Supplier supplier, Supplier.Quota quota, int period) {
        int held = 0;
        for (Plan.Capacity capacity : plan.capacity()) {
            if (capacity.period() == period
                    && capacity.supplier().equals(supplier.id())
                    && !capacity.contract().equals("owned")
                    && (quota.chip() == null || quota.chip().equals(capacity.chip()))
                    && (quota.site() == null || quota.site().equals(capacity.site()))) {
                held += capacity.count();
            }
        }
        return held;
    }

    /** Requests/s a workload's pools carry in a period when one supplier or site is gone; null loses nothing. */
    private double capacityWithout(String workload, int period, Policy.LossOf loss, @Nullable String lost) {
        double left = 0;
        for (Plan.Placement placement : plan.placement()) {
            if (placement.period() == period
                    && placement.workload().equals(workload)
                    && (lost == null || !places(placement, loss).contains(lost))) {
                left += placement.capacityRequestsPerSecond();
            }
        }
        return left;
    }

    /** What a placement falls with: its site; its supplier and the supplier that runs its site; or its family of chips. */
    private List<String> places(Plan.Placement placement, Policy.LossOf loss) {
        Site site = reading.site(placement.site());
        return switch (loss) {
            case SUPPLIER ->
                site == null ? List.of(placement.supplier()) : List.of(placement.supplier(), site.supplier());
            case SITE -> List.of(placement.site());
            case CHIP_FAMILY -> List.of(reading.scenario.family(placement.chip()));
        };
    }

    private String nameOf(String id, Policy.LossOf loss) {
        return switch (loss) {
            case SUPPLIER -> reading.supplierName(id);
            case SITE -> PlainText.name(id);
            case CHIP_FAMILY -> PlainText.name(id) + " chips";
        };
    }

    private static String listed(Iterable<String> names) {
        List<String> list = new ArrayList<>();
        names.forEach(list::add);
        if (list.size() > 5) {
            return String.join(", ", list.subList(0, 4)) + " and " + (list.size() - 4) + " more";
        }
        return list.size() < 2
                ? String.join("", list)
                : String.join(", ", list.subList(0, list.size() - 1)) + " and " + list.getLast();
    }

    private void check(boolean met, String rule, String detail) {
        checks.add(new Check(met ? Mark.MET : Mark.BROKEN, rule, detail));
    }
}
