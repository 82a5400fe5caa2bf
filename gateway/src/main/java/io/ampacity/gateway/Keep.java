package io.ampacity.gateway;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/** Bytes that are kept until there are enough. Mutable. */
final class Keep {

    private static final byte[] NOTHING = new byte[0];

    private byte[] bytes = NOTHING;
    private int length;

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
