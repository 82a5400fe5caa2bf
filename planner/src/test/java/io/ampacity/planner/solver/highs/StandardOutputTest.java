package io.ampacity.planner.solver.highs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class StandardOutputTest {

    /** Writes through the C library, as native code does, outside and between overlapping diversions. */
    static final class Speaker {
        public static void main(String[] arguments) throws Throwable {
            say("before\n");
            StandardOutput.divert();
            StandardOutput.divert();
            say("meanwhile\n");
            StandardOutput.restore();
            say("still\n");
            StandardOutput.restore();
            say("after\n");
            System.out.println("java");
        }

        private static void say(String words) throws Throwable {
            java.lang.foreign.Linker linker = java.lang.foreign.Linker.nativeLinker();
            java.lang.invoke.MethodHandle puts = linker.downcallHandle(
                    linker.defaultLookup().find("printf").orElseThrow(),
                    java.lang.foreign.FunctionDescriptor.of(
                            java.lang.foreign.ValueLayout.JAVA_INT, java.lang.foreign.ValueLayout.ADDRESS));
            try (java.lang.foreign.Arena arena = java.lang.foreign.Arena.ofConfined()) {
                puts.invoke(arena.allocateFrom(words));
            }
        }
    }

    @Test
    void whatNativeCodeSaysMeanwhileIsNotOnStandardOutput() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Speaker.class.getName()))
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String error = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(error).isZero();
        assertThat(out.lines()).containsExactlyInAnyOrder("before", "after", "java");
        assertThat(error.lines()).contains("meanwhile", "still");
    }
}
