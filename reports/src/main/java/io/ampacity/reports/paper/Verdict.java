package io.ampacity.reports.paper;

/**
 * The answer in one line, and why.
 *
 * @param word the shortest answer, such as {@code It holds}
 */
public record Verdict(Standing standing, String word, String because) {

    public Verdict {
        word = PlainText.of(word);
        because = PlainText.of(because);
    }

    /** How the question stands. */
    public enum Standing {
        /** There is a plan and its replay kept every promise. */
        HOLDS,
        /** There is a plan, and nothing yet shows that it holds. */
        UNPROVEN,
        /** There is a plan, and a rule or its replay breaks a promise. */
        FAILS,
        /** There is no plan. */
        IMPOSSIBLE;

        /** The sign that goes with it. */
        public Mark mark() {
            return switch (this) {
                case HOLDS -> Mark.MET;
                case UNPROVEN -> Mark.UNKNOWN;
                case FAILS, IMPOSSIBLE -> Mark.BROKEN;
            };
        }
    }
}
