package io.ampacity.planner.solver.highs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ampacity.planner.solver.SolverException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HighsLibraryFileTest {

    @Test
    void theCopyIsMadeOnceAndMendedWhenDamaged(@TempDir Path cache) throws IOException {
        byte[] library = {1, 2, 3};
        Path file = HighsLibraryFile.copied(library, "libhighs.so.1", cache);
        assertThat(file).hasBinaryContent(library);
        assertThat(HighsLibraryFile.copied(library, "libhighs.so.1", cache)).isEqualTo(file);

        Files.write(file, new byte[] {9});
        assertThat(HighsLibraryFile.copied(library, "libhighs.so.1", cache)).isEqualTo(file);
        assertThat(file).hasBinaryContent(library);
        try (Stream<Path> files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void aCacheThatCannotBeWrittenIsGoneAround(@TempDir Path folder) throws IOException {
        Path blocked = Files.writeString(folder.resolve("a file, not a folder"), "");
        Path file = HighsLibraryFile.copied(new byte[] {4, 5}, "libhighs.so.1", blocked);
        assertThat(file).hasBinaryContent(new byte[] {4, 5});
    }

    @Test
    void anUnknownPlatformIsNamedWithAWayOut() {
        assertThatThrownBy(() -> HighsLibraryFile.platform("FreeBSD", "riscv64"))
                .isInstanceOf(SolverException.class)
                .hasMessageContaining("FreeBSD on riscv64")
                .hasMessageContaining("AMPACITY_HIGHS");
    }

    @Test
    void everyShippedPlatformHasItsFile() {
        assertThat(List.of(
                        HighsLibraryFile.platform("Linux", "amd64").resource(),
                        HighsLibraryFile.platform("Linux", "aarch64").resource(),
                        HighsLibraryFile.platform("Mac OS X", "aarch64").resource(),
                        HighsLibraryFile.platform("Mac OS X", "x86_64").resource(),
                        HighsLibraryFile.platform("Windows 11", "amd64").resource()))
                .containsExactly(
                        "ortools-linux-x86-64/libhighs.so.1",
                        "ortools-linux-aarch64/libhighs.so.1",
                        "ortools-darwin-aarch64/libhighs.1.dylib",
                        "ortools-darwin-x86-64/libhighs.1.dylib",
                        "ortools-win32-x86-64/highs.dll");
    }

    @Test
    void aNamedLibraryThatIsMissingIsSaidSo() {
        assertThatThrownBy(() -> HighsLibraryFile.locate(Map.of("AMPACITY_HIGHS", "/no/such/libhighs.so")))
                .isInstanceOf(SolverException.class)
                .hasMessageContaining("/no/such/libhighs.so")
                .hasMessageContaining("Maybe");
    }

    @Test
    void theCacheFollowsTheEnvironment() {
        assertThat(HighsLibraryFile.cache(Map.of("AMPACITY_CACHE", "/a"))).isEqualTo(Path.of("/a"));
        assertThat(HighsLibraryFile.cache(Map.of("XDG_CACHE_HOME", "/b"))).isEqualTo(Path.of("/b/ampacity"));
        assertThat(HighsLibraryFile.cache(Map.of()).toString()).endsWith(".cache/ampacity");
    }
}
