package io.ampacity.gateway;

/** Makes names of requests that sort by time. */
final class RequestIds {

    private static final String DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int TIME_DIGITS = 9;
    private static final int CHANCE_DIGITS = 10;

    private RequestIds() {}

    /** A share in [0, 1) that an id alone decides, and that is as good as chance. */
    static double place(String id) {
        long mixed = (id.hashCode() + 0x9E3779B97F4A7C15L) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return ((mixed ^ (mixed >>> 31)) >>> 11) * 0x1.0p-53;
    }

    static String of(long millis, long bits) {
        StringBuilder id = new StringBuilder(4 + TIME_DIGITS + CHANCE_DIGITS).append("req_");
        for (int i = TIME_DIGITS - 1; i >= 0; i--) {
            id.append(DIGITS.charAt((int) (millis >>> (5 * i)) & 31));
        }
        for (int i = 0; i < CHANCE_DIGITS; i++) {
            id.append(DIGITS.charAt((int) (bits >>> (5 * i)) & 31));
        }
        return id.toString();
    }
}
