package io.ampacity.gateway.settings;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whose tokens operators show, and who of them may do what.
 *
 * @param issuer exactly as tokens name it
 * @param audience that tokens must be meant for
 * @param keys address of the issuer's keys; null when the issuer itself says where they are
 * @param algorithms of signatures that are believed
 * @param claim that lists an operator's roles; dots lead into objects
 * @param viewers roles that may look
 * @param operators roles that may act, and look
 */
public record OidcSettings(
        String issuer,
        String audience,
        @Nullable String keys,
        Set<String> algorithms,
        String claim,
        Set<String> viewers,
        Set<String> operators) {

    public OidcSettings {
        algorithms = Set.copyOf(algorithms);
        viewers = Set.copyOf(viewers);
        operators = Set.copyOf(operators);
    }
}
