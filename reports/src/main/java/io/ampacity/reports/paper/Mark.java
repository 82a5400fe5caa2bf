package io.ampacity.reports.paper;

/** The outcome of a check. Each has its own sign and word, so that it can be told without colour. */
public enum Mark {
    MET("✓", "ok", "met"),
    BROKEN("✗", "NO", "broken"),
    UNKNOWN("?", "??", "unknown"),
    NOTE("!", "!!", "note");

    private final String sign;
    private final String ascii;
    private final String word;

    Mark(String sign, String ascii, String word) {
        this.sign = sign;
        this.ascii = ascii;
        this.word = word;
    }

    public String sign() {
        return sign;
    }

    public String ascii() {
        return ascii;
    }

    public String word() {
        return word;
    }
}
