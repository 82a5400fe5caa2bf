package io.ampacity.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes a file whole or not at all. */
final class WholeFile {

    private WholeFile() {}

    static void write(Path place, String text) throws IOException {
        try (Draft draft = Draft.of(place)) {
            Files.writeString(draft.file(), text);
            draft.finish();
        }
    }
}
