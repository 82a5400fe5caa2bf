package io.ampacity.facts;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Finds known names that look like an unknown one, for "Maybe you mean". */
final class Nearest {

    private static final int MOST = 3;
    private static final int LONGEST = 120;

    private Nearest() {}

    /** How a name is compared: without regard to case, spaces, underscores and hyphens alike. */
    static String normal(String name) {
        return name.strip().toLowerCase(Locale.ROOT).replace(' ', '-').replace('_', '-');
    }

    /** Up to three ids whose name or alias is close to {@code unknown}, the closest first. */
    static List<String> ids(String unknown, Map<String, String> idByNormalName) {
        String wanted = normal(unknown);
        if (wanted.isEmpty() || wanted.length() > LONGEST) {
            return List.of();
        }
        record Match(String id, double distance, int length) {}
        List<Match> matches = new ArrayList<>();
        idByNormalName.forEach((name, id) -> {
            double distance = distance(wanted, name);
            double limit = Math.max(2, wanted.length() / 3.0);
            if (wanted.length() >= 2 && (name.contains(wanted) || (wanted.contains(name) && name.length() >= 3))) {
                distance = Math.min(distance, 1.5);
            }
            if (distance <= limit) {
                matches.add(new Match(id, distance, name.length()));
            }
        });
        matches.sort(Comparator.comparingDouble(Match::distance).thenComparingInt(Match::length));
        LinkedHashSet<String> ids = new LinkedHashSet<>();
        for (Match match : matches) {
            if (ids.size() < MOST) {
                ids.add(match.id());
            }
        }
        return List.copyOf(ids);
    }

    /** The same for plain words such as keys. */
    static List<String> words(String unknown, Collection<String> known) {
        Map<String, String> names = new java.util.LinkedHashMap<>();
        known.forEach(word -> names.put(normal(word), word));
        return ids(unknown, names);
    }

    /** Edits (insert, delete, replace, swap of neighbours) between two words. */
    static int distance(String one, String other) {
        int[] beforeLast = new int[other.length() + 1];
        int[] last = new int[other.length() + 1];
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int same = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(last[j] + 1, row[j - 1] + 1), last[j - 1] + same);
                if (i > 1
                        && j > 1
                        && one.charAt(i - 1) == other.charAt(j - 2)
                        && one.charAt(i - 2) == other.charAt(j - 1)) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
            int[] reused = beforeLast;
            beforeLast = last;
            last = row;
            row = reused;
        }
        return last[other.length()];
    }
}
