package io.ampacity.facts;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A kind of thing the catalogue knows. */
public enum FactKind {
    CHIPS,
    MODELS,
    REGIONS,
    OFFERS,
    GRIDS;

    /** The name as written on the command line and as key in files: {@code chips}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The kind a person means by {@code chip}, {@code chips} or {@code Chips}. */
    public static Optional<FactKind> parse(String name) {
        String wanted = name.strip().toLowerCase(Locale.ROOT);
        for (FactKind kind : values()) {
            if (kind.id().equals(wanted) || kind.id().equals(wanted + "s")) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    /** The names of all kinds. */
    public static List<String> ids() {
        return List.of(values()).stream().map(FactKind::id).toList();
    }
}
