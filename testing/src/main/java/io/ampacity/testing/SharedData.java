package io.ampacity.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Published measurements, traces and catalogues that tests compare with, in the folder that the system property
 * {@code shared.data} names. They are no part of the project: where they are absent, such tests are skipped.
 */
public final class SharedData {

    private SharedData() {}

    /** The file or folder at a path below it, or a skipped test when it is not there. */
    public static Path at(String path) {
        Path place = Path.of(System.getProperty("shared.data", "absent")).resolve(path);
        assumeTrue(Files.exists(place), () -> place + " is absent");
        return place;
    }
}
