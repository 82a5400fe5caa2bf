package io.ampacity.benchmarks;

import io.ampacity.facts.Chip;
import io.ampacity.facts.Deployment;
import io.ampacity.planner.coefficients.BatchCoefficients;
import io.ampacity.planner.coefficients.Coefficients;
import io.ampacity.planner.coefficients.Estimate;
import io.ampacity.planner.coefficients.ServingCoefficients;
import io.ampacity.planner.coefficients.TrainingCoefficients;
import io.ampacity.scenario.Site;
import io.ampacity.scenario.Workload;
import java.util.List;

/**
 * Coefficients of {@link LargeScenario}, free to ask for. How well a chip suits a workload differs by up to a third either way, as
 * prompts, answers and objectives make it differ in truth.
 */
final class LargeCoefficients implements Coefficients {

    static final double REQUESTS_A_SPEED = 1.5;

    @Override
    public List<Deployment> deployments(Workload workload, Chip chip) {
        int small = number(workload) % 4 == 0 ? 4 : number(workload) % 4 == 1 ? 2 : 1;
        return List.of(Deployment.tensorParallel(small), Deployment.tensorParallel(2 * small));
    }

    private static int number(Workload workload) {
        return Integer.parseInt(workload.id().substring("workload".length()));
    }

    @Override
    public Estimate<ServingCoefficients> serving(
            Workload.Serving workload, Site site, Chip chip, Deployment deployment) {
        int mixed = ((workload.id() + chip.id()).hashCode() * 0x9E3779B9) >>> 16;
        double suits = 0.67 + 0.66 * mixed / 65_536;
        double chips = deployment.chips();
        double rate = REQUESTS_A_SPEED * LargeScenario.speed(chip.id()) * suits * chips * (1 + 0.01 * chips);
        return Estimate.of(new ServingCoefficients(rate, 250 * chips, 400 * chips / rate));
    }

    @Override
    public Estimate<TrainingCoefficients> training(Workload.Training workload, Site site, Chip chip, int gangChips) {
        return Estimate.impossible("no made workload trains");
    }

    @Override
    public Estimate<BatchCoefficients> batch(Workload.Batch workload, Site site, Chip chip, Deployment deployment) {
        return Estimate.impossible("no made workload is a batch");
    }
}
