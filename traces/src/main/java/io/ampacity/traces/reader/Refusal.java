package io.ampacity.traces.reader;

import io.ampacity.documents.DocumentException;
import io.ampacity.documents.Issue;
import io.ampacity.documents.Place;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The words in which a trace is refused. */
final class Refusal {

    private static final int LONGEST_SHOWN = 60;

    private Refusal() {}

    /** Refuses a file as a whole. */
    static DocumentException of(String file, String problem, String advice) {
        return at(file, 1, 1, "", problem, advice);
    }

    /** @param line from 1, held at the largest int, for there are longer files */
    static DocumentException at(String file, long line, int column, String path, String problem, String advice) {
        Place place = new Place(file, (int) Math.min(line, Integer.MAX_VALUE), column, path);
        return new DocumentException(List.of(Issue.error(place, null, problem, advice)));
    }

    /** Bytes as they can be shown on a terminal: shortened, with control characters as dots. */
    static String shown(byte[] bytes, int start, int end) {
        int length = Math.min(Math.max(0, end - start), LONGEST_SHOWN);
        StringBuilder text = new StringBuilder(length + 5).append('"');
        new String(bytes, start, length, StandardCharsets.UTF_8)
                .codePoints()
                .map(c -> Character.isISOControl(c) || c == 0xFFFD ? '.' : c)
                .forEach(text::appendCodePoint);
        return text.append(end - start > length ? "...\"" : "\"").toString();
    }
}
