package io.ampacity.planner.limits;

import io.ampacity.planner.model.Failures;
import io.ampacity.planner.model.Holding;
import io.ampacity.planner.model.JointModel;
import io.ampacity.planner.model.JointModel.Part;
import io.ampacity.planner.model.PlanModel;
import io.ampacity.planner.model.Project;
import io.ampacity.planner.solver.LinearSum;
import io.ampacity.planner.solver.Variable;
import io.ampacity.scenario.Programme;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Orders of two futures differ only once it has shown itself that a programme fails in one of them.
 *
 * <pre>
 *   |b(o,p,f) − b(o,p,g)| ≤ M Σ y(s) over the starts of programmes that fail in one of f and g, with planned silicon by p
 * </pre>
 *
 * <p>When that is depends on when they are started, which the plan decides; so the rows stand for every period in which it can be.
 */
public final class FailuresBecomeKnown {

    private FailuresBecomeKnown() {}

    /** Adds the rows to a model of several futures. */
    public static void addTo(JointModel model) {
        addTo(model, true);
    }

    /** Makes orders the same in all futures, whatever has shown itself. */
    public static void forbid(JointModel model) {
        addTo(model, false);
    }

    private static void addTo(JointModel model, boolean follow) {
        List<Part> parts = model.parts();
        Set<String> pairs = new HashSet<>();
        for (int f = 0; f < parts.size(); f++) {
            for (int g = f + 1; g < parts.size(); g++) {
                Failures one = Failures.in(parts.get(f).future());
                Failures other = Failures.in(parts.get(g).future());
                if (!one.equals(other)) {
                    bind(model, parts.get(f), parts.get(g), follow ? one.differentFrom(other) : Set.of(), pairs);
                }
            }
        }
    }

    private static void bind(JointModel model, Part one, Part other, Set<String> programmes, Set<String> pairs) {
        Map<String, Holding> others = new HashMap<>();
        other.model().holdings().forEach(holding -> others.put(holding.terms().id(), holding));
        for (Holding holding : one.model().holdings()) {
            Holding twin = others.get(holding.terms().id());
            boolean ordered = !holding.terms().flexible()
                    && Programme.idOf(holding.terms().contract()) == null;
            for (int p = 0; p < model.periods() && ordered && twin != null; p++) {
                Variable mine = holding.blocks(p);
                Variable theirs = twin.blocks(p);
                if (mine != null
                        && theirs != null
                        && mine.index() != theirs.index()
                        && pairs.add(mine.index() + " " + theirs.index())) {
                    bind(model, mine, theirs, known(one.model(), programmes, p));
                }
            }
        }
    }

    /** Rows between two variables; none where it cannot be told what would make them differ. */
    private static void bind(JointModel model, Variable one, Variable other, LinearSum known) {
        double most = Math.max(model.linear().upper(one.index()), model.linear().upper(other.index()));
        String name = (known.isConstant() ? " alike[" : "[") + one.name() + "," + other.name() + "]";
        LinearSum more = LinearSum.of(1, one).plus(-1, other).plus(-most, known);
        LinearSum less = LinearSum.of(-1, one).plus(1, other).plus(-most, known);
        model.linear().atMost("more" + name, more, 0);
        model.linear().atMost("less" + name, less, 0);
    }

    private static LinearSum known(PlanModel model, Set<String> programmes, int period) {
        LinearSum known = new LinearSum();
        for (Project project : model.projects()) {
            Programme programme = project.programme();
            for (int s = 0; s <= period && programme != null && programmes.contains(programme.id()); s++) {
                @Nullable Variable start = project.starts(s);
                if (start != null && project.ready(s) <= period) {
                    known.plus(1, start);
                }
            }
        }
        return known;
    }
}
