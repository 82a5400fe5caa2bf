package io.ampacity.planner.model;

import io.ampacity.planner.model.Candidate.BatchOn;
import io.ampacity.planner.model.Candidate.ServingOn;
import io.ampacity.planner.model.Candidate.TrainingOn;
import io.ampacity.planner.solver.LinearModel;
import io.ampacity.scenario.Horizon;
import io.ampacity.scenario.Workload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The variables of what runs where, period by period. */
final class Uses {

    private final Market market;
    private final Candidates candidates;
    private final LinearModel linear;
    private final Horizon horizon;
    final List<Use.Serving> serving = new ArrayList<>();
    final List<List<Use.Serving>> servingByPeriod = new ArrayList<>();
    final List<Use.Training> training = new ArrayList<>();
    final List<Use.Batch> batch = new ArrayList<>();

    Uses(Market market, Candidates candidates, LinearModel linear) {
        this.market = market;
        this.candidates = candidates;
        this.linear = linear;
        this.horizon = market.scenario().horizon();
        for (int p = 0; p < market.periods(); p++) {
            addServing(p);
            addTraining(p);
            addBatch(p);
        }
    }

    private void addServing(int period) {
        List<Use.Serving> now = new ArrayList<>();
        servingByPeriod.add(now);
        for (ServingOn candidate : candidates.serving()) {
            Workload.Serving workload = candidate.workload();
            double mean = workload.traffic().meanRate(horizon, period);
            double peak = workload.traffic().peakRate(horizon, period);
            if (peak > 0) {
                double most = Math.ceil(peak / candidate.numbers().requestsPerSecond() - 1e-9);
                String name = "[" + candidate.id() + "," + period + "]";
                now.add(new Use.Serving(
                        candidate,
                        period,
                        linear.integer("replicas" + name, 0, Math.max(1, most)),
                        linear.continuous("share" + name, 0, 1),
                        mean,
                        peak));
            }
        }
        serving.addAll(now);
    }

    private void addTraining(int period) {
        double seconds = horizon.periodLength().seconds();
        for (TrainingOn candidate : candidates.training()) {
            Workload.Training workload = candidate.workload();
            if (period < workload.startPeriod() || period > workload.deadlinePeriod()) {
                continue;
            }
            String name = "[" + candidate.id() + "," + period + "]";
            training.add(new Use.Training(
                    candidate,
                    period,
                    linear.binary("running" + name),
                    linear.continuous("work" + name, 0, 1),
                    candidate.workIn(seconds)));
        }
    }

    private void addBatch(int period) {
        for (BatchOn candidate : candidates.batch()) {
            Workload.Batch workload = candidate.workload();
            double growth = Math.pow(1 + workload.growthPerYear(), period * horizon.monthsPerPeriod() / 12.0);
            double tokens = workload.outputTokensPerPeriod() * growth;
            if (tokens <= 0) {
                continue;
            }
            double availability =
                    candidate.pool().firm() ? 1 : market.assumptions().spotAvailability();
            double perReplica = candidate.numbers().outputTokensPerSecond()
                    * horizon.periodLength().seconds()
                    * availability;
            String name = "[" + candidate.id() + "," + period + "]";
            batch.add(new Use.Batch(
                    candidate,
                    period,
                    linear.binary("present" + name),
                    linear.continuous("work" + name, 0, 1),
                    tokens,
                    tokens / perReplica));
        }
    }

    /** By pool, chips with which it could do everything alone in the busiest period: nobody needs more. */
    Map<Pool, Double> mostChips() {
        Map<Pool, double[]> byPeriod = new LinkedHashMap<>();
        double valley = market.assumptions().usableValley();
        for (Use.Serving use : serving) {
            // Layouts of one workload exclude one another, but a sum is a safe and simple bound.
            room(byPeriod, use)[use.period()] +=
                    linear.upper(use.replicas().index()) * use.candidate().chips();
        }
        for (Use.Training use : training) {
            room(byPeriod, use)[use.period()] += use.candidate().gangChips();
        }
        for (Use.Batch use : batch) {
            room(byPeriod, use)[use.period()] += (Math.ceil(use.meanReplicas() / valley) + 1)
                    * use.candidate().chips();
        }
        Map<Pool, Double> most = new LinkedHashMap<>();
        byPeriod.forEach((pool, chips) -> {
            double highest = 0;
            for (double count : chips) {
                highest = Math.max(highest, count);
            }
            most.put(pool, highest);
        });
        return most;
    }

    private double[] room(Map<Pool, double[]> byPeriod, Use use) {
        return byPeriod.computeIfAbsent(use.candidate().pool(), pool -> new double[market.periods()]);
    }
}
