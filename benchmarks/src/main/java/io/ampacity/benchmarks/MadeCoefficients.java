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

/** Coefficients of {@link MadeScenario}, free to ask for, so that only the planner is measured. */
final class MadeCoefficients implements Coefficients {

    @Override
    public List<Deployment> deployments(Workload workload, Chip chip) {
        return List.of(Deployment.tensorParallel(2), Deployment.tensorParallel(4));
    }

    @Override
    public Estimate<ServingCoefficients> serving(
            Workload.Serving workload, Site site, Chip chip, Deployment deployment) {
        double chips = deployment.chips();
        // Four chips carry a little more than twice what two do.
        double rate = 3 * MadeScenario.speed(chip.id()) * chips * (1 + 0.02 * chips);
        return Estimate.of(new ServingCoefficients(rate, 300 * chips, 60));
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
