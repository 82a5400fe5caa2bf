package io.ampacity.gateway;

import io.ampacity.gateway.protocol.EventSplitter;
import io.ampacity.gateway.protocol.StreamWatch;
import io.ampacity.gateway.protocol.Verdict;

/**
 * Passes the events of a stream on, each when it is complete. Events that lie whole in a packet pass as they lie there; one
 * that is spread over packets is put together first, so that a client never has half an event when a stream breaks.
 */
final class StreamRelay {

    /** Where events go, and what is done about them. */
    interface Out {

        /** What happens to an event that was looked at. */
        enum Way {
            PASS,
            DROP,
            /** The {@link Out#replacement} passes in its place. */
            REPLACE,
            /** The stream is over: nothing after this event, nor it, passes. */
            STOP
        }

        Way decide(Verdict verdict, byte[] event, int from, int to);

        /** What stands for the event that was looked at last. */
        byte[] replacement();

        /** Events to pass on, {@code events[from, to)}, which are the taker's only while it is called. */
        void take(byte[] events, int from, int to);

        void tooLarge();
    }

    private final StreamWatch watch;
    private final Out out;
    private final int largest;
    private final EventSplitter splitter = new EventSplitter();
    private final Keep begun = new Keep();

    StreamRelay(StreamWatch watch, Out out, int largest) {
        this.watch = watch;
        this.out = out;
        this.largest = largest;
    }

    /** Takes a packet, {@code bytes[from, to)}. */
    void packet(byte[] bytes, int from, int to) {
        int event = from;
        int passFrom = from;
        int end = splitter.nextEnd(bytes, from, to);
        while (end >= 0) {
            Out.Way way;
            if (begun.length() > 0) {
                begun.add(bytes, event, end);
                way = whole();
                passFrom = end;
            } else {
                way = decide(bytes, event, end);
                if (way != Out.Way.PASS) {
                    pass(bytes, passFrom, event);
                    passFrom = end;
                    replace(way);
                }
            }
            if (way == Out.Way.STOP) {
                return;
            }
            event = end;
            end = splitter.nextEnd(bytes, end, to);
        }
        pass(bytes, passFrom, event);
        if (event < to) {
            begun.add(bytes, event, to);
            if (begun.length() > largest) {
                begun.clear();
                out.tooLarge();
            }
        }
    }

    /** Passes an event on that was put together. */
    private Out.Way whole() {
        Out.Way way = decide(begun.array(), 0, begun.length());
        if (way == Out.Way.PASS) {
            out.take(begun.array(), 0, begun.length());
        } else {
            replace(way);
        }
        begun.clear();
        return way;
    }

    private void replace(Out.Way way) {
        if (way == Out.Way.REPLACE) {
            byte[] instead = out.replacement();
            out.take(instead, 0, instead.length);
        }
    }

    private Out.Way decide(byte[] bytes, int from, int to) {
        return out.decide(watch.event(bytes, from, to), bytes, from, to);
    }

    private void pass(byte[] bytes, int from, int to) {
        if (from < to) {
            out.take(bytes, from, to);
        }
    }
}
