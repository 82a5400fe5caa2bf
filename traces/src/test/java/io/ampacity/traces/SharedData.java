package io.ampacity.traces;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Published traces in the folder that the system property {@code shared.data} names. */
public final class SharedData {

    private SharedData() {}

    /** The file, or a skipped test when the folder is not there. */
    public static Path file(String path) {
        Path file = Path.of(System.getProperty("shared.data", "")).resolve(path);
        assumeTrue(Files.exists(file), () -> file + " is absent");
        return file;
    }
}
