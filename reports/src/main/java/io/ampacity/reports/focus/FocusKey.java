package io.ampacity.reports.focus;

import java.util.Comparator;
import java.util.Locale;

/**
 * Where a charge belongs: what a bill and a forecast are compared by.
 *
 * @param month such as {@code 2027-01}
 * @param provider in lower case, letters and digits only, so that spelling does not matter
 * @param region in lower case; empty where none is named
 */
public record FocusKey(String month, String provider, String category, String region) implements Comparable<FocusKey> {

    private static final Comparator<FocusKey> ORDER = Comparator.comparing(FocusKey::month)
            .thenComparing(FocusKey::provider)
            .thenComparing(FocusKey::category)
            .thenComparing(FocusKey::region);

    static FocusKey of(String month, String provider, String category, String region) {
        return new FocusKey(
                month,
                provider.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", ""),
                category.strip(),
                region.strip().toLowerCase(Locale.ROOT));
    }

    @Override
    public int compareTo(FocusKey other) {
        return ORDER.compare(this, other);
    }
}
