package io.ampacity.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A text that must stay as it was agreed. After a wanted change, run the tests with {@code -Dgolden.update=true} and
 * read the difference before committing it.
 */
public final class Golden {

    private Golden() {}

    public static void check(String name, String text) throws IOException {
        Path file = Path.of(
                System.getProperty("project.root", ".."), "reports", "src", "test", "resources", "golden", name);
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        }
        assertThat(text).isEqualTo(Files.readString(file));
    }
}
