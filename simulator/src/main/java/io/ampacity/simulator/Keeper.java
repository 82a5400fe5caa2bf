package io.ampacity.simulator;

import org.jspecify.annotations.Nullable;

/** Who says which replicas of a part of a pool serve, and lends those that need not. */
interface Keeper {

    /** The replicas it keeps. */
    PoolPart part();

    /** Looks at them, as it does from time to time. */
    void look();

    /** What was begun with a replica is due, unless it was taken back. */
    void proceed(int replica);

    /** A request finds no replica: the number of one that can serve at once; else one is made ready if none is coming. */
    int wake();

    /** Whether a request that waits now will be served, as far as anybody knows. */
    boolean canServeLater();

    /** A replica has nothing left to do. */
    void idle(int replica);

    /** So many replicas that nobody needs; null when there are not so many. */
    int @Nullable [] free(int count);

    /** A replica that is free works on a job. */
    void lend(int replica);

    /** A replica that worked on a job does no more. */
    void takeBack(int replica, double atSeconds);
}
