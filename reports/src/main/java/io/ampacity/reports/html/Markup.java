package io.ampacity.reports.html;

import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Text with elements, written so that nothing in it can be taken for markup that was not meant.
 *
 * <p>Every element is closed, so that the result is HTML and well-formed XML at once. Texts and attribute values are
 * escaped here and nowhere else.
 */
final class Markup {

    private final StringBuilder out = new StringBuilder();
    private final Deque<String> open = new ArrayDeque<>();

    /** Starts an element; attributes are names and values in turn. */
    Markup open(String element, String... attributes) {
        start(element, attributes);
        out.append('>');
        open.push(element);
        return this;
    }

    /** Ends the element that was started last. */
    Markup close() {
        out.append("</").append(open.pop()).append('>');
        return this;
    }

    /** An element with nothing inside. */
    Markup empty(String element, String... attributes) {
        start(element, attributes);
        out.append("/>");
        return this;
    }

    /** An element with text inside. */
    Markup element(String element, String text, String... attributes) {
        return open(element, attributes).text(text).close();
    }

    Markup text(String text) {
        escape(text);
        return this;
    }

    Markup line() {
        out.append('\n');
        return this;
    }

    /** Style or script of our own, which must hold no sign that HTML and XML read differently. */
    Markup verbatim(String element, String content) {
        if (content.indexOf('<') >= 0 || content.indexOf('&') >= 0) {
            throw new IllegalArgumentException("the " + element + " holds a sign that would have to be escaped");
        }
        out.append('<').append(element).append('>').append(content);
        out.append("</").append(element).append('>');
        return this;
    }

    /** A number as an attribute: plain digits, not more of them than a drawing needs. */
    static String length(double length) {
        return Double.isFinite(length) ? number(Math.round(length * 100) / 100.0) : "0";
    }

    /** A number with all its digits and no exponent. */
    static String number(double value) {
        return value == 0
                ? "0"
                : new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
    }

    @Override
    public String toString() {
        if (!open.isEmpty()) {
            throw new IllegalStateException("the element " + open.peek() + " is not closed");
        }
        return out.toString();
    }

    private void start(String element, String... attributes) {
        out.append('<').append(element);
        for (int i = 0; i < attributes.length; i += 2) {
            out.append(' ').append(attributes[i]).append("=\"");
            escape(attributes[i + 1]);
            out.append('"');
        }
    }

    private void escape(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(c);
            }
        }
    }
}
