package io.ampacity.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ampacity.emulator.Pace;
import io.ampacity.gateway.settings.Limits;
import io.ampacity.gateway.settings.TlsFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients that speak TLS, and those that should. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class ClientTlsTest {

    private static final char[] PASSWORD = "not a secret".toCharArray();

    @TempDir
    private static Path folder;

    private static Path first;
    private static Path second;

    @BeforeAll
    static void make() throws Exception {
        first = certificate("first", "EC");
        second = certificate("second", "RSA");
    }

    /** Makes a certificate for this machine, valid for a day, with its key beside it. */
    private static Path certificate(String name, String kind) throws Exception {
        Path store = folder.resolve(name + ".p12");
        Process making = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        name,
                        "-keyalg",
                        kind,
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "san=ip:127.0.0.1,dns:localhost",
                        "-validity",
                        "1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .start();
        String said = new String(making.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(making.waitFor()).as(said).isZero();
        KeyStore made = KeyStore.getInstance(store.toFile(), PASSWORD);
        pem(
                folder.resolve(name + ".pem"),
                "CERTIFICATE",
                made.getCertificate(name).getEncoded());
        pem(
                folder.resolve(name + ".key"),
                "PRIVATE KEY",
                made.getKey(name, PASSWORD).getEncoded());
        return folder.resolve(name + ".pem");
    }

    private static void pem(Path file, String what, byte[] bytes) throws IOException {
        Files.writeString(
                file,
                "-----BEGIN " + what + "-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes) + "\n-----END " + what
                        + "-----\n");
    }

    private static TlsFiles files(Path certificate) {
        return new TlsFiles(
                certificate,
                certificate.resolveSibling(certificate.getFileName().toString().replace(".pem", ".key")));
    }

    /** Trusts one certificate and no other. */
    private static SSLContext trusting(Path certificate) throws Exception {
        KeyStore known = KeyStore.getInstance(KeyStore.getDefaultType());
        known.load(null, null);
        try (InputStream in = Files.newInputStream(certificate)) {
            known.setCertificateEntry(
                    "it",
                    java.security.cert.CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(known);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private static Bench bench(double perToken) {
        return Bench.of(
                1,
                emulator -> emulator.withPace(new Pace.Fixed(0.01, perToken)),
                UnaryOperator.identity(),
                settings -> settings.withLimits(Limits.STANDARD).but(draft -> draft.tls = files(first)));
    }

    private static SSLSocket open(int port, Path trusted) throws Exception {
        SSLSocket socket =
                (SSLSocket) trusting(trusted).getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.setSoTimeout(20_000);
        return socket;
    }

    @Test
    void aClientThatChecksTheCertificateIsServed() throws Exception {
        try (Bench bench = bench(0);
                HttpClient client =
                        HttpClient.newBuilder().sslContext(trusting(first)).build()) {
            for (String body : new String[] {Bench.chat(""), Bench.stream()}) {
                HttpResponse<String> answer = client.send(
                        HttpRequest.newBuilder(URI.create(
                                        "https://localhost:" + bench.gateway.port() + "/v1/chat/completions"))
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.body()).contains("usage");
                assertThat(answer.sslSession().orElseThrow().getProtocol()).isEqualTo("TLSv1.3");
            }
            try (SSLSocket stranger = open(bench.gateway.port(), second)) {
                assertThatThrownBy(stranger::startHandshake).isInstanceOf(SSLException.class);
            }
            assertThat(bench.records).hasSize(2);
            assertThat(bench.faults).isEmpty();
        }
    }

    @Test
    void aPlainRequestIsNotAnsweredWhereTlsIsSpoken() throws Exception {
        try (Bench bench = bench(0)) {
            try (Socket socket = Talk.open(bench.gateway.port())) {
                OutputStream out = socket.getOutputStream();
                out.write(Talk.request("/v1/chat/completions", Bench.chat("")));
                byte[] back;
                try {
                    back = socket.getInputStream().readAllBytes();
                } catch (IOException reset) {
                    back = new byte[0];
                }
                assertThat(new String(back, StandardCharsets.ISO_8859_1)).doesNotContain("HTTP/");
            }
            assertThat(bench.records).isEmpty();
            assertThat(bench.faults).isEmpty();
        }
    }

    @Test
    void oneWhoNeverEndsTheHandshakeIsLetGo() throws Exception {
        try (Bench bench = Bench.of(
                        1, settings -> settings.withLimits(Bench.QUICK).but(draft -> draft.tls = files(first)));
                Socket socket = Talk.open(bench.gateway.port())) {
            socket.getOutputStream().write(new byte[] {22, 3, 1});
            long began = System.nanoTime();
            int left = socket.getInputStream().readAllBytes().length;
            assertThat(left).isLessThan(64);
            assertThat((System.nanoTime() - began) / 1e9).isLessThan(4);
        }
    }

    @Test
    void aRenewedCertificateIsShownToNewConnectionsAndOpenStreamsGoOn() throws Exception {
        try (Bench bench = bench(0.02)) {
            int port = bench.gateway.port();
            try (SSLSocket before = open(port, first)) {
                before.getOutputStream().write(Talk.request("/v1/chat/completions", Bench.stream()));
                InputStream in = before.getInputStream();
                int head = in.read();
                assertThat(head).isEqualTo('H');
                bench.gateway.reload(bench.gateway.settings().but(draft -> draft.tls = files(second)));
                try (SSLSocket after = open(port, second)) {
                    after.getOutputStream().write(Talk.request("/v1/chat/completions", Bench.chat("")));
                    assertThat(Talk.read(after.getInputStream()).status()).isEqualTo(200);
                    X509Certificate shown = (X509Certificate) after.getSession().getPeerCertificates()[0];
                    assertThat(shown.getSubjectX500Principal().getName()).isEqualTo("CN=second");
                }
                java.io.SequenceInputStream whole =
                        new java.io.SequenceInputStream(new java.io.ByteArrayInputStream(new byte[] {(byte) head}), in);
                assertThat(Talk.read(whole).saysWhole()).isTrue();
            }
        }
    }

    @Test
    void filesThatDoNotServeLeaveTheGatewayAsItWas() throws Exception {
        try (Bench bench = bench(0)) {
            TlsFiles mixed = new TlsFiles(first, files(second).key());
            assertThatThrownBy(
                            () -> bench.gateway.reload(bench.gateway.settings().but(draft -> draft.tls = mixed)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("is not the one of the certificate");
            try (SSLSocket still = open(bench.gateway.port(), first)) {
                still.getOutputStream().write(Talk.request("/v1/chat/completions", Bench.chat("")));
                assertThat(Talk.read(still.getInputStream()).status()).isEqualTo(200);
            }
        }
    }

    @Test
    void eachMistakeInTheFilesIsTold() throws GeneralSecurityException, IOException {
        assertThatThrownBy(() -> new TlsFiles(folder.resolve("none.pem"), folder.resolve("first.key")).context())
                .hasMessageContaining("none.pem cannot be read");
        assertThatThrownBy(() -> new TlsFiles(folder.resolve("first.key"), folder.resolve("first.key")).context())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("first.key");
        assertThatThrownBy(() -> new TlsFiles(first, first).context()).hasMessageContaining("openssl pkcs8");
        Path other = Files.writeString(folder.resolve("text.pem"), "hello");
        assertThatThrownBy(() -> new TlsFiles(other, folder.resolve("first.key")).context())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("text.pem");
    }

    private static HttpResponse<String> look(Gateway gateway, Path trusted) throws Exception {
        try (HttpClient client =
                HttpClient.newBuilder().sslContext(trusting(trusted)).build()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + gateway.adminPort() + "/admin/pools"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void operatorsSpeakTlsOnTheirPortAndARenewedCertificateIsShownThere() throws Exception {
        try (Bench bench = Bench.of(1, settings -> settings.but(draft -> draft.adminTls = files(first)))) {
            HttpResponse<String> seen = look(bench.gateway, first);
            assertThat(seen.statusCode()).isEqualTo(200);
            assertThat(seen.body()).contains("emulated@up0");
            assertThatThrownBy(() -> look(bench.gateway, second)).isInstanceOf(SSLException.class);
            // Who speaks in the clear hears nothing of what is there.
            try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), bench.gateway.adminPort())) {
                plain.setSoTimeout(20_000);
                plain.getOutputStream()
                        .write("GET /admin/pools HTTP/1.1\r\nhost: test\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                assertThat(new String(plain.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
                        .doesNotContain("emulated", "HTTP/1.1");
            }
            // Clients' own port is as it was.
            assertThat(bench.ask(Bench.chat("")).status()).isEqualTo(200);
            bench.gateway.reload(bench.gateway.settings().but(draft -> draft.adminTls = files(second)));
            assertThat(look(bench.gateway, second).statusCode()).isEqualTo(200);
            assertThat(bench.faults).isEmpty();
        }
    }
}
