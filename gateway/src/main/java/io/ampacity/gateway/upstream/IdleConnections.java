package io.ampacity.gateway.upstream;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** Connections to one upstream that wait for their next request, the latest first. Belongs to one event loop. */
final class IdleConnections {

    private static final int MOST = 512;
    private static final long LONGEST_NANOS = 30_000_000_000L;

    private record Idle(Connection connection, long sinceNanos) {}

    private final ArrayDeque<Idle> idle = new ArrayDeque<>();
    private final Manners manners;

    IdleConnections(Manners manners) {
        this.manners = manners;
    }

    /** The upstream said more than it was asked for. */
    void distrust() {
        manners.broken();
    }

    void add(Connection connection) {
        if (idle.size() >= MOST || !manners.areGood()) {
            connection.close();
            return;
        }
        idle.addFirst(new Idle(connection, System.nanoTime()));
        // Those that rest longest lie last.
        Idle oldest = idle.peekLast();
        while (oldest != null && System.nanoTime() - oldest.sinceNanos > LONGEST_NANOS) {
            idle.pollLast();
            oldest.connection.close();
            oldest = idle.peekLast();
        }
    }

    void remove(Connection connection) {
        if (!idle.isEmpty()) {
            idle.removeIf(each -> each.connection == connection);
        }
    }

    @Nullable Connection take() {
        Idle first = idle.pollFirst();
        while (first != null) {
            if (manners.areGood()
                    && first.connection.isOpen()
                    && System.nanoTime() - first.sinceNanos < LONGEST_NANOS) {
                return first.connection;
            }
            first.connection.close();
            first = idle.pollFirst();
        }
        return null;
    }
}
