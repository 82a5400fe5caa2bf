package io.ampacity.documents;

/** Text from a document made fit for a message: one short line without control characters. */
public final class Excerpt {

    private static final int LONGEST = 60;

    private Excerpt() {}

    /** The text, cut at 60 characters. */
    public static String of(String text) {
        return text.length() <= LONGEST ? visible(text) : visible(text.substring(0, LONGEST - 3)) + "...";
    }

    /** The text in quotes, cut at 60 characters. */
    public static String quoted(String text) {
        return "\"" + of(text) + "\"";
    }

    /** The whole text with every control, format and unpaired surrogate character written as {@code ?}. */
    static String visible(String text) {
        StringBuilder line = null;
        for (int i = 0; i < text.length(); i++) {
            int type = Character.getType(text.charAt(i));
            boolean paired = type == Character.SURROGATE && isPaired(text, i);
            if ((type == Character.SURROGATE && !paired)
                    || type == Character.CONTROL
                    || type == Character.FORMAT
                    || type == Character.LINE_SEPARATOR
                    || type == Character.PARAGRAPH_SEPARATOR) {
                line = line == null ? new StringBuilder(text) : line;
                line.setCharAt(i, '?');
            }
        }
        return line == null ? text : line.toString();
    }

    private static boolean isPaired(String text, int i) {
        char c = text.charAt(i);
        return Character.isHighSurrogate(c)
                ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    }
}
