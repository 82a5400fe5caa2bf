package io.ampacity.simulator;

import io.ampacity.physics.StepModel;
import io.ampacity.simulator.fleet.FleetPool;
import io.ampacity.simulator.fleet.PowerCurve;
import io.ampacity.simulator.replica.Role;
import io.ampacity.simulator.serving.Autoscaling;
import io.ampacity.simulator.serving.Disaggregation;
import io.ampacity.simulator.serving.ServingFeatures;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Replicas of a pool that do the same on the same machines: all of them, or one half where prompts and answers are apart.
 *
 * @param from number of its first replica in the pool
 * @param to number after that of the last it may ever have
 * @param atFirst how many of them there are at the beginning, the first ones
 * @param scaling who sets their number; null where it is fixed
 */
record PoolPart(
        FleetPool pool,
        Role role,
        int from,
        int to,
        int atFirst,
        @Nullable Autoscaling scaling) {

    /** The parts of a pool, in order of their replicas. */
    static List<PoolPart> of(FleetPool pool, ServingFeatures features) {
        Disaggregation halves = features.disaggregation();
        int replicas = pool.routing().replicas();
        if (halves == null) {
            return List.of(part(pool, Role.WHOLE, 0, replicas, features.autoscaling()));
        }
        PoolPart prompts = part(pool, Role.PREFILL, 0, halves.prefillReplicas(), features.autoscaling());
        return List.of(
                prompts,
                part(
                        pool,
                        Role.DECODE,
                        prompts.to,
                        replicas - halves.prefillReplicas(),
                        features.answersAutoscaling()));
    }

    private static PoolPart part(FleetPool pool, Role role, int from, int replicas, @Nullable Autoscaling scaling) {
        if (scaling == null) {
            return new PoolPart(pool, role, from, from + replicas, replicas, null);
        }
        return new PoolPart(
                pool,
                role,
                from,
                from + Math.max(replicas, scaling.maximum()),
                Math.clamp(replicas, scaling.minimum(), scaling.maximum()),
                scaling);
    }

    /** Most replicas it may ever have. */
    int size() {
        return to - from;
    }

    boolean has(int replica) {
        return replica >= from && replica < to;
    }

    private FleetPool.@Nullable Answers others() {
        return role == Role.DECODE ? pool.answers() : null;
    }

    /** How fast and how hot its replicas run. */
    StepModel model() {
        FleetPool.Answers others = others();
        return others == null ? pool.model() : others.model();
    }

    /** How they slow down when they may draw less; null when unknown. */
    @Nullable PowerCurve power() {
        FleetPool.Answers others = others();
        return others == null ? pool.power() : others.power();
    }

    /** Which chips they have. */
    String chip() {
        FleetPool.Answers others = others();
        return others == null ? pool.routing().chip() : others.chip();
    }

    /** What holding one of them costs a second; null when unknown. */
    @Nullable Double usdPerReplicaSecond() {
        FleetPool.Answers others = others();
        return others == null ? pool.usdPerReplicaSecond() : others.usdPerReplicaSecond();
    }

    /** Which half it is, for reports; null when the pool is whole. */
    @Nullable String half() {
        return switch (role) {
            case WHOLE -> null;
            case PREFILL -> "prompts";
            case DECODE -> "answers";
        };
    }

    /** Its name, for messages. */
    String name() {
        String half = half();
        return "pool " + pool.routing().id() + (half == null ? "" : " that compute " + half);
    }
}
