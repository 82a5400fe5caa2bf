package io.ampacity.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import io.ampacity.gateway.settings.GatewaySettings;
import io.ampacity.gateway.settings.KeySettings;
import io.ampacity.gateway.settings.OidcSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who may look at the operators' pages, and who may act: against an issuer that runs here. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class OperatorsTest {

    /** An issuer of tokens. */
    private static final class Issuer implements AutoCloseable {
        final RSAKey rsa;
        final ECKey elliptic;
        final AtomicInteger asked = new AtomicInteger();
        final HttpServer server;
        volatile List<JWK> shown;

        Issuer() throws IOException, JOSEException {
            rsa = new RSAKeyGenerator(2048).keyID("one").generate();
            elliptic = new ECKeyGenerator(Curve.P_256).keyID("two").generate();
            shown = List.of(rsa.toPublicJWK(), elliptic.toPublicJWK());
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            page(
                    "/.well-known/openid-configuration",
                    () -> "{\"issuer\":\"" + name() + "\",\"jwks_uri\":\"" + name() + "/keys\"}");
            page("/keys", () -> {
                asked.incrementAndGet();
                return new JWKSet(shown).toString();
            });
            server.start();
        }

        private void page(String path, java.util.function.Supplier<String> text) {
            server.createContext(path, exchange -> {
                byte[] bytes = text.get().getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, bytes.length);
                exchange.getResponseBody().write(bytes);
                exchange.close();
            });
        }

        String name() {
            return "http://127.0.0.1:" + server.getAddress().getPort();
        }

        JWTClaimsSet.Builder claims(String... roles) {
            return new JWTClaimsSet.Builder()
                    .issuer(name())
                    .audience("ampacity")
                    .subject("ann")
                    .claim("realm", Map.of("roles", List.of(roles)))
                    .expirationTime(Date.from(Instant.now().plusSeconds(300)));
        }

        String token(String... roles) {
            return signed(claims(roles).build());
        }

        String signed(JWTClaimsSet claims) {
            try {
                return signed(claims, JWSAlgorithm.RS256, "one", new RSASSASigner(rsa));
            } catch (JOSEException broken) {
                throw new IllegalStateException(broken);
            }
        }

        static String signed(JWTClaimsSet claims, JWSAlgorithm algorithm, String key, JWSSigner signer)
                throws JOSEException {
            SignedJWT token =
                    new SignedJWT(new JWSHeader.Builder(algorithm).keyID(key).build(), claims);
            token.sign(signer);
            return token.serialize();
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }

    @BeforeAll
    static void warm() {
        Bench.warm();
    }

    private static UnaryOperator<GatewaySettings> guarded(Issuer issuer) {
        return settings -> settings.but(draft -> {
            draft.drills = true;
            draft.keys = List.of(new KeySettings("team", Keys.hash("good"), Set.of(), null, 60.0, null, 5.0));
            draft.oidc = new OidcSettings(
                    issuer.name(),
                    "ampacity",
                    null,
                    Set.of("RS256", "ES256"),
                    "realm.roles",
                    Set.of("support"),
                    Set.of("platform"));
        });
    }

    private static Talk send(Bench bench, String method, String path, String token) {
        try (Socket socket = Talk.open(bench.gateway.adminPort())) {
            socket.getOutputStream()
                    .write((method + " " + path + " HTTP/1.1\r\nhost: test\r\ncontent-length: 0\r\n"
                                    + (token.isEmpty() ? "" : "authorization: Bearer " + token + "\r\n") + "\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            return Talk.read(socket.getInputStream());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static void with(ThrowingConsumer test) throws Exception {
        try (Issuer issuer = new Issuer();
                Bench bench = Bench.of(1, guarded(issuer))) {
            test.accept(issuer, bench);
            assertThat(bench.faults).isEmpty();
        }
    }

    private interface ThrowingConsumer {
        void accept(Issuer issuer, Bench bench) throws Exception;
    }

    @Test
    void viewersLookOperatorsActAndOthersDoNeither() throws Exception {
        with((issuer, bench) -> {
            String viewer = issuer.token("support");
            String operator = issuer.token("platform", "other");
            String stranger = issuer.token("sales");
            for (String page : List.of("/admin/pools", "/admin/keys", "/admin/requests?since=0")) {
                assertThat(send(bench, "GET", page, viewer).status()).as(page).isEqualTo(200);
                assertThat(send(bench, "GET", page, operator).status()).as(page).isEqualTo(200);
                assertThat(send(bench, "GET", page, stranger).status()).as(page).isEqualTo(403);
                assertThat(send(bench, "GET", page, "").status()).as(page).isEqualTo(401);
            }
            String drill = "/admin/drills/up0?fault=down&seconds=0";
            for (String act : List.of(drill, "/admin/drain", "/admin/resume")) {
                assertThat(send(bench, "POST", act, viewer).status()).as(act).isEqualTo(403);
                assertThat(send(bench, "POST", act, "").status()).as(act).isEqualTo(401);
                assertThat(send(bench, "POST", act, operator).status()).as(act).isEqualTo(200);
            }
            assertThat(send(bench, "GET", "/admin/pools", "").headers())
                    .containsEntry("www-authenticate", "Bearer error=\"invalid_token\"");
        });
    }

    @Test
    void healthReadinessAndMetricsAreSeenWithoutAToken() throws Exception {
        with((issuer, bench) -> {
            bench.gateway.ready(true);
            for (String page : List.of("/healthz", "/readyz", "/metrics")) {
                assertThat(send(bench, "GET", page, "").status()).as(page).isEqualTo(200);
            }
            assertThat(issuer.asked.get()).isZero();
        });
    }

    @Test
    void tokensThatAreNotForUsAreNotBelieved() throws Exception {
        with((issuer, bench) -> {
            RSAKey other = new RSAKeyGenerator(2048).keyID("one").generate();
            JWTClaimsSet good = issuer.claims("platform").build();
            byte[] publicKey = issuer.rsa.toRSAPublicKey().getEncoded();
            Map<String, String> unbelievable = new java.util.LinkedHashMap<>();
            unbelievable.put("no signature", new PlainJWT(good).serialize());
            unbelievable.put(
                    "another's key under the same id",
                    Issuer.signed(good, JWSAlgorithm.RS256, "one", new RSASSASigner(other)));
            unbelievable.put(
                    "an unknown key", Issuer.signed(good, JWSAlgorithm.RS256, "three", new RSASSASigner(other)));
            unbelievable.put(
                    "the public key as a shared secret",
                    Issuer.signed(good, JWSAlgorithm.HS256, "one", new MACSigner(publicKey)));
            unbelievable.put(
                    "an algorithm that is not allowed",
                    Issuer.signed(good, JWSAlgorithm.PS512, "one", new RSASSASigner(issuer.rsa)));
            unbelievable.put("over", issuer.signed(change(issuer, claims -> claims.expirationTime(ago(120)))));
            unbelievable.put("never over", issuer.signed(change(issuer, claims -> claims.expirationTime(null))));
            unbelievable.put("not yet", issuer.signed(change(issuer, claims -> claims.notBeforeTime(ago(-120)))));
            unbelievable.put("for another", issuer.signed(change(issuer, claims -> claims.audience("billing"))));
            unbelievable.put("for nobody", issuer.signed(change(issuer, claims -> claims.audience((String) null))));
            unbelievable.put(
                    "of another issuer", issuer.signed(change(issuer, claims -> claims.issuer("http://evil"))));
            unbelievable.put("of nobody", issuer.signed(change(issuer, claims -> claims.subject(null))));
            String whole = issuer.signed(good);
            unbelievable.put("cut", whole.substring(0, whole.length() - 6));
            unbelievable.put("changed", whole.replace('.', ','));
            unbelievable.put("nonsense", "{}");
            unbelievable.put("large", "a.".repeat(20_000).substring(0, 30_000));
            unbelievable.forEach((what, token) -> {
                Talk talk = send(bench, "POST", "/admin/drain", token);
                assertThat(talk.status())
                        .as(what)
                        .isIn(
                                switch (what) {
                                    case "an unknown key" -> List.of(401, 503);
                                    case "large" -> List.of(431);
                                    default -> List.of(401);
                                });
                assertThat(talk.body()).as(what).doesNotContain(token);
            });
            assertThat(send(bench, "POST", "/admin/resume", whole).status()).isEqualTo(200);
        });
    }

    private static JWTClaimsSet change(Issuer issuer, Consumer<JWTClaimsSet.Builder> change) {
        JWTClaimsSet.Builder claims = issuer.claims("platform");
        change.accept(claims);
        return claims.build();
    }

    private static Date ago(long seconds) {
        return Date.from(Instant.now().minusSeconds(seconds));
    }

    @Test
    void otherKindsOfKeysAndAKeyThatIsNewAreFound() throws Exception {
        with((issuer, bench) -> {
            JWTClaimsSet claims = issuer.claims("support").build();
            issuer.shown = List.of(issuer.rsa.toPublicJWK());
            assertThat(send(bench, "GET", "/admin/pools", issuer.token("support"))
                            .status())
                    .isEqualTo(200);
            issuer.shown = List.of(issuer.elliptic.toPublicJWK());
            assertThat(send(
                                    bench,
                                    "GET",
                                    "/admin/pools",
                                    Issuer.signed(claims, JWSAlgorithm.ES256, "two", new ECDSASigner(issuer.elliptic)))
                            .status())
                    .isEqualTo(200);
            assertThat(issuer.asked.get()).isEqualTo(2);
        });
    }

    @Test
    void keysAreFetchedOnceAndAnIssuerThatIsAwayLocksNobodyOutAtOnce() throws Exception {
        with((issuer, bench) -> {
            String token = issuer.token("support");
            for (int i = 0; i < 20; i++) {
                assertThat(send(bench, "GET", "/admin/pools", token).status()).isEqualTo(200);
            }
            assertThat(issuer.asked.get()).isEqualTo(1);
            issuer.close();
            assertThat(send(bench, "GET", "/admin/pools", token).status()).isEqualTo(200);
        });
    }

    @Test
    void withoutTheIssuersKeysNobodyIsBelievedAndTrafficGoesOn() throws Exception {
        with((issuer, bench) -> {
            String token = issuer.token("platform");
            issuer.close();
            Talk talk = send(bench, "GET", "/admin/pools", token);
            assertThat(talk.status()).isEqualTo(503);
            assertThat(talk.headers()).containsKey("retry-after");
            assertThat(bench.ask(Bench.chat(""), "x-api-key", "good").status()).isEqualTo(200);
        });
    }

    @Test
    void drainReloadAndKeysDoWhatTheySay() throws Exception {
        with((issuer, bench) -> {
            String operator = issuer.token("platform");
            bench.gateway.ready(true);
            send(bench, "POST", "/admin/drain", operator);
            assertThat(Talk.look(bench.gateway.port(), "/readyz").status()).isEqualTo(503);
            assertThat(bench.ask(Bench.chat(""), "x-api-key", "good").status()).isEqualTo(200);
            send(bench, "POST", "/admin/resume", operator);
            assertThat(Talk.look(bench.gateway.port(), "/readyz").status()).isEqualTo(200);
            String keys = send(bench, "GET", "/admin/keys", operator).body();
            assertThat(keys)
                    .contains("\"name\":\"team\"")
                    .contains("\"budgetUsd\":5.0")
                    .doesNotContain(Keys.hash("good"));
            assertThat(send(bench, "POST", "/admin/reload", operator).body()).contains("no document");
            bench.gateway.reloader(() -> "");
            assertThat(send(bench, "POST", "/admin/reload", operator).status()).isEqualTo(200);
            assertThat(send(bench, "GET", "/admin/reload", operator).status()).isEqualTo(405);
            assertThat(send(bench, "DELETE", "/admin/pools", operator).status()).isEqualTo(405);
            assertThat(send(bench, "GET", "/admin/requests?since=yesterday", operator)
                            .status())
                    .isEqualTo(400);
        });
    }
}
