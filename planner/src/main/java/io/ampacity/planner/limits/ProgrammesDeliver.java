package io.ampacity.planner.limits;

import io.ampacity.planner.model.Holding;
import io.ampacity.planner.model.PlanModel;
import io.ampacity.planner.model.Project;
import io.ampacity.planner.solver.LinearSum;
import io.ampacity.planner.solver.Variable;
import io.ampacity.scenario.Programme;
import io.ampacity.scenario.Programme.Decision;
import java.util.ArrayList;
import java.util.List;

/**
 * Chips of a programme come after its first silicon, no more than its ramp makes, and cheaper only once the dearer ones are
 * ordered.
 *
 * <pre>
 *   Σ y(s) ≤ 1                                       started once; = 1 where it must be
 *   Σ b(k,p) over sites and steps ≤ Σ ramp(s,p) y(s)
 *   X(k,p) = Σ b(k,q) for q ≤ p                       ordered so far at step k of the price
 *   X(k,p) ≥ size(k) full(k,p),  X(k+1,p) ≤ M full(k,p)
 * </pre>
 *
 * <p>All of it is about orders, and so the same in every future.
 */
final class ProgrammesDeliver implements LimitFamily {

    @Override
    public void addTo(PlanModel model) {
        for (Project project : model.projects()) {
            Programme programme = project.programme();
            if (programme == null) {
                continue;
            }
            if (model.isFirst("once " + project.path()) && !project.started().isConstant()) {
                double least = programme.decision() == Decision.MUST ? 1 : 0;
                model.linear().between("once[" + project.path() + "]", least, project.started(), 1);
            }
            List<List<Holding>> steps = steps(model, programme);
            if (!steps.isEmpty() && model.isFirst("ramp " + project.path())) {
                addRamp(model, project, programme, steps);
                addSteps(model, programme, steps);
            }
        }
    }

    /** The holdings of a programme by step of its price. */
    private static List<List<Holding>> steps(PlanModel model, Programme programme) {
        List<List<Holding>> steps = new ArrayList<>();
        for (Holding holding : model.holdings()) {
            if (holding.terms().contract().equals(programme.contract())) {
                while (steps.size() <= holding.terms().step()) {
                    steps.add(new ArrayList<>());
                }
                steps.get(holding.terms().step()).add(holding);
            }
        }
        return steps;
    }

    private static void addRamp(PlanModel model, Project project, Programme programme, List<List<Holding>> steps) {
        for (int p = 0; p < model.periods(); p++) {
            LinearSum row = new LinearSum();
            for (List<Holding> step : steps) {
                addOrdered(row, step, p, 1.0 / programme.block());
            }
            if (row.isConstant()) {
                continue;
            }
            double most = model.excess(row, 0);
            for (int s = 0; s <= p; s++) {
                Variable start = project.starts(s);
                if (start != null) {
                    // Cutting the ramp at what could be ordered at all changes nothing for a whole start.
                    double ramp = (double) programme.mostOrdered(model.horizon(), s, p) / programme.block();
                    row.plus(-Math.min(ramp, most), start);
                }
            }
            model.linear().atMost("ramp[" + project.path() + "," + p + "]", row, 0);
        }
    }

    private static void addOrdered(LinearSum sum, List<Holding> holdings, int period, double factor) {
        for (Holding holding : holdings) {
            Variable blocks = holding.blocks(period);
            if (blocks != null) {
                sum.plus(factor * holding.terms().block(), blocks);
            }
        }
    }

    private static void addSteps(PlanModel model, Programme programme, List<List<Holding>> steps) {
        List<Programme.Step> prices = programme.steps();
        for (int k = 0; k + 1 < steps.size(); k++) {
            double size = prices.get(k).chips();
            LinearSum ordered = new LinearSum();
            LinearSum next = new LinearSum();
            for (int p = 0; p < model.periods(); p++) {
                addOrdered(ordered, steps.get(k), p, 1 / size);
                addOrdered(next, steps.get(k + 1), p, 1 / size);
                if (next.isConstant()) {
                    continue;
                }
                String name = "[" + programme.contract() + "," + k + "," + p + "]";
                Variable full = model.decision("full" + name, p);
                model.linear().atMost("reached" + name, LinearSum.of(1, full).plus(-1, ordered), 0);
                double most = Math.max(1e-9, model.excess(next, 0));
                model.linear()
                        .atMost("beyond" + name, new LinearSum().plus(1, next).plus(-most, full), 0);
            }
            if (!next.isConstant()) {
                model.linear().atMost("filled[" + programme.contract() + "," + k + "]", ordered, 1);
            }
        }
    }
}
