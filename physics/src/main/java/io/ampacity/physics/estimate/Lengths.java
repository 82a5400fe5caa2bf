package io.ampacity.physics.estimate;

/**
 * Prompt and output lengths of a closed loop's requests.
 *
 * @param promptTokens longest prompt
 * @param outputTokens longest output
 * @param spread lengths are spread evenly from (1 − spread) × longest to the longest; 0 makes all equal
 */
public record Lengths(int promptTokens, int outputTokens, double spread) {

    public Lengths {
        if (promptTokens < 1 || outputTokens < 1) {
            throw new IllegalArgumentException("a request of " + promptTokens + " prompt and " + outputTokens
                    + " output tokens is empty. Maybe give at least 1 of each");
        }
        if (!(spread >= 0 && spread < 1)) {
            throw new IllegalArgumentException("a spread of lengths of " + spread + " is outside [0, 1)");
        }
    }

    /** All requests alike. */
    public static Lengths fixed(int promptTokens, int outputTokens) {
        return new Lengths(promptTokens, outputTokens, 0);
    }

    int prompt(int request) {
        return scaled(promptTokens, request, 0.6180339887498949);
    }

    /** @param around share of its length by which an output is stretched or shortened, evenly around it */
    int output(int request, double around) {
        double length = scaled(outputTokens, request, 0.7548776662466927);
        return (int) Math.max(1, Math.round(length * (1 + around * (fraction(request, 0.5698402909980532) - 0.5))));
    }

    /** An additive recurrence: evenly spread, without chance and so the same every time. */
    private int scaled(int longest, int request, double stride) {
        return Math.max(1, (int) Math.round(longest * (1 - spread * fraction(request, stride))));
    }

    private static double fraction(int request, double stride) {
        double fraction = (request + 1) * stride;
        return fraction - Math.floor(fraction);
    }
}
