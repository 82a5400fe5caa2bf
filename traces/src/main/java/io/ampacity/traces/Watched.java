package io.ampacity.traces;

/** A trace that tells a listener whenever it moves on, so that somebody can say how far a replay is. */
public final class Watched extends DelegatingSource {

    /** Told of every move. */
    @FunctionalInterface
    public interface Listener {

        /**
         * The trace stands at another request.
         *
         * @param source to be read, not moved
         * @param more whether there is a request; false at the end
         */
        void moved(RequestSource source, boolean more);
    }

    private final Listener listener;

    public Watched(RequestSource source, Listener listener) {
        super(source);
        this.listener = listener;
    }

    @Override
    public boolean next() {
        boolean more = source.next();
        listener.moved(source, more);
        return more;
    }
}
