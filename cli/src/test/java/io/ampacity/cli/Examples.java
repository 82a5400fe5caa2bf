package io.ampacity.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/** The examples of the checkout. */
final class Examples {

    private Examples() {}

    static Path file(String name) {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("examples"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException(
                        "there is no folder examples above " + Path.of("").toAbsolutePath());
            }
        }
        return folder.resolve("examples").resolve(name);
    }
}
