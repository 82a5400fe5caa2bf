package io.ampacity.planner.model;

import io.ampacity.facts.Chip;
import io.ampacity.facts.Deployment;
import io.ampacity.planner.coefficients.BatchCoefficients;
import io.ampacity.planner.coefficients.Coefficients;
import io.ampacity.planner.coefficients.Estimate;
import io.ampacity.planner.coefficients.PlannerException;
import io.ampacity.planner.coefficients.ServingCoefficients;
import io.ampacity.planner.coefficients.TrainingCoefficients;
import io.ampacity.planner.model.Candidate.BatchOn;
import io.ampacity.planner.model.Candidate.ServingOn;
import io.ampacity.planner.model.Candidate.TrainingOn;
import io.ampacity.scenario.Policy.DataClass;
import io.ampacity.scenario.Site;
import io.ampacity.scenario.Workload;
import io.ampacity.units.TimeSpan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Every workload on every pool where policy and physics let it run, and why not elsewhere.
 *
 * <p>Policy is applied here once and for all: a workload has no variable where its data class, its latency class or its
 * list of chips forbids it, so no plan can put it there.
 */
public final class Candidates {

    /** A gang above this is a mistake in the scenario, not a plan. */
    private static final double MOST_GANG_CHIPS = 10_000_000;

    /** Up to so many sizes are all tried; of more, only the likely ones. */
    private static final int MOST_GANG_SIZES = 8;

    private final Market market;
    private final Coefficients coefficients;
    private final List<ServingOn> serving = new ArrayList<>();
    private final List<TrainingOn> training = new ArrayList<>();
    private final List<BatchOn> batch = new ArrayList<>();
    private final List<Exclusion> exclusions = new ArrayList<>();

    public Candidates(Market market, Coefficients coefficients) {
        this.market = market;
        this.coefficients = coefficients;
        for (Workload workload : market.workloads()) {
            for (Pool pool : market.pools()) {
                Optional<String> forbidden = forbidden(workload, pool);
                if (forbidden.isPresent()) {
                    exclusions.add(new Exclusion(workload.id(), pool, forbidden.get()));
                } else {
                    estimate(workload, pool);
                }
            }
        }
    }

    public List<ServingOn> serving() {
        return serving;
    }

    public List<TrainingOn> training() {
        return training;
    }

    public List<BatchOn> batch() {
        return batch;
    }

    /** Where workloads cannot run, and why. */
    public List<Exclusion> exclusions() {
        return exclusions;
    }

    /** The reason why policy keeps a workload off a pool; empty when it does not. */
    private Optional<String> forbidden(Workload workload, Pool pool) {
        Site site = market.site(pool.site());
        if (!workload.chips().isEmpty() && !workload.chips().contains(pool.chip())) {
            return Optional.of("its list of chips does not have " + pool.chip());
        }
        if (!pool.firm() && !(workload instanceof Workload.Batch)) {
            return Optional.of("spot chips can be taken back at any time");
        }
        if (workload instanceof Workload.Serving serves) {
            TimeSpan roundTrip = market.ways().roundTrip(workload, site);
            if (roundTrip.seconds() > serves.latencyClass().maximumRoundTripSeconds()) {
                return Optional.of("the round trip to " + site.id() + " of " + roundTrip.print()
                        + " is too long for its latency class");
            }
        }
        String name = workload.dataClass();
        return name == null ? Optional.empty() : forbiddenData(workload, name, pool, site);
    }

    private Optional<String> forbiddenData(Workload workload, String name, Pool pool, Site site) {
        DataClass dataClass = market.scenario().policy().dataClasses().get(name);
        if (dataClass == null) {
            throw new PlannerException("workloads." + workload.id() + ".data-class names " + name
                    + ", which policy.data-classes does not have. Maybe add it there");
        }
        Set<String> allowed = dataClass.subProcessors();
        for (String processor : Set.of(pool.operator()).equals(Set.of(site.supplier()))
                ? List.of(pool.operator())
                : List.of(pool.operator(), site.supplier())) {
            if (allowed != null && !market.supplier(processor).own() && !allowed.contains(processor)) {
                return Optional.of(processor + " is no sub-processor of data class " + name);
            }
        }
        Set<String> countries = dataClass.jurisdictions();
        if (countries != null && !countries.contains(site.jurisdiction())) {
            return Optional.of("data class " + name + " may not be processed in " + site.jurisdiction());
        }
        return Optional.empty();
    }

    private void estimate(Workload workload, Pool pool) {
        Site site = market.site(pool.site());
        Chip chip = market.chip(pool.chip());
        switch (workload) {
            case Workload.Serving serves -> estimateServing(serves, pool, site, chip);
            case Workload.Training trains -> estimateTraining(trains, pool, site, chip);
            case Workload.Batch works -> estimateBatch(works, pool, site, chip);
        }
    }

    private List<Deployment> deployments(Workload workload, Pool pool, Chip chip) {
        List<Deployment> deployments = new ArrayList<>(new LinkedHashSet<>(coefficients.deployments(workload, chip)));
        deployments.sort(Comparator.comparingInt(Deployment::chips).thenComparing(Deployment::id));
        if (deployments.isEmpty()) {
            exclusions.add(new Exclusion(
                    workload.id(), pool, workload.model() + " fits the memory of no group of " + chip.id()));
        }
        return deployments;
    }

    private void estimateServing(Workload.Serving workload, Pool pool, Site site, Chip chip) {
        List<ServingOn> found = new ArrayList<>();
        for (Deployment deployment : deployments(workload, pool, chip)) {
            switch (coefficients.serving(workload, site, chip, deployment)) {
                case Estimate.Possible<ServingCoefficients>(ServingCoefficients numbers) ->
                    found.add(new ServingOn(workload, pool, deployment, numbers));
                case Estimate.Impossible<ServingCoefficients>(String reason) ->
                    exclusions.add(new Exclusion(workload.id(), pool, deployment.id() + ": " + reason));
            }
        }
        for (ServingOn candidate : found) {
            if (found.stream().noneMatch(other -> dominates(other, candidate))) {
                serving.add(candidate);
            }
        }
    }

    /**
     * Whether k replicas of one layout always do for one of another that takes k times the chips: they serve as much
     * and draw no more. Then the larger layout is in no plan that could not be as good without it.
     */
    private static boolean dominates(ServingOn small, ServingOn large) {
        if (small.equals(large) || large.chips() % small.chips() != 0) {
            return false;
        }
        int times = large.chips() / small.chips();
        ServingCoefficients a = small.numbers();
        ServingCoefficients b = large.numbers();
        boolean noWorse = times * a.requestsPerSecond() >= b.requestsPerSecond()
                && times * a.idleWatts() <= b.idleWatts()
                && a.joulesPerRequest() <= b.joulesPerRequest()
                && times * a.fullWatts() <= b.fullWatts();
        boolean same = times == 1 && a.equals(b);
        return noWorse
                && (!same
                        || small.deployment().id().compareTo(large.deployment().id()) < 0);
    }

    /**
     * Gangs worth trying: the smallest useful one, all own chips of the pool, and for several k one that ends the run
     * in k periods. The numbers of a gang hold for its size only, so the model chooses among sizes.
     */
    private void estimateTraining(Workload.Training workload, Pool pool, Site site, Chip chip) {
        SortedMap<Integer, TrainingCoefficients> gangs = new TreeMap<>();
        Optional<String> refused = tried(workload, site, chip, workload.minimumChips(), gangs);
        if (refused.isPresent()) {
            exclusions.add(new Exclusion(workload.id(), pool, refused.get()));
            return;
        }
        TrainingCoefficients first = gangs.values().iterator().next();
        int window = workload.deadlinePeriod() - workload.startPeriod() + 1;
        for (int periods = 1; periods <= window; periods += Math.max(1, periods / 4)) {
            tryEnding(workload, site, chip, first, periods, gangs);
        }
        int step = first.step();
        int smallest = gangs.firstKey();
        int largest = gangs.lastKey();
        if ((largest - smallest) / step < MOST_GANG_SIZES) {
            for (int size = smallest + step; size < largest; size += step) {
                tried(workload, site, chip, size, gangs);
            }
        }
        int owned = 0;
        for (int p = workload.startPeriod(); p <= Math.min(workload.deadlinePeriod(), market.periods() - 1); p++) {
            owned = Math.max(owned, market.owned(pool, p));
        }
        int whole = owned / step * step;
        if (whole >= workload.minimumChips()) {
            tried(workload, site, chip, whole, gangs);
        }
        gangs.forEach((size, numbers) -> training.add(new TrainingOn(workload, pool, size, numbers)));
    }

    /** Looks for the gang that ends the run in so many periods: a larger gang is slower a chip, so it is sought in rounds. */
    private void tryEnding(
            Workload.Training workload,
            Site site,
            Chip chip,
            TrainingCoefficients first,
            int periods,
            SortedMap<Integer, TrainingCoefficients> gangs) {
        double seconds = periods * market.scenario().horizon().periodLength().seconds();
        double rate = first.tokensPerSecondPerChip();
        for (int round = 0; round < 6; round++) {
            double chips = Math.ceil(workload.tokens() / (rate * seconds) - 1e-9);
            if (chips > MOST_GANG_CHIPS) {
                return;
            }
            int size = roundedUp(Math.max((int) chips, workload.minimumChips()), first.step());
            if (tried(workload, site, chip, size, gangs).isPresent()) {
                return;
            }
            TrainingCoefficients numbers = gangs.get(size);
            if (numbers == null) {
                return; // its step differs at this size; the next whole gang was added instead
            }
            rate = numbers.tokensPerSecondPerChip();
            if (rate * size * seconds >= workload.tokens() * (1 - 1e-12)) {
                return;
            }
            gangs.remove(size);
        }
    }

    /** Adds a gang of a size, rounded up to whole steps; the reason when it cannot train. */
    private Optional<String> tried(
            Workload.Training workload,
            Site site,
            Chip chip,
            int size,
            SortedMap<Integer, TrainingCoefficients> gangs) {
        return switch (coefficients.training(workload, site, chip, size)) {
            case Estimate.Possible<TrainingCoefficients>(TrainingCoefficients numbers) -> {
                int whole = roundedUp(size, numbers.step());
                if (whole == size) {
                    gangs.put(size, numbers);
                    yield Optional.empty();
                }
                yield tried(workload, site, chip, whole, gangs);
            }
            case Estimate.Impossible<TrainingCoefficients>(String reason) -> Optional.of(reason);
        };
    }

    private static int roundedUp(int chips, int step) {
        return Math.ceilDiv(chips, step) * step;
    }

    private void estimateBatch(Workload.Batch workload, Pool pool, Site site, Chip chip) {
        for (Deployment deployment : deployments(workload, pool, chip)) {
            switch (coefficients.batch(workload, site, chip, deployment)) {
                case Estimate.Possible<BatchCoefficients>(BatchCoefficients numbers) ->
                    batch.add(new BatchOn(workload, pool, deployment, numbers));
                case Estimate.Impossible<BatchCoefficients>(String reason) ->
                    exclusions.add(new Exclusion(workload.id(), pool, deployment.id() + ": " + reason));
            }
        }
    }
}
