package io.ampacity.physics;

import java.util.Locale;

/** What keeps a deployment from being faster. */
public enum Binding {
    COMPUTE,
    MEMORY_BANDWIDTH,
    KV_ROOM,
    LINK,
    OVERHEAD,
    POWER;

    /** The name in documents: {@code memory-bandwidth}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
