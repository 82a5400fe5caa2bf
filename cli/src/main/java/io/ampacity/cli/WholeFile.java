package io.ampacity.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes a file whole or not at all: beside its place first, and moved there at the end. */
final class WholeFile {

    private WholeFile() {}

    static void write(Path file, String text) throws IOException {
        Path place = file.toAbsolutePath();
        Path folder = place.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new NoSuchFileException(String.valueOf(folder));
        }
        Path draft = Files.createTempFile(folder, "." + place.getFileName() + ".", ".part");
        try {
            Files.writeString(draft, text);
            Files.move(draft, place, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }
}
