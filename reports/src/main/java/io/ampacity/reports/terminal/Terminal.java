package io.ampacity.reports.terminal;

import io.ampacity.reports.paper.Numerals;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;

/**
 * What the place that text goes to can show.
 *
 * @param columns width, from 40 to 160: beyond that lines are hard to read
 * @param interactive whether a person watches it, so that a progress bar makes sense
 * @param colour whether colour and weight may be used
 * @param unicode whether characters beyond ASCII may be used
 */
public record Terminal(int columns, boolean interactive, boolean colour, boolean unicode) {

    /** Columns that are assumed where nobody knows better. */
    public static final int USUAL_COLUMNS = 80;

    private static final int FEWEST_COLUMNS = 40;
    private static final int MOST_COLUMNS = 160;

    public Terminal {
        columns = Math.clamp(columns, FEWEST_COLUMNS, MOST_COLUMNS);
    }

    /** A file or pipe: no colour, 80 columns. */
    public static Terminal plain() {
        return new Terminal(USUAL_COLUMNS, false, false, true);
    }

    /**
     * What the environment says.
     *
     * <p>Colour: {@code NO_COLOR} (set and not empty) forbids it, else {@code CLICOLOR_FORCE} (not 0) demands it, else
     * {@code CLICOLOR=0} and {@code TERM=dumb} forbid it, else a tty has it.
     *
     * @param environment such as {@link System#getenv()}
     * @param tty whether the stream is a terminal
     * @param measuredColumns what the terminal says of its width; 0 when it says nothing, and then {@code COLUMNS}
     *     counts, else 80
     * @param charset of the stream
     */
    public static Terminal of(Map<String, String> environment, boolean tty, int measuredColumns, Charset charset) {
        boolean dumb = environment.getOrDefault("TERM", "").equals("dumb");
        int columns = measuredColumns > 0 ? measuredColumns : columnsOf(environment.getOrDefault("COLUMNS", ""));
        boolean unicode = charset.equals(StandardCharsets.UTF_8)
                || charset.name().toUpperCase(Locale.ROOT).startsWith("UTF-");
        return new Terminal(columns, tty && !dumb, hasColour(environment, tty && !dumb), unicode);
    }

    /** The text in a style, or as it is where there is no colour. */
    public String styled(String text, Style style) {
        return colour && !text.isEmpty() ? "\u001B[" + style.code() + "m" + text + "\u001B[0m" : text;
    }

    /** The text with characters the terminal has: accents fall off, signs are spelled out, the rest becomes "?". */
    public String spelled(String text) {
        return unicode ? text : ascii(text);
    }

    /** How many columns text takes. */
    public int widthOf(String text) {
        return DisplayWidth.of(text);
    }

    /** The start of the text that fits, with an ellipsis when something is cut. */
    String cut(String text, int width) {
        return DisplayWidth.cut(text, width, unicode ? "…" : "~");
    }

    private static boolean hasColour(Map<String, String> environment, boolean capable) {
        if (!environment.getOrDefault("NO_COLOR", "").isEmpty()) {
            return false;
        }
        String force = environment.getOrDefault("CLICOLOR_FORCE", "");
        if (!force.isEmpty() && !force.equals("0")) {
            return true;
        }
        return capable && !environment.getOrDefault("CLICOLOR", "").equals("0");
    }

    private static int columnsOf(String text) {
        return text.matches("[1-9][0-9]{0,4}") ? Integer.parseInt(text) : USUAL_COLUMNS;
    }

    private static String ascii(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        String apart = Normalizer.normalize(text, Normalizer.Form.NFD);
        for (int i = 0; i < apart.length(); ) {
            int point = apart.codePointAt(i);
            i += Character.charCount(point);
            if (point < 0x80 || point == Numerals.JOIN) {
                plain.appendCodePoint(point);
            } else if (Character.getType(point) != Character.NON_SPACING_MARK) {
                plain.append(spelling(point));
            }
        }
        return plain.toString();
    }

    private static String spelling(int point) {
        return switch (point) {
            case '·', '–', '—', '─', '−' -> "-";
            case '…' -> "...";
            case '×' -> "x";
            case 'µ', 'μ' -> "u";
            case '₂' -> "2";
            case '³' -> "3";
            case '→' -> "->";
            case '≤' -> "<=";
            case '≥' -> ">=";
            case '’', '‘' -> "'";
            case '“', '”' -> "\"";
            case 'ß' -> "ss";
            case 'ø' -> "o";
            case 'Ø' -> "O";
            case 'æ' -> "ae";
            default -> "?";
        };
    }
}
