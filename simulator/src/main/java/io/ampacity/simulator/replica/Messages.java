package io.ampacity.simulator.replica;

import io.ampacity.simulator.engine.RequestSlab;

/**
 * When clients hear of their tokens. Without drafts every step brings each sequence a message of one token. With
 * speculative decoding a real step brings as many tokens as were accepted, in one message; steps here give one token
 * each, m of which are one real one, so that messages go out with every m-th step, rounded up: of 2.5 tokens, after 3, 5,
 * 8, 10 steps and so on.
 *
 * <p>All sequences of a replica get their messages at the same steps. One that begins to decode in between gets a first
 * message that is short, and one that ends or is preempted a last one, so that the gaps of a request that nothing befalls add
 * up to the time from its first token to its last.
 */
final class Messages {

    private final double tokensEach;
    private final RequestSlab slab;
    private final ReplicaEvents events;
    /** Sequences that got their last token apart from the others, since those had their last message. */
    private final SlotBag apart = new SlotBag();

    /** Steps of one token, in all. */
    private long steps;
    /** Rounds of messages, in all. */
    private long rounds;
    /** When the last round went out. */
    private double lastSeconds;

    Messages(double tokensEach, RequestSlab slab, ReplicaEvents events) {
        this.tokensEach = tokensEach;
        this.slab = slab;
        this.events = events;
    }

    private boolean areOfOneToken() {
        return tokensEach == 1;
    }

    /** The first {@code count} steps of a run have passed, in which so many sequences got a token each. */
    void passed(RunOfSteps run, long count, int sequences) {
        if (areOfOneToken()) {
            events.stepped(run.stepSeconds(), run.stepGrowth(), count, sequences);
            return;
        }
        for (long end = nextRound(); end <= steps + count; end = nextRound()) {
            send(run.startSeconds() + run.lengthOf(end - steps), sequences);
        }
        steps += count;
    }

    private long nextRound() {
        return (long) Math.ceil((rounds + 1) * tokensEach);
    }

    private void send(double now, int sequences) {
        rounds++;
        for (int i = 0; i < apart.size(); i++) {
            events.resumed(now - slab.lastTokenSeconds[apart.slot(i)]);
        }
        if (sequences > apart.size()) {
            events.stepped(now - lastSeconds, 0, 1, sequences - apart.size());
        }
        apart.clear();
        lastSeconds = now;
    }

    /** A sequence that has just got a token decodes from now on. */
    void begin(int slot, double now) {
        if (!areOfOneToken()) {
            slab.lastTokenSeconds[slot] = now;
            apart.add(slot);
        }
    }

    /** A sequence decodes no more: what it got since its last message goes out. */
    void end(int slot, double now) {
        if (!areOfOneToken()) {
            double since = apart.remove(slot) ? slab.lastTokenSeconds[slot] : lastSeconds;
            if (now > since) {
                events.resumed(now - since);
            }
        }
    }

    /** Nobody hears any more of a sequence. */
    void forget(int slot) {
        apart.remove(slot);
    }

    /** Nobody hears any more of any. */
    void clear() {
        apart.clear();
    }
}
