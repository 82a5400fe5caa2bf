package io.ampacity.planner.coefficients;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Remembers coefficients by the content of the question, so that a plan made again is cheap. Implementations must be
 * thread-safe, and may forget.
 */
public interface CoefficientStore {

    /** Changes when the simulation that answers changes, so that old answers are not mistaken for its own. */
    String VERSION = "1";

    /** Remembers nothing. */
    CoefficientStore NONE = new CoefficientStore() {
        @Override
        public @Nullable ServingCoefficients serving(String question) {
            return null;
        }

        @Override
        public void remember(String question, ServingCoefficients answer) {}
    };

    /** What was answered before; null when that is not known. */
    @Nullable ServingCoefficients serving(String question);

    void remember(String question, ServingCoefficients answer);

    /** The name of a question: the SHA-256 of all that enters it, in hex. Records print their content, so text will do. */
    static String question(Object... content) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(VERSION.getBytes(StandardCharsets.UTF_8));
            for (Object part : content) {
                digest.update((byte) 0);
                digest.update(String.valueOf(part).getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
