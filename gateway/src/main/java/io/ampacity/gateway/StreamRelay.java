package io.ampacity.gateway;

import io.ampacity.gateway.protocol.EventSplitter;
import io.ampacity.gateway.protocol.StreamWatch;
import io.ampacity.gateway.protocol.Verdict;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Passes the events of a stream on, each when it is complete. Events that lie whole in a packet pass as slices of it;
 * one that is spread over packets is put together first, so that a client never has half an event when a stream breaks.
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
        ByteBuf replacement();

        /** Events to pass on; to be released by the taker. */
        void take(ByteBuf events);

        void tooLarge();
    }

    private final StreamWatch watch;
    private final Out out;
    private final int largest;
    private final EventSplitter splitter = new EventSplitter();
    private final Keep begun = new Keep();
    private byte[] scratch = new byte[2048];

    StreamRelay(StreamWatch watch, Out out, int largest) {
        this.watch = watch;
        this.out = out;
        this.largest = largest;
    }

    /** Takes a packet, and releases it. */
    void packet(ByteBuf packet) {
        int length = packet.readableBytes();
        if (scratch.length < length) {
            scratch = new byte[Math.max(length, scratch.length * 2)];
        }
        packet.getBytes(packet.readerIndex(), scratch, 0, length);
        try {
            split(packet, length);
        } finally {
            packet.release();
        }
    }

    private void split(ByteBuf packet, int length) {
        int event = 0;
        int passFrom = 0;
        int end = splitter.nextEnd(scratch, 0, length);
        while (end >= 0) {
            Out.Way way;
            if (begun.length() > 0) {
                begun.add(scratch, event, end);
                byte[] whole = begun.copy();
                begun.clear();
                // The watch may draw lines of data together in what it is shown.
                way = decide(whole.clone(), 0, whole.length);
                if (way == Out.Way.PASS) {
                    out.take(Unpooled.wrappedBuffer(whole));
                } else if (way == Out.Way.REPLACE) {
                    out.take(out.replacement());
                }
                passFrom = end;
            } else {
                way = decide(scratch, event, end);
                if (way != Out.Way.PASS) {
                    pass(packet, passFrom, event);
                    passFrom = end;
                    if (way == Out.Way.REPLACE) {
                        out.take(out.replacement());
                    }
                }
            }
            if (way == Out.Way.STOP) {
                return;
            }
            event = end;
            end = splitter.nextEnd(scratch, end, length);
        }
        pass(packet, passFrom, event);
        if (event < length) {
            begun.add(scratch, event, length);
            if (begun.length() > largest) {
                begun.clear();
                out.tooLarge();
            }
        }
    }

    private Out.Way decide(byte[] bytes, int from, int to) {
        return out.decide(watch.event(bytes, from, to), bytes, from, to);
    }

    private void pass(ByteBuf packet, int from, int to) {
        if (from < to) {
            out.take(packet.retainedSlice(packet.readerIndex() + from, to - from));
        }
    }
}
