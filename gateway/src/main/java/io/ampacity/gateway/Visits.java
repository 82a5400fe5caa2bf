package io.ampacity.gateway;

import io.ampacity.sockets.Loops;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The connections to the operators' port: so many at most, each for one request, each with its time. When there is no room,
 * the oldest that has not sent its request whole makes some, so that slow strangers cannot keep operators out. Thread-safe.
 */
final class Visits {

    private static final double NANOS = 1e9;

    private final Refusals refusals;
    private final int most;
    private final Set<Visit> asking = new LinkedHashSet<>();
    private int open;

    /** @param most connections at once, at least 1 */
    Visits(Refusals refusals, int most) {
        this.refusals = refusals;
        this.most = most;
    }

    /**
     * One connection, to be first in its line of handlers.
     *
     * @param askSeconds that it may take until its request is whole, TLS included
     * @param answerSeconds that it may take from then until its answer has left
     */
    Visit visit(double askSeconds, double answerSeconds) {
        return new Visit(askSeconds, answerSeconds);
    }

    /** Lets one in; who has to leave for it: nobody, another, or itself when all have asked already. */
    private synchronized @Nullable Visit enter(Visit come) {
        open++;
        asking.add(come);
        if (open <= most) {
            return null;
        }
        Iterator<Visit> oldest = asking.iterator();
        Visit leaves = oldest.next();
        oldest.remove();
        return leaves;
    }

    private synchronized void asked(Visit by) {
        asking.remove(by);
    }

    private synchronized void left(Visit gone) {
        asking.remove(gone);
        open--;
    }

    /** One connection. */
    final class Visit extends ChannelInboundHandlerAdapter {

        private final double askSeconds;
        private final double answerSeconds;
        private @Nullable ChannelHandlerContext context;
        private @Nullable Future<?> clock;

        private Visit(double askSeconds, double answerSeconds) {
            this.askSeconds = askSeconds;
            this.answerSeconds = answerSeconds;
        }

        @Override
        public void channelActive(ChannelHandlerContext active) {
            context = active;
            within(active, askSeconds, "request_timeout");
            active.channel().closeFuture().addListener(closed -> gone());
            Visit leaves = enter(this);
            if (leaves != null) {
                leaves.leave("too_many_connections");
            }
            active.fireChannelActive();
        }

        private void within(ChannelHandlerContext active, double seconds, String reason) {
            Future<?> before = clock;
            if (before != null) {
                before.cancel(false);
            }
            clock = Loops.after(active.channel().eventLoop(), (long) (seconds * NANOS), () -> leave(reason));
        }

        /** Its request is whole: no further one is read. */
        void asked() {
            ChannelHandlerContext active = context;
            if (active != null) {
                Visits.this.asked(this);
                active.channel().config().setAutoRead(false);
                within(active, answerSeconds, "answer_not_taken");
            }
        }

        private void leave(String reason) {
            ChannelHandlerContext active = context;
            if (active != null && active.channel().isActive()) {
                refusals.add(Refusals.Door.OPERATORS, active.channel().remoteAddress(), 0, reason, "");
                active.channel().close();
            }
        }

        private void gone() {
            Future<?> running = clock;
            if (running != null) {
                running.cancel(false);
            }
            left(this);
        }
    }
}
