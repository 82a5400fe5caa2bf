package io.ampacity.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What every source file and package has. */
final class SourcesTest {

    @Test
    void everyPackageSaysWhatItIsForAndIsNullMarked() throws IOException {
        Set<Path> packages = new TreeSet<>();
        for (Path source : Checkout.mainSources()) {
            packages.add(source.getParent());
        }
        assertThat(packages).isNotEmpty();
        for (Path folder : packages) {
            Path description = folder.resolve("package-info.java");
            assertThat(description).exists();
            assertThat(Files.readString(description))
                    .as("%s", description)
                    .contains("@NullMarked")
                    .contains("/**");
        }
    }

    @Test
    void noWarningIsSilencedForAWholeFileOrWithoutAWord() throws IOException {
        for (Path source : Checkout.mainSources()) {
            assertThat(Files.readString(source))
                    .as("%s", source)
                    .doesNotContain("@SuppressWarnings(\"all\")")
                    .doesNotContain("@NullUnmarked");
        }
    }
}
