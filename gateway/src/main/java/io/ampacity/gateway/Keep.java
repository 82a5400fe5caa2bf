package io.ampacity.gateway;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/** Bytes that are kept until there are enough. Mutable. */
final class Keep {

    private static final byte[] NOTHING = new byte[0];

    private static final int MOST_EXPECTED = 16 << 10;

    private byte[] bytes;
    private int length;

    Keep() {
        bytes = NOTHING;
    }

    /** With room for as much as is expected, unless that is so much that it is better believed when it comes. */
    Keep(long expected) {
        bytes = expected > 0 && expected <= MOST_EXPECTED ? new byte[(int) expected] : NOTHING;
    }

    void add(ByteBuf more) {
        int count = more.readableBytes();
        reserve(count);
        more.getBytes(more.readerIndex(), bytes, length, count);
        length += count;
    }

    void add(byte[] source, int from, int to) {
        reserve(to - from);
        System.arraycopy(source, from, bytes, length, to - from);
        length += to - from;
    }

    private void reserve(int count) {
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.max(256, bytes.length * 2), length + count));
        }
    }

    byte[] array() {
        return bytes;
    }

    byte[] copy() {
        return Arrays.copyOf(bytes, length);
    }

    /** All of it, where nothing more is kept afterwards. */
    byte[] whole() {
        return length == bytes.length ? bytes : copy();
    }

    int length() {
        return length;
    }

    void clear() {
        length = 0;
        if (bytes.length > 1 << 16) {
            bytes = NOTHING;
        }
    }
}
