package io.ampacity.reports.paper;

/** What a piece of text feels like; a renderer may show it by colour or weight, never by colour alone. */
public enum Tone {
    PLAIN,
    STRONG,
    FAINT,
    GOOD,
    BAD
}
