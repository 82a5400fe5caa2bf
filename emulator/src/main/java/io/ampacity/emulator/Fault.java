package io.ampacity.emulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** One way in which a model server fails a request. Times are wall-clock seconds, not scaled. */
public sealed interface Fault {

    /** Answers as it should. */
    record None() implements Fault {}

    /** Answers with an error status at once; {@code retryAfterSeconds} below 0 sends no such header. */
    record Status(int status, double retryAfterSeconds) implements Fault {}

    /** Resets the connection before a byte is answered. */
    record Reset() implements Fault {}

    /** Reads the request and never answers. */
    record Silence() implements Fault {}

    /** Sends the head of the answer, and the first token only after so long. */
    record LateFirstToken(double seconds) implements Fault {}

    /** Sends so many tokens and closes the connection in the middle of the answer. */
    record Cut(int tokens) implements Fault {}

    /** Sends so many tokens and ends the answer as if it were whole, with neither reason nor end mark. */
    record CleanCut(int tokens) implements Fault {}

    /** Sends so many tokens, then nothing for so long, then goes on. */
    record Stall(int tokens, double seconds) implements Fault {}

    /** Sends so many tokens, then an event that is no JSON. */
    record Malformed(int tokens) implements Fault {}

    /** Leaves out the mark that ends a stream. */
    record NoDone() implements Fault {}

    /** Says that the prompt is longer than the context. */
    record ContextTooLong() implements Fault {}

    /** Refuses the prompt as harmful. */
    record ContentFilter() implements Fault {}

    /** Sends so many tokens, then ends them as harmful. */
    record FilteredAnswer(int tokens) implements Fault {}

    /** Sends so many tokens, then an error as an event of the stream. */
    record ErrorEvent(int tokens) implements Fault {}

    /** Refuses a prompt that ends with words of the assistant. */
    record RejectPrefill() implements Fault {}

    /** Reports so many times the tokens it served. */
    record LyingUsage(double factor) implements Fault {}

    /** Reports no usage though it was asked to. */
    record NoUsage() implements Fault {}

    /** Makes the first token so many bytes long. */
    record BigEvent(int bytes) implements Fault {}

    /** Sends the answer byte for byte. */
    record ByteByByte() implements Fault {}

    /** The names that {@link #parse} knows, each with its parameters. */
    Map<String, Integer> NAMES = new TreeMap<>(Map.ofEntries(
            Map.entry("none", 0),
            Map.entry("status", 2),
            Map.entry("reset", 0),
            Map.entry("silence", 0),
            Map.entry("first-token", 1),
            Map.entry("cut", 1),
            Map.entry("clean-cut", 1),
            Map.entry("stall", 2),
            Map.entry("malformed", 1),
            Map.entry("no-done", 0),
            Map.entry("context", 0),
            Map.entry("filter", 0),
            Map.entry("filter-answer", 1),
            Map.entry("error-event", 1),
            Map.entry("reject-prefill", 0),
            Map.entry("lie", 1),
            Map.entry("no-usage", 0),
            Map.entry("big", 1),
            Map.entry("bytes", 0)));

    /**
     * Reads a fault as it is typed, such as {@code cut(40)} or {@code status(429,2)}.
     *
     * @throws IllegalArgumentException when it is none; the message says what there is
     */
    static Fault parse(String text) {
        String written = text.strip().toLowerCase(Locale.ROOT);
        int open = written.indexOf('(');
        String name = open < 0 ? written : written.substring(0, open);
        Integer most = NAMES.get(name);
        if (most == null || (open >= 0 && !written.endsWith(")"))) {
            throw new IllegalArgumentException("\"" + text + "\" is no fault. Maybe one of "
                    + String.join(", ", NAMES.keySet()) + ", such as cut(40) or status(429,2)");
        }
        List<Double> numbers = new ArrayList<>();
        if (open >= 0) {
            for (String number :
                    written.substring(open + 1, written.length() - 1).split(",")) {
                try {
                    numbers.add(Double.parseDouble(number.strip()));
                } catch (NumberFormatException notANumber) {
                    throw new IllegalArgumentException(
                            "\"" + number + "\" in \"" + text + "\" is no number. Maybe write " + name + "(1)",
                            notANumber);
                }
            }
        }
        int least = name.equals("status") ? 1 : most;
        if (numbers.size() < least || numbers.size() > most || numbers.stream().anyMatch(each -> !(each >= 0))) {
            throw new IllegalArgumentException("fault " + name + " takes " + most + " numbers of at least 0, not \""
                    + text + "\". Maybe write " + name + (most == 0 ? "" : most == 1 ? "(5)" : "(5,30)"));
        }
        return of(name, numbers);
    }

    private static Fault of(String name, List<Double> numbers) {
        int first = numbers.isEmpty() ? 0 : (int) Math.round(Math.min(numbers.getFirst(), Integer.MAX_VALUE));
        return switch (name) {
            case "status" -> new Status(first, numbers.size() > 1 ? numbers.get(1) : -1);
            case "reset" -> new Reset();
            case "silence" -> new Silence();
            case "first-token" -> new LateFirstToken(numbers.getFirst());
            case "cut" -> new Cut(first);
            case "clean-cut" -> new CleanCut(first);
            case "stall" -> new Stall(first, numbers.get(1));
            case "malformed" -> new Malformed(first);
            case "no-done" -> new NoDone();
            case "context" -> new ContextTooLong();
            case "filter" -> new ContentFilter();
            case "filter-answer" -> new FilteredAnswer(first);
            case "error-event" -> new ErrorEvent(first);
            case "reject-prefill" -> new RejectPrefill();
            case "lie" -> new LyingUsage(numbers.getFirst());
            case "no-usage" -> new NoUsage();
            case "big" -> new BigEvent(first);
            case "bytes" -> new ByteByByte();
            default -> new None();
        };
    }
}
