package io.ampacity.planner.verify;

import io.ampacity.facts.Chip;
import io.ampacity.facts.Deployment;
import io.ampacity.planner.coefficients.BatchCoefficients;
import io.ampacity.planner.coefficients.Coefficients;
import io.ampacity.planner.coefficients.Estimate;
import io.ampacity.planner.coefficients.ServingCoefficients;
import io.ampacity.planner.coefficients.TrainingCoefficients;
import io.ampacity.scenario.Plan.Placement;
import io.ampacity.scenario.Policy.DataClass;
import io.ampacity.scenario.Scenario;
import io.ampacity.scenario.Site;
import io.ampacity.scenario.Workload;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks one placement by itself, and works out what it draws. */
final class PlacementCheck {

    private final Scenario scenario;
    private final Coefficients coefficients;
    private final Findings findings;

    PlacementCheck(Scenario scenario, Coefficients coefficients, Findings findings) {
        this.scenario = scenario;
        this.coefficients = coefficients;
        this.findings = findings;
    }

    /**
     * A placement with what follows from it.
     *
     * @param meanChips chips busy on average over the period
     * @param gangChips chips that are busy at every hour
     * @param peakChips chips needed at the busiest hour; 0 for batch work
     * @param kilowattHours before PUE
     * @param fullWatts most it draws, before PUE; for batch work as if it ran all hours
     * @param survivingRate requests/s it can carry
     */
    record Drawn(
            Placement placement,
            Workload workload,
            Site site,
            double meanChips,
            double gangChips,
            double peakChips,
            double kilowattHours,
            double fullWatts,
            double survivingRate) {}

    /** The placement worked out; null when it names things that are not there. */
    @Nullable Drawn check(Placement placement) {
        String where = "placement." + placement.workload() + "@" + placement.site() + "/" + placement.chip();
        Workload workload = scenario.workloads().stream()
                .filter(w -> w.id().equals(placement.workload()))
                .findFirst()
                .orElse(null);
        Site site = scenario.sites().stream()
                .filter(s -> s.id().equals(placement.site()))
                .findFirst()
                .orElse(null);
        Chip chip = scenario.catalogue().chips().get(placement.chip());
        if (workload == null || site == null || chip == null) {
            findings.add(where, placement.period(), "names a workload, site or chip that is not there");
            return null;
        }
        allowed(where, placement, workload, site);
        return switch (workload) {
            case Workload.Serving serving -> serving(where, placement, serving, site, chip);
            case Workload.Training training -> training(where, placement, training, site, chip);
            case Workload.Batch batch -> batch(where, placement, batch, site, chip);
        };
    }

    private void allowed(String where, Placement placement, Workload workload, Site site) {
        int p = placement.period();
        if (!workload.chips().isEmpty() && !workload.chips().contains(placement.chip())) {
            findings.add("workloads." + workload.id() + ".chips", p, where + " runs on " + placement.chip());
        }
        if (workload instanceof Workload.Serving serving
                && scenario.ways().roundTrip(serving, site).seconds()
                        > serving.latencyClass().maximumRoundTripSeconds()) {
            findings.add("workloads." + workload.id() + ".latency-class", p, site.id() + " is too far away");
        }
        String name = workload.dataClass();
        if (name == null) {
            return;
        }
        DataClass dataClass = scenario.policy().dataClasses().get(name);
        if (dataClass == null) {
            findings.add("workloads." + workload.id() + ".data-class", p, name + " is not in the policy");
            return;
        }
        Set<String> processors = dataClass.subProcessors();
        for (String processor : new String[] {placement.supplier(), site.supplier()}) {
            boolean own = scenario.suppliers().stream().anyMatch(s -> s.id().equals(processor) && s.own());
            if (processors != null && !own && !processors.contains(processor)) {
                findings.add("policy.data-classes." + name + ".sub-processors", p, where + " has it with " + processor);
            }
        }
        Set<String> countries = dataClass.jurisdictions();
        if (countries != null && !countries.contains(site.jurisdiction())) {
            findings.add(
                    "policy.data-classes." + name + ".jurisdictions", p, where + " has it in " + site.jurisdiction());
        }
    }

    private @Nullable Deployment layout(String where, Placement placement, Workload workload, Chip chip) {
        Deployment deployment = placement.deployment();
        if (deployment == null || !coefficients.deployments(workload, chip).contains(deployment)) {
            findings.add(where, placement.period(), "has no layout that fits " + chip.id());
            return null;
        }
        findings.same(
                where,
                placement.period(),
                "chips",
                placement.chips(),
                (double) placement.replicas() * deployment.chips());
        return deployment;
    }

    private @Nullable Drawn serving(
            String where, Placement placement, Workload.Serving workload, Site site, Chip chip) {
        Deployment deployment = layout(where, placement, workload, chip);
        if (deployment == null) {
            return null;
        }
        if (!(coefficients.serving(workload, site, chip, deployment)
                instanceof Estimate.Possible<ServingCoefficients>(ServingCoefficients numbers))) {
            findings.add(where, placement.period(), "cannot keep its objective there");
            return null;
        }
        int p = placement.period();
        double most = placement.replicas() * numbers.requestsPerSecond();
        double mean = workload.traffic().meanRate(scenario.horizon(), p);
        double peak = workload.traffic().peakRate(scenario.horizon(), p);
        findings.same(where, p, "capacity in requests/s", placement.capacityRequestsPerSecond(), most);
        findings.same(where, p, "mean requests/s", placement.requestsPerSecond(), placement.share() * mean);
        findings.same(where, p, "peak requests/s", placement.peakRequestsPerSecond(), placement.share() * peak);
        findings.atMost(where, p, "peak requests/s", placement.share() * peak, most);
        findings.atLeast(where, p, "share", placement.share(), 0);
        double seconds = scenario.horizon().periodLength().seconds();
        double joules = numbers.idleWatts() * placement.replicas() * seconds
                + numbers.joulesPerRequest() * placement.share() * mean * seconds;
        return new Drawn(
                placement,
                workload,
                site,
                placement.share() * mean / numbers.requestsPerSecond() * deployment.chips(),
                0,
                placement.chips(),
                joules / 3.6e6,
                placement.replicas() * (numbers.idleWatts() + numbers.joulesPerRequest() * numbers.requestsPerSecond()),
                most);
    }

    private @Nullable Drawn training(
            String where, Placement placement, Workload.Training workload, Site site, Chip chip) {
        int p = placement.period();
        if (p < workload.startPeriod() || p > workload.deadlinePeriod()) {
            findings.add("workloads." + workload.id() + ".deadline", p, "trains outside its window");
        }
        findings.atLeast(
                "workloads." + workload.id() + ".minimum-chips",
                p,
                "the gang",
                placement.chips(),
                workload.minimumChips());
        if (!(coefficients.training(workload, site, chip, placement.chips())
                instanceof Estimate.Possible<TrainingCoefficients>(TrainingCoefficients numbers))) {
            findings.add(where, p, "cannot train there");
            return null;
        }
        if (placement.chips() % numbers.step() != 0) {
            findings.add(where, p, "the gang of " + placement.chips() + " is not in steps of " + numbers.step());
        }
        double seconds = scenario.horizon().periodLength().seconds();
        double most = numbers.tokensPerSecondPerChip() * placement.chips() * seconds;
        findings.atMost(where, p, "tokens trained", placement.tokens(), most);
        findings.atLeast(where, p, "tokens trained", placement.tokens(), 0);
        double joules = placement.tokens() / numbers.tokensPerSecondPerChip() * numbers.wattsPerChip();
        return new Drawn(
                placement,
                workload,
                site,
                placement.chips(),
                placement.chips(),
                placement.chips(),
                joules / 3.6e6,
                placement.chips() * numbers.wattsPerChip(),
                0);
    }

    private @Nullable Drawn batch(String where, Placement placement, Workload.Batch workload, Site site, Chip chip) {
        Deployment deployment = layout(where, placement, workload, chip);
        if (deployment == null) {
            return null;
        }
        if (!(coefficients.batch(workload, site, chip, deployment)
                instanceof Estimate.Possible<BatchCoefficients>(BatchCoefficients numbers))) {
            findings.add(where, placement.period(), "cannot do batch work there");
            return null;
        }
        findings.atLeast(where, placement.period(), "tokens", placement.tokens(), 0);
        double busySeconds = placement.tokens() / numbers.outputTokensPerSecond();
        double replicas = busySeconds / scenario.horizon().periodLength().seconds();
        return new Drawn(
                placement,
                workload,
                site,
                replicas * deployment.chips(),
                0,
                0,
                busySeconds * numbers.watts() / 3.6e6,
                replicas * numbers.watts(),
                0);
    }
}
