package io.ampacity.gateway;

import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Words that were never said before, each for one connection of one client: wherever one turns up that is not its own
 * connection, something leaked. Thread-safe.
 */
final class Marks {

    private static final Pattern MARK = Pattern.compile("mk[0-9a-f]{16}");

    private final Map<String, Long> connections = new ConcurrentHashMap<>();

    /** A new one for a connection. */
    String mark(long connection, SplittableRandom chance) {
        String mark = "mk%016x".formatted(chance.nextLong());
        connections.put(mark, connection);
        return mark;
    }

    /** Whose marks stand in a text; what only looks like a mark is nobody's. */
    Set<Long> in(CharSequence text) {
        Set<Long> found = new TreeSet<>();
        Matcher matcher = MARK.matcher(text);
        while (matcher.find()) {
            Long connection = connections.get(matcher.group());
            if (connection != null) {
                found.add(connection);
            }
        }
        return found;
    }

    /** How many were made. */
    int count() {
        return connections.size();
    }
}
