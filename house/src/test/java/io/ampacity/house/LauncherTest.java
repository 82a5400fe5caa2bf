package io.ampacity.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The real thing: the launcher started as a process, as a person or a script does. */
final class LauncherTest {

    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    @TempDir
    private Path folder;

    @BeforeEach
    void theProductIsBuilt() {
        assumeTrue(
                Files.exists(Checkout.root().resolve("target/app/stamp")),
                "./ampacity test builds the product first; Maven alone does not");
    }

    @Test
    void theVersionIsToldWithoutAWordOnStandardError() throws Exception {
        Launch launch = Launch.of("--version");

        assertThat(launch.exitCode()).isZero();
        assertThat(launch.out()).startsWith("ampacity ");
        assertThat(launch.err()).isEmpty();
    }

    @Test
    void standardOutputIsOneJsonDocumentAndNothingElse() throws Exception {
        for (List<String> line : List.of(
                List.of("--version", "--json"),
                List.of("doctor", "--json"),
                List.of("facts", "list", "chips", "--json"),
                List.of("facts", "show", "no-such-chip", "--json"),
                List.of("no-such-command", "--json"))) {
            Launch launch = Launch.of(line.toArray(String[]::new));
            JsonNode document = STRICT.readTree(launch.out());

            assertThat(document.isObject()).as("%s", line).isTrue();
            assertThat(document.has("errors")).as("%s", line).isEqualTo(launch.exitCode() == 2);
            assertThat(launch.err().isEmpty()).as("%s", line).isEqualTo(launch.exitCode() == 0);
        }
    }

    @Test
    void badInputEndsWithTwo() throws Exception {
        assertThat(Launch.of("no-such-command").exitCode()).isEqualTo(2);
        assertThat(Launch.of("trace", "describe", "/no/such/file").exitCode()).isEqualTo(2);
        assertThat(Launch.of("estimate", "--model", "x").exitCode()).isEqualTo(2);
    }

    @Test
    void anEarlyEndOfThePipeIsQuiet() throws Exception {
        Launch launch = Launch.run(
                List.of(
                        "sh",
                        "-c",
                        "'" + Checkout.root().resolve("ampacity") + "' facts list offers --json | head -n 1"),
                Map.of());

        assertThat(launch.out().strip()).isEqualTo("{");
        assertThat(launch.err()).isEmpty();
    }

    @Test
    void aSymbolicLinkStartsItFromAnywhere() throws Exception {
        Path link = Files.createDirectories(folder.resolve("a folder")).resolve("ampacity");
        Files.createSymbolicLink(link, Checkout.root().resolve("ampacity"));

        assertThat(Launch.of(link, Map.of(), "--version").exitCode()).isZero();
    }

    @Test
    void aFolderWithBlanksIsNoHindrance() throws Exception {
        Path checkout = Files.createDirectories(folder.resolve("our check out"));
        Files.copy(Checkout.root().resolve("ampacity"), checkout.resolve("ampacity"));
        checkout.resolve("ampacity").toFile().setExecutable(true);
        Files.copy(Checkout.root().resolve("pom.xml"), checkout.resolve("pom.xml"));
        Files.createSymbolicLink(checkout.resolve("launcher"), Checkout.root().resolve("launcher"));
        Files.createSymbolicLink(checkout.resolve("target"), Checkout.root().resolve("target"));

        Launch launch = Launch.of(checkout.resolve("ampacity"), Map.of(), "--version");

        assertThat(launch.exitCode()).as(launch.err()).isZero();
        assertThat(launch.err()).isEmpty();
    }

    @Test
    void aJdkThatIsToldAndIsNoneIsBadInput() throws Exception {
        Launch launch =
                Launch.of(Checkout.root().resolve("ampacity"), Map.of("AMPACITY_JAVA_HOME", "/nowhere"), "--version");

        assertThat(launch.exitCode()).isEqualTo(2);
        assertThat(launch.err()).contains("/nowhere").contains("Maybe");
    }

    @Test
    void whatTheUserSaysOfJavaComesLastAndItsCollectorAlone() throws Exception {
        String usual = toldJava("", "facts");
        assertThat(usual).contains(" -XX:+UseSerialGC ").doesNotContain("ThreadPriorityPolicy");

        String serving = toldJava("-Xmx1g -XX:CompilerThreadPriority=0", "serve");
        assertThat(serving).contains(" -XX:+UseSerialGC ").contains(" -XX:CompilerThreadPriority=10 ");
        assertThat(serving.indexOf(" -XX:CompilerThreadPriority=0 "))
                .isGreaterThan(serving.indexOf(" -XX:CompilerThreadPriority=10 "));

        assertThat(toldJava("-XX:+UseZGC -Xmx1g", "serve"))
                .contains(" -XX:+UseZGC ")
                .doesNotContain("UseSerialGC");
        assertThat(toldJava("-XX:+UseStringDeduplication", "serve")).contains("UseSerialGC");
    }

    /** What a Java that only tells how it was started is told, each option between blanks. */
    private String toldJava(String options, String command) throws Exception {
        Path jdk = folder.resolve("jdk");
        Files.createDirectories(jdk.resolve("bin"));
        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"25.0.99\"\nJAVA_RUNTIME_VERSION=\"25.0.99+1\"\n");
        Path java = Files.writeString(jdk.resolve("bin/java"), "#!/bin/sh\necho \" $* \"\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Launch launch = Launch.of(
                Checkout.root().resolve("ampacity"),
                Map.of("AMPACITY_JAVA_HOME", jdk.toString(), "AMPACITY_JAVA_OPTS", options, "AMPACITY_BUILD", "never"),
                command);
        assertThat(launch.exitCode()).as(launch.err()).isZero();
        return launch.out();
    }

    @Test
    void anUnknownModuleIsNotTested() throws Exception {
        Launch launch = Launch.of("test", "attic");

        assertThat(launch.exitCode()).isEqualTo(2);
        assertThat(launch.err()).contains("attic").contains("units");
    }

    @Test
    void theSumOfTheTestsIsTheLastLine() throws Exception {
        Path reports = Files.createDirectories(folder.resolve("room/target/surefire-reports"));
        Files.writeString(
                reports.resolve("TEST-a.xml"),
                "<testsuite name=\"a\" time=\"1\" tests=\"7\" errors=\"1\" skipped=\"2\" failures=\"1\">\n</testsuite>\n");
        Files.writeString(
                reports.resolve("TEST-b.xml"),
                "<testsuite name=\"b\" tests=\"3\" errors=\"0\" skipped=\"0\" failures=\"0\"/>\n");
        Files.writeString(folder.resolve("log"), "[WARNING] Tests run: 7, Failures: 1\n");

        assertThat(sum(0)).endsWith("\n6 passed, 2 failed, 2 skipped\n1\n");
        Files.delete(reports.resolve("TEST-a.xml"));
        assertThat(sum(0)).endsWith("3 passed, 0 failed, 0 skipped\n0\n");
        assertThat(sum(1)).endsWith("\n3 passed, 1 failed, 0 skipped\n1\n");
        Files.writeString(folder.resolve("log"), "[WARNING] an odd thing\n");
        assertThat(sum(0)).endsWith("\n3 passed, 1 failed, 0 skipped\n1\n");
        Files.delete(reports.resolve("TEST-b.xml"));
        Files.writeString(folder.resolve("log"), "");
        assertThat(sum(0)).endsWith("\n0 passed, 1 failed, 0 skipped\n1\n");
    }

    /** What the end of a test run says and its exit code, when Maven ended with {@code built}. */
    private String sum(int built) throws IOException, InterruptedException {
        String script = "home='" + folder + "' log='" + folder.resolve("log") + "' built=" + built + "; . '"
                + Checkout.root().resolve("launcher/test.sh") + "'; echo; (sum_up); echo $?";
        return Launch.run(List.of("sh", "-c", script), Map.of()).out();
    }
}
