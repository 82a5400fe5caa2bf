package io.ampacity.simulator.fleet;

import io.ampacity.facts.Chip;
import io.ampacity.facts.Deployment;
import io.ampacity.facts.Figure;
import io.ampacity.facts.LanguageModel;
import io.ampacity.physics.ServingPhysics;
import io.ampacity.physics.ServingStepModel;
import io.ampacity.physics.StepModel;
import java.util.function.DoubleFunction;

/**
 * How a replica slows down when it may draw less. All watts are those of the replica's chips with their share of servers,
 * before PUE.
 *
 * @param idleWatts what it draws when powered and idle
 * @param fullWatts the most it ever draws
 * @param serverWatts what of either is not the chips'
 * @param slowed its step model when it may draw so many watts, above idle
 */
public record PowerCurve(
        double idleWatts, double fullWatts, double serverWatts, DoubleFunction<? extends StepModel> slowed) {

    public PowerCurve {
        if (!(idleWatts >= 0 && fullWatts >= idleWatts) || Double.isInfinite(fullWatts)) {
            throw new IllegalArgumentException("a replica that draws " + idleWatts + " W idle and " + fullWatts
                    + " W at most is none: neither may be negative, and the second not below the first");
        }
    }

    /** Steps that would draw more are stretched, as those of a server whose clock can only stop. */
    public static PowerCurve stretching(StepModel model, double fullWatts) {
        return new PowerCurve(model.idleWatts(), fullWatts, 0, watts -> model);
    }

    /** Clocks come down as physics tells. */
    public static PowerCurve of(ServingPhysics physics, Chip chip, LanguageModel model, Deployment deployment) {
        ServingStepModel plain = physics.stepModel(chip, model, deployment);
        Figure tdp = chip.tdpWatts();
        if (tdp == null) {
            throw new IllegalArgumentException(
                    "the design power of " + chip.id() + " is unknown, so its power cannot be capped");
        }
        double server = plain.idleWatts() - plain.chipIdleWatts();
        int chips = plain.chips();
        return new PowerCurve(
                plain.idleWatts(),
                chips * tdp.value() + server,
                server,
                watts -> physics.withPowerCap((watts - server) / chips).stepModel(chip, model, deployment));
    }

    /** The step model of a replica that draws no more than so many watts in any step. */
    public StepModel at(double watts) {
        if (!(watts > idleWatts)) {
            throw new IllegalArgumentException("a replica that draws " + idleWatts + " W idle cannot run at " + watts
                    + " W. Maybe fewer replicas, each with more");
        }
        return new HeldToPower(slowed.apply(watts), watts);
    }
}
