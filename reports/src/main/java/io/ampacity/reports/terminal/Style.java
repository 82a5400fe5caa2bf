package io.ampacity.reports.terminal;

/** How a piece of text is set off on a terminal that shows colour. */
public enum Style {
    BOLD("1"),
    FAINT("2"),
    GOOD("32"),
    BAD("31;1"),
    WARNING("33"),
    HEADING("1;36"),
    FIRST("34"),
    SECOND("33"),
    THIRD("32"),
    FOURTH("35"),
    FIFTH("36"),
    SIXTH("31");

    private static final Style[] HUES = {FIRST, SECOND, THIRD, FOURTH, FIFTH, SIXTH};

    private final String code;

    Style(String code) {
        this.code = code;
    }

    /** The style of a series of a chart. */
    static Style ofHue(int hue) {
        return HUES[Math.floorMod(hue, HUES.length)];
    }

    String code() {
        return code;
    }
}
