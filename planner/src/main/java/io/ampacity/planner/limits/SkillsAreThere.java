package io.ampacity.planner.limits;

import io.ampacity.planner.model.Holding;
import io.ampacity.planner.model.Limit;
import io.ampacity.planner.model.PlanModel;
import io.ampacity.planner.model.Project;
import io.ampacity.planner.solver.LinearSum;
import io.ampacity.planner.solver.Variable;
import io.ampacity.scenario.Learning;
import io.ampacity.scenario.Skills;
import java.util.Map;
import java.util.TreeMap;

/**
 * Chips come into use once the team can run their family, which it learns at most once.
 *
 * <pre>
 *   Σ y(way,s) ≤ 1                                          learned once, in one way
 *   Σ b over orders of the family whose first use is in q ≤ M Σ y(way,s) over those that are ready by q
 * </pre>
 *
 * <p>What is learned stays, so chips in use are covered when they were as they came. M is what could be ordered at all.
 */
final class SkillsAreThere implements LimitFamily {

    @Override
    public void addTo(PlanModel model) {
        Skills skills = model.market().scenario().projects().skills();
        if (skills == null) {
            return;
        }
        Map<String, LinearSum[]> coming = new TreeMap<>();
        for (Holding holding : model.holdings()) {
            String family =
                    model.market().scenario().family(holding.terms().pool().chip());
            if (!skills.today().contains(family)) {
                addComing(model, holding, coming.computeIfAbsent(family, absent -> sums(model.periods())));
            }
        }
        coming.forEach((family, sums) -> {
            addOnce(model, family);
            addRows(model, family, sums);
        });
    }

    private static LinearSum[] sums(int periods) {
        LinearSum[] sums = new LinearSum[periods];
        java.util.Arrays.setAll(sums, period -> new LinearSum());
        return sums;
    }

    /** Adds what may be ordered of an offer to the periods in which it is first in use. */
    private static void addComing(PlanModel model, Holding holding, LinearSum[] coming) {
        for (int p = 0; p < model.periods(); p++) {
            Variable blocks = holding.blocks(p);
            int first = holding.terms().flexible() ? p : holding.terms().firstInUse(p);
            if (blocks != null && first < model.periods()) {
                coming[first].plus(holding.terms().block(), blocks);
            }
        }
    }

    private static void addOnce(PlanModel model, String family) {
        LinearSum started = new LinearSum();
        for (Project project : model.projects()) {
            Learning learning = project.learning();
            if (learning != null && learning.family().equals(family)) {
                started.plus(1, project.started());
            }
        }
        if (!started.isConstant() && model.isFirst("learned " + family)) {
            model.linear().atMost("learned[" + family + "]", started, 1);
        }
    }

    private static void addRows(PlanModel model, String family, LinearSum[] coming) {
        Limit limit =
                new Limit("skills." + family, null, "team", 0, "raise the teams that can run " + family + " chips");
        // One team covers every period and every order.
        LinearSum give = model.give(limit, 1);
        for (int q = 0; q < model.periods(); q++) {
            double most = model.excess(coming[q], 0);
            if (coming[q].isConstant() || most <= 0) {
                continue;
            }
            LinearSum row = new LinearSum().plus(1 / most, coming[q]).plus(-1, give);
            for (Project project : model.projects()) {
                Learning learning = project.learning();
                if (learning != null && learning.family().equals(family)) {
                    row.plus(-1, project.inUse(q));
                }
            }
            model.linear().atMost("skills[" + family + "," + q + "]", row, 0);
        }
    }
}
