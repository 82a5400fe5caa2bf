package io.ampacity.gateway.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes of JSON strings, put together as they stood. Mutable. */
final class RawText {

    private byte[] bytes = new byte[256];
    private int length;

    void append(byte[] source, int from, int to) {
        int count = to - from;
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + count));
        }
        System.arraycopy(source, from, bytes, length, count);
        length += count;
    }

    int length() {
        return length;
    }

    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }
}
