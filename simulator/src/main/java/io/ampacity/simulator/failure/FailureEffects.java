package io.ampacity.simulator.failure;

/** Effects of failures as they are written. */
public final class FailureEffects {

    private FailureEffects() {}

    /**
     * An effect such as {@code slow=3}.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static Effect parse(String text) {
        return new FailureReader(text).effect(text);
    }

    /** What happens to a thing that fails, unless said otherwise. */
    public static Effect usual(boolean link, boolean controlPlane) {
        return FailureReader.usual(
                link ? Failure.Scope.LINK : controlPlane ? Failure.Scope.CONTROL_PLANE : Failure.Scope.SITE);
    }
}
