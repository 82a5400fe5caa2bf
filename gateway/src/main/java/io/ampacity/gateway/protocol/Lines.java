package io.ampacity.gateway.protocol;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Lines of a stream's bytes. */
final class Lines {

    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final long FEEDS = ONES * '\n';
    private static final long RETURNS = ONES * '\r';

    private Lines() {}

    /** The place of the first line feed or carriage return in {@code bytes[from, to)}; {@code to} when there is none. */
    static int end(byte[] bytes, int from, int to) {
        int place = from;
        // Eight at a time: a byte of x is 0 exactly where the highest bit of (x - 1) & ~x is the first that is set.
        while (place <= to - Long.BYTES) {
            long eight = (long) EIGHT.get(bytes, place);
            long feed = eight ^ FEEDS;
            long carriage = eight ^ RETURNS;
            long found = (((feed - ONES) & ~feed) | ((carriage - ONES) & ~carriage)) & HIGHS;
            if (found != 0) {
                return place + Long.numberOfTrailingZeros(found) / Byte.SIZE;
            }
            place += Long.BYTES;
        }
        while (place < to && bytes[place] != '\n' && bytes[place] != '\r') {
            place++;
        }
        return place;
    }
}
