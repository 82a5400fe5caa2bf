package io.ampacity.planner.coefficients;

import io.ampacity.facts.Chip;
import io.ampacity.facts.Deployment;
import io.ampacity.scenario.Site;
import io.ampacity.scenario.Workload;
import java.util.List;

/**
 * Gives the numbers by which workloads, chips and layouts enter a plan. The same question always has the same answer.
 */
public interface Coefficients {

    /** Layouts of one replica that are worth trying: those whose weights fit the chips. Empty when none fits. */
    List<Deployment> deployments(Workload workload, Chip chip);

    /** How much one replica at a site serves within the workload's objective. */
    Estimate<ServingCoefficients> serving(Workload.Serving workload, Site site, Chip chip, Deployment deployment);

    /** How fast a gang of about {@code gangChips} chips trains. */
    Estimate<TrainingCoefficients> training(Workload.Training workload, Site site, Chip chip, int gangChips);

    /** How fast one replica works through a batch. */
    Estimate<BatchCoefficients> batch(Workload.Batch workload, Site site, Chip chip, Deployment deployment);
}
