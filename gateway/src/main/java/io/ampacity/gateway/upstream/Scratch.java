package io.ampacity.gateway.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.FastThreadLocal;

/**
 * Bytes of one event loop that what has arrived is laid into to be looked at: they are used from one packet to the next, so
 * a packet leaves nothing to collect.
 */
final class Scratch {

    /** As much as a socket gives at once. */
    private static final int USUAL = 64 << 10;

    private static final byte[] TAKEN = {};

    private static final FastThreadLocal<byte[]> OF_LOOP = new FastThreadLocal<>() {
        @Override
        protected byte[] initialValue() {
            return new byte[USUAL];
        }
    };

    private Scratch() {}

    /** What there is to read, from the first byte on; to be {@linkplain #give given} back when it was looked at. */
    static byte[] of(ByteBuf packet) {
        int length = packet.readableBytes();
        byte[] bytes = OF_LOOP.get();
        // Who looks at one packet may be shown another before it has done.
        OF_LOOP.set(TAKEN);
        if (bytes.length < length) {
            bytes = new byte[Math.max(length, USUAL)];
        }
        packet.getBytes(packet.readerIndex(), bytes, 0, length);
        return bytes;
    }

    static void give(byte[] bytes) {
        if (bytes.length == USUAL) {
            OF_LOOP.set(bytes);
        } else {
            OF_LOOP.remove();
        }
    }
}
