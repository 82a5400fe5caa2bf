package io.ampacity.gateway;

import io.ampacity.gateway.settings.KeySettings;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The keys that clients may show, known by their hashes alone. Immutable. */
final class Keys {

    private final Map<String, KeySettings> byHash = new HashMap<>();

    Keys(List<KeySettings> keys) {
        keys.forEach(key -> byHash.put(key.sha256(), key));
    }

    boolean areWanted() {
        return !byHash.isEmpty();
    }

    /** The key behind a text; null when there is none. */
    @Nullable KeySettings find(String text) {
        return byHash.get(hash(text));
    }

    static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
