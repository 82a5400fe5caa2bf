package io.ampacity.planner.proof;

import io.ampacity.planner.Margins;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The loop of plan and replay: what a replay misses becomes a margin for the next plan, until they agree.
 *
 * <p>Coefficients come from one simulated replica under even traffic. A few replicas behind a router see bursts that one
 * does not, so small fleets can miss a promise that each replica alone keeps. The margin is what the miss says and no more.
 *
 * @param rounds in their order, the last one is the answer
 */
public record Tightening(List<Round> rounds) {

    /** Rounds after which the answer is told as it is. */
    public static final int MOST_ROUNDS = 3;

    private static final double LEAST_STEP = 0.02;
    private static final double MOST_STEP = 0.25;

    /**
     * A plan and its replay.
     *
     * @param margins with which it was planned
     * @param missed share of requests by which a promise was missed, by workload; empty when plan and replay agree
     */
    public record Round(Plan plan, Proof proof, Map<String, Double> margins, Map<String, Double> missed) {
        public Round {
            margins = Map.copyOf(margins);
            missed = Map.copyOf(missed);
        }
    }

    public Tightening {
        rounds = List.copyOf(rounds);
    }

    /** The last round. */
    public Round last() {
        return rounds.getLast();
    }

    /** Whether plan and replay agree at the end. */
    public boolean agrees() {
        return last().missed().isEmpty();
    }

    /**
     * Goes round.
     *
     * @param first the plan without margins
     * @param planned the plan with margins; empty when there is none, which ends the loop
     * @param replayed the replay of a plan
     */
    public static Tightening of(
            Scenario scenario, Plan first, Function<Margins, Optional<Plan>> planned, Function<Plan, Proof> replayed) {
        List<Round> rounds = new ArrayList<>();
        Margins margins = Margins.NONE;
        Plan plan = first;
        while (true) {
            Proof proof = replayed.apply(plan);
            Map<String, Double> missed = Shortfalls.of(scenario, proof);
            rounds.add(new Round(plan, proof, margins.byWorkload(), missed));
            if (missed.isEmpty() || rounds.size() == MOST_ROUNDS) {
                return new Tightening(rounds);
            }
            Map<String, Double> more = new TreeMap<>();
            for (Map.Entry<String, Double> each : missed.entrySet()) {
                double step = Math.clamp(1.5 * each.getValue(), LEAST_STEP, MOST_STEP);
                more.put(each.getKey(), margins.byWorkload().getOrDefault(each.getKey(), 0.0) + step);
            }
            margins = margins.with(more);
            Optional<Plan> next = planned.apply(margins);
            if (next.isEmpty()) {
                return new Tightening(rounds);
            }
            plan = next.get();
        }
    }
}
