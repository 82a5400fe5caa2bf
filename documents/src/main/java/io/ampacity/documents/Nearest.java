package io.ampacity.documents;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The known words closest to one that is not known, for "did you mean". */
public final class Nearest {

    private static final int LONGEST_WORD = 120;
    private static final int MOST_WORDS = 3;

    private Nearest() {}

    /** Up to three of {@code known} that a typing slip could have turned into {@code word}, the closest first. */
    public static List<String> to(String word, Collection<String> known) {
        Map<String, String> names = new LinkedHashMap<>();
        known.forEach(name -> names.put(name, name));
        return to(word, names);
    }

    /** The same where several names, the keys, may mean one thing, the value: up to three things. */
    public static List<String> to(String word, Map<String, String> thingByName) {
        if (word.length() > LONGEST_WORD || word.isBlank()) {
            return List.of();
        }
        String wanted = fold(word);
        record Match(String name, String thing, double distance) {}
        List<Match> matches = new ArrayList<>();
        thingByName.forEach((name, thing) -> {
            String folded = fold(name);
            double allowed = Math.max(1, Math.min(wanted.length(), folded.length()) / 3);
            double distance = distance(wanted, folded);
            if (distance > allowed && isPart(wanted, folded)) {
                distance = 1 + 0.01 * Math.abs(folded.length() - wanted.length());
                allowed = 2;
            }
            if (distance <= allowed) {
                matches.add(new Match(name, thing, distance));
            }
        });
        return matches.stream()
                .sorted(Comparator.comparingDouble(Match::distance).thenComparing(Match::name))
                .map(Match::thing)
                .distinct()
                .limit(MOST_WORDS)
                .toList();
    }

    /** Whether one is said within the other. */
    private static boolean isPart(String wanted, String name) {
        return (wanted.length() >= 3 && name.contains(wanted)) || (name.length() >= 4 && wanted.contains(name));
    }

    /** A word without the differences people do not see: case, and which separator stands between its parts. */
    public static String fold(String word) {
        return word.strip().toLowerCase(Locale.ROOT).replace('_', '-').replace(' ', '-');
    }

    /** Insertions, deletions, replacements and swaps of neighbours that turn one word into the other. */
    static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            d[i][0] = i;
        }
        for (int j = 0; j <= b.length(); j++) {
            d[0][j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            for (int j = 1; j <= b.length(); j++) {
                int replace = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                d[i][j] = Math.min(replace, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
