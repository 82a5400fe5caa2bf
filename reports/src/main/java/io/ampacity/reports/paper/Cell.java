package io.ampacity.reports.paper;

import org.jspecify.annotations.Nullable;

/**
 * One field of a table or tile.
 *
 * @param text what is read
 * @param value the number behind the text, unrounded; null when there is none
 */
public record Cell(String text, @Nullable Double value, Tone tone) {

    /** A field with nothing to say. */
    public static final Cell EMPTY = text("");

    public Cell {
        text = PlainText.of(text);
    }

    public static Cell text(String text) {
        return new Cell(text, null, Tone.PLAIN);
    }

    public static Cell number(String text, double value) {
        return new Cell(text, Double.isFinite(value) ? value : null, Tone.PLAIN);
    }

    public static Cell usd(double usd) {
        return number(Numerals.usd(usd), usd);
    }

    public static Cell count(long count) {
        return number(Numerals.count(count), (double) count);
    }

    public static Cell share(double share) {
        return number(Numerals.share(share), share);
    }

    public static Cell seconds(double seconds) {
        return number(Numerals.seconds(seconds), seconds);
    }

    /** The same field in another tone. */
    public Cell in(Tone other) {
        return new Cell(text, value, other);
    }
}
