package io.ampacity.gateway;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.ampacity.gateway.settings.OidcSettings;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.text.ParseException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Checks the token that an operator shows: who signed it, for whom, until when, and what its roles may do. Thread-safe. It may
 * wait for the issuer's keys, so it is not asked on an event loop.
 */
final class OperatorGuard {

    private static final int CONNECT_MILLIS = 2000;
    private static final int READ_MILLIS = 3000;
    private static final int LARGEST = 256 << 10;
    private static final int LONGEST_TOKEN = 16 << 10;
    private static final long KEPT_MILLIS = 300_000;
    private static final long WAIT_MILLIS = 10_000;
    private static final long OUTAGE_MILLIS = 3_600_000;
    private static final String BEARER = "Bearer ";
    private static final String DISCOVERY = "/.well-known/openid-configuration";

    private final OidcSettings settings;
    private @Nullable DefaultJWTProcessor<SecurityContext> processor;

    OperatorGuard(OidcSettings settings) {
        this.settings = settings;
    }

    /** What an operator wants. */
    enum Right {
        LOOK,
        ACT
    }

    /**
     * What was found.
     *
     * @param status 200 when it may be; else what to answer
     * @param who the token's subject; empty when it is not believed
     */
    record Verdict(int status, String who, String reason) {}

    OidcSettings settings() {
        return settings;
    }

    /** Checks the header {@code Authorization}. */
    Verdict check(@Nullable String header, Right right) {
        if (header == null || !header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return new Verdict(401, "", "no token was shown. Maybe add the header Authorization: Bearer …");
        }
        String token = header.substring(BEARER.length()).strip();
        if (token.length() > LONGEST_TOKEN) {
            return new Verdict(401, "", "the token is longer than " + LONGEST_TOKEN + " characters");
        }
        JWTClaimsSet claims;
        try {
            claims = processor().process(token, null);
        } catch (KeySourceException | IOException away) {
            return new Verdict(
                    503, "", "the keys of " + settings.issuer() + " cannot be had now, so no token can be checked");
        } catch (ParseException | BadJOSEException | JOSEException unbelievable) {
            return new Verdict(401, "", "the token is not believed: " + unbelievable.getMessage());
        }
        String who = claims.getSubject();
        Set<String> roles = roles(claims.getClaims(), settings.claim());
        boolean may = roles.stream()
                .anyMatch(role -> settings.operators().contains(role)
                        || (right == Right.LOOK && settings.viewers().contains(role)));
        return may
                ? new Verdict(200, who, "")
                : new Verdict(
                        403, who, "none of the roles of " + who + " may " + (right == Right.LOOK ? "look" : "do this"));
    }

    /** Words of a claim: a list of them, or one text with blanks between. */
    private static Set<String> roles(Map<String, Object> claims, String path) {
        Object value = claims;
        for (String step : path.split("\\.", -1)) {
            value = value instanceof Map<?, ?> object ? object.get(step) : null;
        }
        Set<String> roles = new HashSet<>();
        if (value instanceof Collection<?> listed) {
            listed.forEach(each -> roles.add(String.valueOf(each)));
        } else if (value instanceof String text) {
            roles.addAll(Arrays.asList(text.split(" ", -1)));
        }
        return roles;
    }

    private synchronized DefaultJWTProcessor<SecurityContext> processor() throws IOException {
        DefaultJWTProcessor<SecurityContext> known = processor;
        if (known != null) {
            return known;
        }
        DefaultResourceRetriever retriever = new DefaultResourceRetriever(CONNECT_MILLIS, READ_MILLIS, LARGEST);
        JWKSource<SecurityContext> keys = JWKSourceBuilder.<SecurityContext>create(keys(retriever), retriever)
                .cache(KEPT_MILLIS, WAIT_MILLIS)
                .outageTolerant(OUTAGE_MILLIS)
                .build();
        DefaultJWTProcessor<SecurityContext> made = new DefaultJWTProcessor<>();
        made.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(
                new HashSet<>(Arrays.asList(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null))));
        // Whatever the token says of itself, only these are tried; "none" can never be among them.
        made.setJWSKeySelector(new JWSVerificationKeySelector<>(
                settings.algorithms().stream().map(JWSAlgorithm::parse).collect(Collectors.toSet()), keys));
        made.setJWTClaimsSetVerifier(new DefaultJWTClaimsVerifier<>(
                Collections.singleton(settings.audience()),
                new JWTClaimsSet.Builder().issuer(settings.issuer()).build(),
                Set.of("exp", "sub"),
                null));
        processor = made;
        return made;
    }

    private URL keys(DefaultResourceRetriever retriever) throws IOException {
        String stated = settings.keys();
        if (stated != null) {
            return URI.create(stated).toURL();
        }
        String issuer = settings.issuer();
        String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        String document =
                retriever.retrieveResource(URI.create(base + DISCOVERY).toURL()).getContent();
        try {
            var told = JsonMapper.shared().readTree(document);
            String where = told.path("jwks_uri").asString("");
            if (!told.path("issuer").asString("").equals(issuer) || where.isEmpty()) {
                throw new IOException("what is at " + base + DISCOVERY + " does not speak of " + issuer);
            }
            return URI.create(where).toURL();
        } catch (JacksonException | IllegalArgumentException broken) {
            throw new IOException("what is at " + base + DISCOVERY + " is not understood", broken);
        }
    }

    /** What an operator's page needs; null for those that everybody may see. */
    static @Nullable Right wanted(String method, String path) {
        if (List.of("/healthz", "/readyz", "/metrics").contains(path)) {
            return null;
        }
        return method.equals("GET") || method.equals("HEAD") ? Right.LOOK : Right.ACT;
    }
}
