package io.ampacity.traces.description;

/** A line of eight heights that shows how a value went. */
public final class Sparkline {

    private static final String HEIGHTS = "▁▂▃▄▅▆▇█";

    private Sparkline() {}

    /** One character a value: the lowest for 0 or less, the highest for the largest; a space where it is not a number. */
    public static String sparkline(double[] values) {
        double largest = 0;
        for (double value : values) {
            largest = Double.isFinite(value) ? Math.max(largest, value) : largest;
        }
        StringBuilder line = new StringBuilder(values.length);
        for (double value : values) {
            if (Double.isNaN(value)) {
                line.append(' ');
            } else {
                double share = largest > 0 ? value / largest : 0;
                line.append(HEIGHTS.charAt((int) Math.clamp(Math.floor(share * 8), 0, 7)));
            }
        }
        return line.toString();
    }
}
