package io.ampacity.gateway.metering;

import java.util.HexFormat;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Where a request stands in a trace, in the words of the W3C recommendation "Trace Context": what its client called it, and
 * what we call it to upstreams. Each attempt has a span of its own, whose id follows from when the attempt began, so nothing
 * more need be remembered of it.
 *
 * @param traceHigh first half of the trace's id
 * @param traceLow second half; both are 0 for none
 * @param parent span of the client; 0 when the trace begins here
 * @param span of the request
 * @param sampled whether it is told to the collector
 */
public record TraceContext(long traceHigh, long traceLow, long parent, long span, boolean sampled) {

    /** The header's name. */
    public static final String HEADER = "traceparent";

    private static final int LENGTH = 55;
    private static final long MIX = 0x9E3779B97F4A7C15L;
    private static final HexFormat HEX = HexFormat.of();

    /**
     * The context of a request that has arrived.
     *
     * @param header what its client says; null for nothing, and what is malformed says nothing either
     * @param share of traces that are sampled, where the client does not decide
     * @param follow whether the client decides
     * @param bits a source of ids
     */
    public static TraceContext of(@Nullable String header, double share, boolean follow, LongSupplier bits) {
        TraceContext told = header == null || !follow ? null : parsed(header, bits);
        if (told != null) {
            return told;
        }
        long low = some(bits);
        // The same bits decide in every replica, and in every collector that samples by them.
        boolean sampled = share >= 1 || (low & Long.MAX_VALUE) < share * 0x1.0p63;
        return new TraceContext(bits.getAsLong(), low, 0, some(bits), sampled);
    }

    private static long some(LongSupplier bits) {
        long next = bits.getAsLong();
        return next == 0 ? 1 : next;
    }

    private static @Nullable TraceContext parsed(String text, LongSupplier bits) {
        boolean first = text.startsWith("00");
        // A version that is still to come may say more behind what is known.
        boolean form = first ? text.length() == LENGTH : text.length() == LENGTH || isLonger(text);
        if (!form
                || text.startsWith("ff")
                || !isHex(text, 0, 2)
                || text.charAt(2) != '-'
                || !isHex(text, 3, 35)
                || text.charAt(35) != '-'
                || !isHex(text, 36, 52)
                || text.charAt(52) != '-'
                || !isHex(text, 53, 55)) {
            return null;
        }
        long high = HexFormat.fromHexDigitsToLong(text, 3, 19);
        long low = HexFormat.fromHexDigitsToLong(text, 19, 35);
        long parent = HexFormat.fromHexDigitsToLong(text, 36, 52);
        if ((high | low) == 0 || parent == 0) {
            return null;
        }
        boolean sampled = (HexFormat.fromHexDigits(text, 53, 55) & 1) != 0;
        return new TraceContext(high, low, parent, some(bits), sampled);
    }

    private static boolean isLonger(String text) {
        return text.length() > LENGTH && text.charAt(LENGTH) == '-';
    }

    private static boolean isHex(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char digit = text.charAt(i);
            if (!(digit >= '0' && digit <= '9') && !(digit >= 'a' && digit <= 'f')) {
                return false;
            }
        }
        return true;
    }

    /** Whether the trace was begun by the client. */
    public boolean isContinued() {
        return parent != 0;
    }

    /** The span of the attempt that began then. */
    public long spanOf(double beganSeconds) {
        long mixed = (span ^ Double.doubleToLongBits(beganSeconds)) * MIX;
        mixed = (mixed ^ (mixed >>> 32)) * MIX;
        return mixed == 0 ? 1 : mixed;
    }

    /** The header that the attempt which began then carries to its upstream. */
    public String header(double beganSeconds) {
        return "00-" + traceId() + "-" + HEX.toHexDigits(spanOf(beganSeconds)) + (sampled ? "-01" : "-00");
    }

    /** The trace's id in 32 digits. */
    public String traceId() {
        return HEX.toHexDigits(traceHigh) + HEX.toHexDigits(traceLow);
    }
}
