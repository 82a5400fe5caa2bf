package io.ampacity.facts;

import java.util.Locale;

/** What a chip cannot be made without, and few can make. */
public enum ChipPart {
    /** Who makes the logic dies. */
    FOUNDRY,
    /** Who joins dies and memory. */
    PACKAGING,
    /** Who makes the stacked memory. */
    MEMORY;

    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
