package io.ampacity.house;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One start of the real launcher, as a process, with what it said. */
record Launch(int exitCode, String out, String err) {

    private static final long MOST_SECONDS = 60;

    /** Starts the launcher of this checkout, which must not build: another build may be under way in it. */
    static Launch of(String... arguments) throws IOException, InterruptedException {
        return of(Checkout.root().resolve("ampacity"), Map.of(), arguments);
    }

    /** Starts a launcher with more variables; an empty value unsets one. */
    static Launch of(Path launcher, Map<String, String> variables, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(arguments));
        return run(command, variables);
    }

    /** Runs any command. */
    static Launch run(List<String> command, Map<String, String> variables) throws IOException, InterruptedException {
        Path out = Files.createTempFile("launch", ".out");
        Path err = Files.createTempFile("launch", ".err");
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
            builder.environment().put("AMPACITY_BUILD", "never");
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            // Maven gives its Java options to its children; they are not ours.
            builder.environment().remove("JAVA_TOOL_OPTIONS");
            variables.forEach((name, value) -> {
                if (value.isEmpty()) {
                    builder.environment().remove(name);
                } else {
                    builder.environment().put(name, value);
                }
            });
            Process process = builder.start();
            if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(command + " did not end within " + MOST_SECONDS + " s");
            }
            return new Launch(
                    process.exitValue(),
                    Files.readString(out, StandardCharsets.UTF_8),
                    Files.readString(err, StandardCharsets.UTF_8));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }
}
