package io.ampacity.planner.verify;

import io.ampacity.planner.verify.PlacementCheck.Drawn;
import io.ampacity.scenario.Scenario;
import io.ampacity.scenario.Workload;
import java.util.List;

/** Checks that all work is done: traffic served, batches finished, runs trained by their deadlines. */
record WorkCheck(Scenario scenario, List<Drawn> drawn, Findings findings) {

    void run() {
        for (int p = 0; p < scenario.horizon().periods(); p++) {
            int period = p;
            List<Drawn> now =
                    drawn.stream().filter(d -> d.placement().period() == period).toList();
            scenario.workloads().forEach(workload -> check(workload, now, period));
        }
        training();
    }

    private void check(Workload workload, List<Drawn> now, int period) {
        List<Drawn> mine = now.stream()
                .filter(d -> d.workload().id().equals(workload.id()))
                .toList();
        switch (workload) {
            case Workload.Serving serving -> {
                if (serving.traffic().peakRate(scenario.horizon(), period) > 0) {
                    double shares = mine.stream()
                            .mapToDouble(d -> d.placement().share())
                            .sum();
                    findings.same("workloads." + workload.id() + ".traffic", period, "served share", shares, 1);
                }
            }
            case Workload.Training training -> {
                if (mine.size() > 1) {
                    findings.add("workloads." + training.id(), period, "trains in two places at once");
                }
            }
            case Workload.Batch batch -> {
                double growth = Math.exp(Math.log1p(batch.growthPerYear())
                        * period
                        * scenario.horizon().monthsPerPeriod()
                        / 12.0);
                double tokens =
                        mine.stream().mapToDouble(d -> d.placement().tokens()).sum();
                findings.same(
                        "workloads." + batch.id() + ".output-tokens-per-period",
                        period,
                        "tokens",
                        tokens,
                        batch.outputTokensPerPeriod() * growth);
            }
        }
    }

    private void training() {
        for (Workload workload : scenario.workloads()) {
            if (workload instanceof Workload.Training training) {
                double tokens = 0;
                for (Drawn one : drawn) {
                    tokens += one.workload().id().equals(workload.id())
                            ? one.placement().tokens()
                            : 0;
                }
                findings.atLeast(
                        "workloads." + training.id() + ".deadline", null, "tokens trained", tokens, training.tokens());
            }
        }
    }
}
