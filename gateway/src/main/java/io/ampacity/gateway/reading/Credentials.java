package io.ampacity.gateway.reading;

import io.ampacity.documents.schema.Attribute;
import io.ampacity.documents.schema.Form;
import io.ampacity.documents.schema.SchemaReading;
import io.ampacity.gateway.settings.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds secrets where a document says they are; a document itself never holds one. */
final class Credentials {

    private static final String VARIABLE = "env:";
    private static final String FILE = "file:";

    private Credentials() {}

    /** The secret of a form's attribute; null where it is not stated, and where it cannot be used, which is then noted. */
    static @Nullable Secret of(
            Form form,
            Attribute<String> attribute,
            SchemaReading reading,
            Map<String, String> environment,
            Path folder) {
        String where = form.valueOrNull(attribute);
        if (where == null) {
            return null;
        }
        try {
            return find(where, environment, folder);
        } catch (IllegalArgumentException missing) {
            // What stands there may be the secret itself, so it is not shown.
            reading.error(
                    form.place(attribute),
                    null,
                    "the credential cannot be used: " + missing.getMessage(),
                    "write credential: env:NAME and set that variable");
            return null;
        }
    }

    /** @throws IllegalArgumentException when there is none; the message does not show it */
    static Secret find(String where, Map<String, String> environment, Path folder) {
        String text;
        if (where.startsWith(VARIABLE)) {
            text = environment.get(where.substring(VARIABLE.length()));
            if (text == null || text.isBlank()) {
                throw new IllegalArgumentException(
                        "the environment variable " + where.substring(VARIABLE.length()) + " is not set");
            }
        } else if (where.startsWith(FILE)) {
            try {
                text = Files.readString(folder.resolve(where.substring(FILE.length())));
            } catch (IOException unreadable) {
                throw new IllegalArgumentException(
                        "the file " + where.substring(FILE.length()) + " cannot be read", unreadable);
            }
        } else {
            throw new IllegalArgumentException("a credential begins with env: or file:");
        }
        String secret = text.strip();
        if (secret.isEmpty() || secret.chars().anyMatch(character -> character < ' ')) {
            throw new IllegalArgumentException("it is empty or holds a line end");
        }
        return new Secret(secret);
    }
}
