package io.ampacity.planner.replan;

import io.ampacity.planner.coefficients.PlannerException;
import io.ampacity.planner.reasons.Part;
import io.ampacity.scenario.Future;
import io.ampacity.scenario.OwnedFleet;
import io.ampacity.scenario.Policy;
import io.ampacity.scenario.Scenario;
import io.ampacity.scenario.Site;
import io.ampacity.scenario.Supplier;
import io.ampacity.scenario.Supplier.Quota;
import io.ampacity.units.Carbon;
import io.ampacity.units.Power;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Something that has become different from what a scenario states.
 *
 * <pre>
 *   demand*1.2   demand.assistant*1.2          traffic and batch work, of all or of one workload
 *   price*0.9    price.nebius*0.9   price.nebius/h100-sxm*1.1
 *   quota*2      quota.aws*0.5
 *   power.frankfurt*1.5   budget*0.9   carbon*0.8
 *   egress*2   egress.aws:eu-central-1*0.5   uplink.frankfurt*2   resale*0.8   resale.h100-sxm*0.8
 *   cost.programmes.titan*1.3   cost.skills.learn.rocm.train*0.5
 *   supplier.nebius=lost  site.frankfurt=lost  chip.l40s=lost  chip-family.rocm=lost
 *   skill.rocm=known  skill.rocm=lost  project.programmes.titan=lost  project.sites.frankfurt.expansions.hall-b=lost
 * </pre>
 *
 * @param text as it was written
 * @param what the word before the first dot
 * @param about what follows it; empty for all
 * @param factor NaN where something is lost, infinite where it is known from now on
 */
public record Change(String text, String what, String about, double factor) {

    private static final Pattern SHAPE =
            Pattern.compile("\\s*([a-z-]+)(?:\\.([^*=\\s]+))?\\s*(?:\\*\\s*([0-9.eE+-]+)|=\\s*(lost|known))\\s*");
    private static final Set<String> FACTORS =
            Set.of("demand", "price", "quota", "power", "budget", "carbon", "egress", "uplink", "resale", "cost");
    private static final Set<String> LOSSES = Set.of("supplier", "site", "chip", "chip-family", "skill", "project");
    /** What stands for a factor where something is known from now on. */
    private static final double KNOWN = Double.POSITIVE_INFINITY;

    /**
     * Reads a change.
     *
     * @throws PlannerException when it says nothing that is understood
     */
    public static Change parse(String text) {
        Matcher matcher = SHAPE.matcher(text);
        if (matcher.matches()) {
            String what = matcher.group(1);
            String about = matcher.group(2) == null ? "" : matcher.group(2);
            if ("known".equals(matcher.group(4)) && what.equals("skill") && !about.isEmpty()) {
                return new Change(text, what, about, KNOWN);
            }
            if ("lost".equals(matcher.group(4)) && LOSSES.contains(what) && !about.isEmpty()) {
                return new Change(text, what, about, Double.NaN);
            }
            if (matcher.group(3) != null && FACTORS.contains(what)) {
                try {
                    double factor = Double.parseDouble(matcher.group(3));
                    if (factor >= 0 && Double.isFinite(factor)) {
                        return new Change(text, what, about, factor);
                    }
                } catch (NumberFormatException noNumber) {
                    // said below
                }
            }
        }
        throw new PlannerException("the change \"" + text + "\" is not understood. Maybe write it like demand*1.2, "
                + "demand.WORKLOAD*1.2, price.SUPPLIER*0.9, quota.SUPPLIER*2, power.SITE*1.5, budget*0.9, carbon*0.8, "
                + "egress.SITE*2, uplink.SITE*2, resale.CHIP*0.8, cost.PROJECT*1.3, skill.FAMILY=known, skill.FAMILY=lost, "
                + "project.PROJECT=lost, supplier.ID=lost, site.ID=lost, chip.ID=lost or chip-family.ID=lost");
    }

    /**
     * The scenario after the change.
     *
     * @throws PlannerException when the scenario has nothing of that name
     */
    public Scenario applyTo(Scenario scenario) {
        return switch (what) {
            case "demand" -> demand(scenario);
            case "price" ->
                about.isEmpty()
                        ? new Part(List.of()).priced(scenario, factor)
                        : Part.parse(about, scenario).priced(scenario, factor);
            case "quota" -> quota(scenario);
            case "power" -> power(scenario);
            case "budget" -> budget(scenario);
            case "carbon" -> carbon(scenario);
            case "egress", "uplink", "resale", "cost", "skill", "project" -> new WiderChange(this).applyTo(scenario);
            case "site" -> siteLost(scenario);
            case "chip-family" -> familyLost(scenario);
            default -> {
                Scenario without = Part.parse(about, scenario).removedFrom(scenario);
                yield what.equals("chip")
                        ? without.withFleet(without.fleet().stream()
                                .filter(fleet -> !fleet.chip().equals(about))
                                .toList())
                        : without;
            }
        };
    }

    private Scenario demand(Scenario scenario) {
        if (!about.isEmpty()) {
            known(scenario.workloads().stream().map(workload -> workload.id()).toList(), "workload");
        }
        Future future = Future.asStated("changed", 1);
        Scenario changed = scenario.under(
                about.isEmpty() ? future.withDemand(factor) : future.withWorkloads(Map.of(about, factor)));
        return changed.withFutures(scenario.futures());
    }

    private Scenario quota(Scenario scenario) {
        if (!about.isEmpty()) {
            known(scenario.suppliers().stream().map(Supplier::id).toList(), "supplier");
        }
        return scenario.withSuppliers(scenario.suppliers().stream()
                .map(supplier -> !about.isEmpty() && !supplier.id().equals(about)
                        ? supplier
                        : supplier.withQuotas(supplier.quotas().stream()
                                .map(quota -> new Quota(
                                        quota.chip(),
                                        quota.site(),
                                        (int) Math.min(Integer.MAX_VALUE, Math.floor(quota.chips() * factor + 1e-9)),
                                        quota.fromPeriod()))
                                .toList()))
                .toList());
    }

    private Scenario power(Scenario scenario) {
        if (!about.isEmpty()) {
            known(scenario.sites().stream().map(Site::id).toList(), "site");
        }
        return scenario.withSites(scenario.sites().stream()
                .map(site -> {
                    Power power = site.power();
                    boolean meant = about.isEmpty() || site.id().equals(about);
                    return power == null || !meant ? site : site.withPower(new Power(power.watts() * factor));
                })
                .toList());
    }

    private Scenario budget(Scenario scenario) {
        Policy policy = scenario.policy();
        return scenario.withPolicy(policy.withBudget(policy.budget().times(factor)));
    }

    private Scenario carbon(Scenario scenario) {
        Policy policy = scenario.policy();
        Carbon perPeriod = policy.carbon().perPeriod();
        Carbon total = policy.carbon().total();
        return scenario.withPolicy(policy.withCarbon(policy.carbon()
                .within(
                        perPeriod == null ? null : new Carbon(perPeriod.grams() * factor),
                        total == null ? null : new Carbon(total.grams() * factor))));
    }

    private Scenario siteLost(Scenario scenario) {
        known(scenario.sites().stream().map(Site::id).toList(), "site");
        Predicate<OwnedFleet> stays = fleet -> !fleet.site().equals(about);
        Scenario without =
                scenario.withFleet(scenario.fleet().stream().filter(stays).toList());
        Part part = new Part(List.of(about));
        return part.isIn(without) ? part.removedFrom(without) : without;
    }

    private Scenario familyLost(Scenario scenario) {
        Predicate<String> stays = chip -> !scenario.family(chip).equals(about);
        List<String> families = scenario.catalogue().chips().keySet().stream()
                .map(scenario::family)
                .distinct()
                .sorted()
                .toList();
        known(families, "family of chips");
        return scenario.withFleet(scenario.fleet().stream()
                        .filter(fleet -> stays.test(fleet.chip()))
                        .toList())
                .withSuppliers(scenario.suppliers().stream()
                        .map(supplier -> supplier.withOffers(supplier.offers().stream()
                                .filter(offer -> stays.test(offer.offer().chip()))
                                .toList()))
                        .toList());
    }

    void known(List<String> names, String kind) {
        if (!names.contains(about)) {
            throw new PlannerException("the change \"" + text + "\" names the " + kind + " " + about
                    + ", which the scenario does not have. Maybe one of " + String.join(", ", names));
        }
    }
}
