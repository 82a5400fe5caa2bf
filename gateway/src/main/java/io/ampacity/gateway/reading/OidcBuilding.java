package io.ampacity.gateway.reading;

import io.ampacity.documents.schema.Attribute;
import io.ampacity.documents.schema.Form;
import io.ampacity.documents.schema.SchemaReading;
import io.ampacity.gateway.settings.OidcSettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes whose tokens operators show of a sound form, and notes what is wrong with it. */
record OidcBuilding(SchemaReading reading) {

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    @Nullable OidcSettings oidc(@Nullable Form form) {
        if (form == null || !form.isSound()) {
            return null;
        }
        boolean issuerIsSafe = isSafe(form, OidcTable.ISSUER);
        boolean keysAreSafe = !form.states(OidcTable.KEYS) || isSafe(form, OidcTable.KEYS);
        List<String> algorithms = form.valueOrNull(OidcTable.ALGORITHMS);
        List<String> viewers = form.valueOrNull(OidcTable.VIEWERS);
        List<String> operators = form.value(OidcTable.OPERATORS);
        if (operators.isEmpty()) {
            reading.error(form.place(OidcTable.OPERATORS), null, "nobody may act", "name a role");
            return null;
        }
        return !issuerIsSafe || !keysAreSafe
                ? null
                : new OidcSettings(
                        form.value(OidcTable.ISSUER),
                        form.value(OidcTable.AUDIENCE),
                        form.valueOrNull(OidcTable.KEYS),
                        algorithms == null || algorithms.isEmpty() ? Set.of("RS256", "ES256") : Set.copyOf(algorithms),
                        form.value(OidcTable.ROLES),
                        viewers == null ? Set.of() : Set.copyOf(viewers),
                        Set.copyOf(operators));
    }

    /** Whoever could change keys on their way could be every operator. */
    private boolean isSafe(Form form, Attribute<String> attribute) {
        String text = form.value(attribute);
        try {
            URI uri = new URI(text);
            if (uri.getHost() != null
                    && uri.getUserInfo() == null
                    && ("https".equals(uri.getScheme())
                            || ("http".equals(uri.getScheme()) && LOOPBACK.contains(uri.getHost())))) {
                return true;
            }
        } catch (URISyntaxException none) {
            // Said below.
        }
        reading.error(
                form.place(attribute),
                text,
                "this is no safe address: keys that arrive in the clear can be anybody's",
                "write it with https://");
        return false;
    }
}
