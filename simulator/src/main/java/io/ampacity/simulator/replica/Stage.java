package io.ampacity.simulator.replica;

/** Where a request stands, as the slab's column of stages holds it. */
public final class Stage {

    /** Nowhere: before it is sent, between two attempts, after its end. */
    public static final int NOWHERE = 0;
    /** On the network, on its way to a replica. */
    public static final int ON_THE_WAY = 1;
    /** In the queue of its pool. */
    public static final int POOLED = 2;
    /** In the queue of its replica. */
    public static final int WAITING = 3;
    /** Has its room in the KV cache, to which something is being brought. */
    public static final int LOADING = 4;
    /** All was brought; it goes into the batch with the next step. */
    public static final int READY = 5;
    /** In the batch: its prompt is being computed, or it decodes. */
    public static final int RUNNING = 6;
    /** In the batch until the step in progress ends. */
    public static final int LEAVING = 7;

    private Stage() {}
}
