package io.ampacity.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the launcher fetches a JDK, from a server of our own in place of the real one. */
final class JdkDownloadTest {

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init") // started before each test
    private HttpServer server;

    @SuppressWarnings("NullAway.Init") // packed before each test
    private byte[] archive;

    @BeforeEach
    void serveAnArchive() throws Exception {
        assumeTrue(
                Launch.run(List.of("sh", "-c", "command -v curl || command -v wget"), Map.of())
                                .exitCode()
                        == 0,
                "neither curl nor wget is here");
        Path jdk = Files.createDirectories(folder.resolve("packed/jdk-25.9/bin"));
        for (String program : List.of("java", "javac")) {
            Files.writeString(jdk.resolve(program), "#!/bin/sh\n");
            jdk.resolve(program).toFile().setExecutable(true);
        }
        Files.writeString(folder.resolve("packed/jdk-25.9/release"), "JAVA_VERSION=\"25.9\"\n");
        Launch packed = Launch.run(
                List.of(
                        "tar",
                        "czf",
                        folder.resolve("a.tgz").toString(),
                        "-C",
                        folder.resolve("packed").toString(),
                        "jdk-25.9"),
                Map.of());
        assertThat(packed.exitCode()).as(packed.err()).isZero();
        archive = Files.readAllBytes(folder.resolve("a.tgz"));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    @Test
    void anArchiveWithThePublishedDigestIsUsed() throws Exception {
        Launch fetched = fetch(digest(archive));

        assertThat(fetched.exitCode()).as(fetched.err()).isZero();
        assertThat(fetched.out()).endsWith("jdk-25.9 of release 25\n");
        assertThat(folder.resolve("cache/jdk/jdk-25.9/bin/java")).isExecutable();
    }

    @Test
    void anArchiveWithAnotherDigestIsThrownAway() throws Exception {
        Launch fetched = fetch(digest("something else".getBytes(StandardCharsets.UTF_8)));

        assertThat(fetched.exitCode()).isEqualTo(3);
        assertThat(fetched.out()).contains("another digest");
        assertThat(folder.resolve("cache/jdk")).isEmptyDirectory();
    }

    @Test
    void aServiceThatDoesNotAnswerIsTold() throws Exception {
        Launch fetched = install("http://127.0.0.1:1");

        assertThat(fetched.exitCode()).isEqualTo(3);
        assertThat(fetched.out()).contains("http://127.0.0.1:1 does not answer");
    }

    private Launch fetch(String publishedDigest) throws Exception {
        String address = "http://127.0.0.1:" + server.getAddress().getPort();
        String answer = """
                [ { "binary": { "installer": { "checksum": "00", "link": "http://127.0.0.1:1/x.pkg" },
                    "package": {
                      "checksum": "%s",
                      "link": "%s/a.tgz",
                      "size": 1 } } } ]
                """.formatted(publishedDigest, address);
        serve("/v3/assets/latest/25/hotspot", answer.getBytes(StandardCharsets.UTF_8));
        serve("/a.tgz", archive);
        return install(address);
    }

    /** Runs the launcher's function, and prints the JDK it chose or why there is none. */
    private static String script(Path folder) {
        String launcher = Checkout.root().resolve("ampacity").toString();
        return "cache='" + folder.resolve("cache") + "'; "
                // The launcher's own reading of a JDK, without its start.
                + "eval \"$(sed -n '/^inspect_jdk() {/,/^}/p' '" + launcher + "')\"; . '"
                + Checkout.root().resolve("launcher/jdk.sh")
                + "'; if install_archive; then echo \"${jdk##*/} of release $release\"; else echo \"$why\"; exit 3; fi";
    }

    private Launch install(String service) throws IOException, InterruptedException {
        return Launch.run(List.of("sh", "-c", script(folder)), Map.of("AMPACITY_JDK_SERVICE", service));
    }

    private void serve(String path, byte[] body) {
        server.createContext(path, exchange -> {
            exchange.sendResponseHeaders(200, body.length);
            try (var stream = exchange.getResponseBody()) {
                stream.write(body);
            }
        });
    }

    private static String digest(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
