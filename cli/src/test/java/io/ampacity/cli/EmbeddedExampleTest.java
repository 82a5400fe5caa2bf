package io.ampacity.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples that are programs compile, run, and tell what they say they tell. */
final class EmbeddedExampleTest {

    private static final Path SOURCE = Examples.file("embed-simulator/Embedded.java");

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private void compile(String... sources) {
        JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
        ByteArrayOutputStream problems = new ByteArrayOutputStream();
        List<String> line = new ArrayList<>(List.of(
                "-Xlint:all,-classfile,-path",
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                folder.toString()));
        for (String source : sources) {
            line.add(Examples.file(source).toString());
        }
        int compiled = compiler.run(null, problems, problems, line.toArray(String[]::new));
        assertThat(compiled).as(problems.toString(StandardCharsets.UTF_8)).isZero();
    }

    @Test
    void theExampleCompilesAndFindsHowManyReplicasAreNeeded() throws Exception {
        compile("embed-simulator/Embedded.java");

        List<String> lines = run("Embedded").lines().toList();
        assertThat(lines.getFirst()).startsWith("1 replicas: ");
        assertThat(lines).hasSizeBetween(2, 8);
        assertThat(share(lines.getLast())).isGreaterThanOrEqualTo(99);
        assertThat(lines.subList(0, lines.size() - 1))
                .allSatisfy(line -> assertThat(share(line)).isLessThan(99));
    }

    @Test
    void theClusterStudyPrintsHowFarItIsFromWhatWasPublished() throws Exception {
        compile("splitwise-cluster/SplitwiseCluster.java", "splitwise-cluster/MeasuredMachine.java");
        System.setProperty("requests", "300");
        String told;
        try {
            told = run("SplitwiseCluster");
        } finally {
            System.clearProperty("requests");
        }
        assertThat(told.lines().filter(line -> line.contains("published 2.35"))).hasSize(8);
        assertThat(told.lines().filter(line -> line.contains("published 1.40"))).hasSize(8);
        // On the paper's own step times, splitting pays on the code trace, as the paper says.
        String code = told.substring(told.indexOf("code, step times as"));
        double gain = Double.parseDouble(code.replaceFirst("(?s).*?published 2.35, here ([0-9.]+),.*", "$1"));
        assertThat(gain).isBetween(1.3, 3.0);
    }

    private static double share(String line) {
        return Double.parseDouble(line.replaceFirst(".*: ([0-9.]+) % in time.*", "$1"));
    }

    private String run(String program) throws Exception {
        PrintStream before = System.out;
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, EmbeddedExampleTest.class.getClassLoader())) {
            System.setOut(new PrintStream(told, true, StandardCharsets.UTF_8));
            loader.loadClass(program).getMethod("main", String[].class).invoke(null, (Object) new String[0]);
        } finally {
            System.setOut(before);
        }
        return told.toString(StandardCharsets.UTF_8);
    }

    @Test
    void theExampleIsShort() throws IOException {
        long lines = Files.readAllLines(SOURCE).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("import"))
                .count();
        assertThat(lines).isLessThanOrEqualTo(30);
    }
}
