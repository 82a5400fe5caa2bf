package io.ampacity.planner;

import io.ampacity.facts.Chip;
import io.ampacity.facts.Deployment;
import io.ampacity.planner.coefficients.BatchCoefficients;
import io.ampacity.planner.coefficients.Coefficients;
import io.ampacity.planner.coefficients.Estimate;
import io.ampacity.planner.coefficients.ServingCoefficients;
import io.ampacity.planner.coefficients.TrainingCoefficients;
import io.ampacity.scenario.Site;
import io.ampacity.scenario.Workload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Coefficients written by hand: a table by workload and chip, the same at every site. */
public final class HandMade implements Coefficients {

    private record Key(String workload, String chip, int chips) {}

    private final Map<Key, ServingCoefficients> serving = new LinkedHashMap<>();
    private final Map<Key, TrainingCoefficients> training = new LinkedHashMap<>();
    private final Map<Key, BatchCoefficients> batch = new LinkedHashMap<>();

    public HandMade serves(String workload, String chip, int chips, double rate, double idleWatts, double joules) {
        serving.put(new Key(workload, chip, chips), new ServingCoefficients(rate, idleWatts, joules));
        return this;
    }

    public HandMade trains(String workload, String chip, double tokensPerSecond, double watts, int step) {
        training.put(new Key(workload, chip, 0), new TrainingCoefficients(tokensPerSecond, watts, step));
        return this;
    }

    public HandMade works(String workload, String chip, int chips, double tokensPerSecond, double watts) {
        batch.put(new Key(workload, chip, chips), new BatchCoefficients(tokensPerSecond, watts));
        return this;
    }

    @Override
    public List<Deployment> deployments(Workload workload, Chip chip) {
        List<Deployment> found = new ArrayList<>();
        for (Map<Key, ?> table : List.of(serving, batch)) {
            for (Key key : table.keySet()) {
                if (key.workload.equals(workload.id()) && key.chip.equals(chip.id())) {
                    found.add(Deployment.tensorParallel(key.chips));
                }
            }
        }
        return found;
    }

    private static <T> Estimate<T> answer(Map<Key, T> table, Workload workload, Chip chip, int chips) {
        T value = table.get(new Key(workload.id(), chip.id(), chips));
        return value == null ? Estimate.impossible("nobody wrote it down") : Estimate.of(value);
    }

    @Override
    public Estimate<ServingCoefficients> serving(
            Workload.Serving workload, Site site, Chip chip, Deployment deployment) {
        return answer(serving, workload, chip, deployment.chips());
    }

    @Override
    public Estimate<TrainingCoefficients> training(Workload.Training workload, Site site, Chip chip, int gangChips) {
        return answer(training, workload, chip, 0);
    }

    @Override
    public Estimate<BatchCoefficients> batch(Workload.Batch workload, Site site, Chip chip, Deployment deployment) {
        return answer(batch, workload, chip, deployment.chips());
    }
}
