package io.ampacity.reports.terminal;

import java.util.ArrayList;
import java.util.List;

/** Breaks a sentence into lines that fit. */
final class Lines {

    private Lines() {}

    /** The text in lines of at most {@code room} columns; a word longer than a line is cut into pieces. */
    static List<String> wrap(String text, int room) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        int width = 0;
        for (String word : text.split(" ")) {
            String rest = word;
            int restWidth = DisplayWidth.of(rest);
            if (width > 0 && width + 1 + restWidth > room) {
                lines.add(line.toString());
                line.setLength(0);
                width = 0;
            }
            while (restWidth > room) {
                String piece = piece(rest, room);
                lines.add(piece);
                rest = rest.substring(piece.length());
                restWidth = DisplayWidth.of(rest);
            }
            if (width > 0) {
                line.append(' ');
                width++;
            }
            line.append(rest);
            width += restWidth;
        }
        if (width > 0 || lines.isEmpty()) {
            lines.add(line.toString());
        }
        return lines;
    }

    private static String piece(String word, int room) {
        int width = 0;
        int end = 0;
        while (end < word.length()) {
            int point = word.codePointAt(end);
            if (width + DisplayWidth.of(point) > room) {
                break;
            }
            width += DisplayWidth.of(point);
            end += Character.charCount(point);
        }
        return word.substring(0, Math.max(end, Character.charCount(word.codePointAt(0))));
    }
}
