package io.ampacity.reports.paper;

/**
 * Text that no form can be harmed by: one line, bounded, without control characters, direction overrides or broken
 * surrogates.
 *
 * <p>Names come from scenarios, which are written by strangers. An escape character would drive a terminal, a
 * direction override would make a reader read another name than the one that counts, and a NUL is not allowed in HTML.
 * Escaping what is special to one form is left to its renderer.
 */
public final class PlainText {

    /** Longest sentence or cell, in code points. */
    static final int LONGEST = 1200;

    private static final int LONGEST_NAME = 64;

    private PlainText() {}

    /** The text on one line, cut at 1,200 code points. */
    public static String of(String text) {
        return clean(text, LONGEST);
    }

    /** A name on one line, short enough to stand inside a sentence. */
    public static String name(String text) {
        return clean(text, LONGEST_NAME);
    }

    private static String clean(String text, int longest) {
        StringBuilder clean = new StringBuilder(Math.min(text.length(), longest + 1));
        int taken = 0;
        boolean gap = false;
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            if (point == '\n' || point == '\r' || point == '\t' || point == ' ') {
                gap = taken > 0;
                continue;
            }
            if (taken + (gap ? 1 : 0) >= longest) {
                return clean.append('…').toString();
            }
            if (gap) {
                clean.append(' ');
                taken++;
                gap = false;
            }
            clean.appendCodePoint(isHarmful(point) ? '\uFFFD' : point);
            taken++;
        }
        return clean.toString();
    }

    private static boolean isHarmful(int point) {
        return Character.isISOControl(point)
                || point == 0x061C
                || (point >= 0x200E && point <= 0x200F)
                || (point >= 0x2028 && point <= 0x202E)
                || (point >= 0x2066 && point <= 0x2069)
                || point == 0xFEFF
                || (point >= 0xD800 && point <= 0xDFFF)
                || (point >= 0xFDD0 && point <= 0xFDEF)
                || (point & 0xFFFE) == 0xFFFE
                || Character.getType(point) == Character.UNASSIGNED;
    }
}
