package io.ampacity.gateway.reading;

import io.ampacity.documents.schema.Attribute;
import io.ampacity.documents.schema.Listing;
import io.ampacity.documents.schema.Section;
import io.ampacity.documents.schema.Text;
import io.ampacity.documents.schema.Word;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Whose tokens operators show. */
final class OidcTable {

    private static final int LONGEST_TEXT = 500;

    static final Attribute<String> ISSUER = Attribute.of(
                    "issuer", Text.upTo(LONGEST_TEXT), "Of the tokens, exactly as they name it.")
            .mandatory()
            .example("https://login.example.com");
    static final Attribute<String> AUDIENCE = Attribute.of(
                    "audience", Text.upTo(LONGEST_TEXT), "That tokens must be meant for.")
            .mandatory()
            .example("ampacity");
    static final Attribute<String> KEYS = Attribute.of(
                    "keys", Text.upTo(LONGEST_TEXT), "Address of the issuer's public keys (JWKS).")
            .whenAbsent("as `/.well-known/openid-configuration` of the issuer says")
            .example("https://login.example.com/keys");
    static final Attribute<List<String>> ALGORITHMS = Attribute.of(
                    "algorithms", Listing.of(new Word<>(algorithms())), "Of signatures that are believed.")
            .whenAbsent("RS256 and ES256")
            .example("[ES256]");
    static final Attribute<String> ROLES = Attribute.of(
                    "roles", Text.upTo(200), "Claim that lists roles; dots lead into objects.")
            .orElse("roles")
            .example("realm_access.roles");
    static final Attribute<List<String>> VIEWERS = Attribute.of(
                    "viewers",
                    Listing.of(Text.upTo(200)),
                    "Roles that may look: pools, keys, why a request went where.")
            .whenAbsent("none but operators")
            .example("[support]");
    static final Attribute<List<String>> OPERATORS = Attribute.of(
                    "operators", Listing.of(Text.upTo(200)), "Roles that may act too: reload, drain, drills.")
            .mandatory()
            .example("[platform]");

    static final Section SECTION = Section.of(
            "operator tokens",
            "Whose tokens (OpenID Connect, signed JWT) operators show. Health, readiness and metrics are seen without one.",
            ISSUER,
            AUDIENCE,
            KEYS,
            ALGORITHMS,
            ROLES,
            VIEWERS,
            OPERATORS);

    private OidcTable() {}

    /** Signatures with a pair of keys alone: a shared secret would let every reader of a token make one. */
    private static Map<String, String> algorithms() {
        Map<String, String> words = new LinkedHashMap<>();
        for (String word : List.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")) {
            words.put(word, word);
        }
        return words;
    }
}
