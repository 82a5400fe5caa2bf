package io.ampacity.planner;

import io.ampacity.planner.model.JointModel;
import org.jspecify.annotations.Nullable;

/** Leaves fewer plans to choose from than the rules of the scenario do: what is pinned, or how somebody else would choose. */
@FunctionalInterface
public interface Restriction {

    /** All plans. */
    Restriction NONE = model -> true;

    /**
     * Adds rows or bounds to a model that is otherwise complete.
     *
     * @return whether any plan can be left
     */
    boolean restrict(JointModel model);

    /** Values to start the search from, in the order of the model's variables, NaN where unknown; null for none. */
    default double @Nullable [] start(JointModel model) {
        return null;
    }

    /**
     * Whether the best of the plans that are left is what is wanted. Otherwise plans were left out only to be quick, and the
     * gap is told to the relaxation of all plans.
     */
    default boolean isWanted() {
        return true;
    }

    /** Both restrictions. */
    default Restriction and(Restriction other) {
        Restriction one = this;
        return new Restriction() {
            @Override
            public boolean restrict(JointModel model) {
                return one.restrict(model) && other.restrict(model);
            }

            @Override
            public boolean isWanted() {
                return one.isWanted() && other.isWanted();
            }

            @Override
            public double @Nullable [] start(JointModel model) {
                double[] known = one.start(model);
                return known == null ? other.start(model) : known;
            }
        };
    }
}
