package io.ampacity.simulator;

import io.ampacity.simulator.engine.RequestSlab;
import io.ampacity.simulator.replica.Stage;
import io.ampacity.simulator.report.ServingMeter;
import io.ampacity.simulator.serving.PriorityClass;
import io.ampacity.simulator.serving.PriorityClasses;

/** Gives each request its class, and gives it up when it has waited for longer than its class does. */
final class Patience {

    private final ShardState state;
    private final RequestSlab slab;
    private final RequestFlow flow;
    private final PriorityClasses classes;
    private final ServingMeter meter;
    private final boolean plain;

    Patience(ShardState state, RequestFlow flow) {
        this.state = state;
        this.flow = flow;
        slab = state.slab;
        classes = state.settings.features().classes();
        meter = state.serving;
        plain = !meter.metersClasses();
    }

    void arrived(int slot) {
        if (plain) {
            return;
        }
        int number = classes.of(slab.workload[slot], slab.number[slot], state.settings.seed());
        PriorityClass one = classes.classes().get(number);
        slab.urgency[slot] = number;
        slab.priority[slot] = one.priority();
        meter.ofClass(number).arrived();
        watch(slot, one);
    }

    /** Sets the timers of a request's limits, as they stand from its arrival on. */
    void watch(int slot) {
        if (!plain) {
            watch(slot, classes.classes().get(slab.urgency[slot]));
        }
    }

    private void watch(int slot, PriorityClass one) {
        double arrival = slab.arrivalSeconds[slot];
        watch(slot, arrival + one.queueTimeoutSeconds(), Timers.Kind.QUEUE_TIMEOUT);
        watch(slot, arrival + one.deadlineSeconds(), Timers.Kind.DEADLINE);
    }

    private void watch(int slot, double atSeconds, Timers.Kind kind) {
        if (atSeconds >= state.now && atSeconds < Double.POSITIVE_INFINITY) {
            state.timer(atSeconds, kind, slot);
        }
    }

    /** A request has waited as long as its class does. */
    void queueTimedOut(int slot) {
        if (!slab.begun[slot] && slab.stage[slot] < Stage.RUNNING) {
            giveUp(slot);
        }
    }

    /** The first token of a request should be there. */
    void deadlinePassed(int slot) {
        if (Double.isNaN(slab.firstTokenSeconds[slot])) {
            giveUp(slot);
        }
    }

    /** Of two tries each loses patience for itself, so that a request is given up with the last. */
    private void giveUp(int slot) {
        if (slab.stage[slot] == Stage.LEAVING) {
            return;
        }
        boolean last = flow.hedges.isLast(slot);
        flow.hedges.part(slot);
        flow.attempts.recall(slot, last ? Recall.SHED : Recall.OUTRUN);
    }

    void completed(int slot, double lastTokenSeconds, boolean attained) {
        if (!plain) {
            double arrival = slab.arrivalSeconds[slot];
            meter.ofClass(slab.urgency[slot])
                    .completed(slab.firstTokenSeconds[slot] - arrival, lastTokenSeconds - arrival, attained);
        }
    }

    void rejected(int slot) {
        if (!plain) {
            meter.ofClass(slab.urgency[slot]).rejected();
        }
    }

    void lost(int slot) {
        if (!plain) {
            meter.ofClass(slab.urgency[slot]).lost();
        }
    }

    void shed(int slot) {
        meter.ofClass(slab.urgency[slot]).shed();
    }
}
