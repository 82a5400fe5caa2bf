package io.ampacity.simulator.serving;

import io.ampacity.physics.StepModel;
import io.ampacity.simulator.engine.RequestSlab;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** In which order a replica takes waiting requests into its batch, and whom it preempts when its KV cache is full. */
public enum Scheduler {
    /** In order of arrival; the one admitted last is preempted. */
    FCFS("in order of arrival"),
    /** By priority class, then in order of arrival; the least urgent is preempted, the latest of equals. */
    PRIORITY("by priority class, then in order of arrival"),
    /**
     * The request that needs the least time first, which only somebody who knows the length of answers beforehand can
     * do; the one that needs most is preempted. An upper bound on what order can bring.
     */
    CLAIRVOYANT("a bound: shortest remaining time first, lengths being known beforehand"),
    /** Every request at once on a replica of its own: the latency that no capacity can better. */
    UNLIMITED("a bound: a replica of its own for every request");

    private final String help;

    Scheduler(String help) {
        this.help = help;
    }

    /** The name as written on the command line. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What it does, in a few words. */
    public String help() {
        return help;
    }

    /** Every name, the standard one first. */
    public static List<String> names() {
        return Arrays.stream(values()).map(Scheduler::id).toList();
    }

    /** @throws IllegalArgumentException when there is no such scheduler; the message lists those there are */
    public static Scheduler named(String name) {
        for (Scheduler scheduler : values()) {
            if (scheduler.id().equals(name)) {
                return scheduler;
            }
        }
        throw new IllegalArgumentException(
                "scheduler: there is no scheduler " + name + ". Maybe one of " + String.join(", ", names()));
    }

    /** Whether waiting requests are ordered by something else than arrival. */
    public boolean ranks() {
        return this == PRIORITY || this == CLAIRVOYANT;
    }

    /** Ranks a request that is to wait: the lower, the sooner it is taken. */
    public void rank(RequestSlab slab, int slot, StepModel model) {
        switch (this) {
            case FCFS, UNLIMITED -> {}
            case PRIORITY -> slab.rank[slot] = slab.priority[slot];
            case CLAIRVOYANT -> {
                int tokens = slab.promptTokens[slot] + slab.generated[slot];
                int steps = slab.outputTokens[slot] - slab.generated[slot] - 1;
                slab.rank[slot] = model.stepSeconds(tokens, 0.5 * tokens * tokens, 0, 0)
                        + steps
                                * (model.decodeBaseSeconds(1)
                                        + model.decodeSecondsPerContextToken(1) * (tokens + 0.5 * steps));
            }
        }
    }
}
