package io.ampacity.reports.paper;

/**
 * A column of a {@link Block.Table}.
 *
 * @param priority where room is short the highest goes first; 0 always stays
 */
public record Column(String title, Kind kind, int priority) {

    /** How its cells are set. */
    public enum Kind {
        /** Words, left, may be shortened. */
        TEXT,
        /** Numbers, right, never shortened. */
        NUMBER,
        /** A bar whose length is the cell's value, 0 to 1. */
        BAR
    }

    public Column {
        title = PlainText.of(title);
    }

    public static Column text(String title) {
        return new Column(title, Kind.TEXT, 0);
    }

    public static Column number(String title) {
        return new Column(title, Kind.NUMBER, 0);
    }

    public static Column bar() {
        return new Column("", Kind.BAR, 99);
    }

    /** The same column, dropped before those of lower priority. */
    public Column withPriority(int other) {
        return new Column(title, kind, other);
    }
}
