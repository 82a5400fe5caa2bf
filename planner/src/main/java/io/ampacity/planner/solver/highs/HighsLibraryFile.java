package io.ampacity.planner.solver.highs;

import io.ampacity.planner.solver.SolverException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The file of the native HiGHS library on this machine.
 *
 * <p>Looked for in this order: the file that {@code AMPACITY_HIGHS} names; the resource of the OR-Tools platform jar,
 * copied to {@code <cache>/native/<SHA-256>/}. The cache is {@code AMPACITY_CACHE}, else {@code XDG_CACHE_HOME/ampacity},
 * else {@code ~/.cache/ampacity}. The copy is written beside its place and moved there in one step, so that two
 * processes that start at once never see half a file; a copy whose digest differs is replaced.
 */
final class HighsLibraryFile {

    private HighsLibraryFile() {}

    /** A platform that OR-Tools ships for. */
    record Platform(String folder, String file) {
        String resource() {
            return folder + "/" + file;
        }
    }

    /** The file to load, copied if need be. */
    static Path locate(Map<String, String> environment) {
        String named = environment.get("AMPACITY_HIGHS");
        if (named != null && !named.isBlank()) {
            Path file = Path.of(named).toAbsolutePath();
            if (!Files.isRegularFile(file)) {
                throw new SolverException("AMPACITY_HIGHS names " + file
                        + ", which is no file. Maybe name a libhighs of version 1.10 or later, or unset it");
            }
            return file;
        }
        Platform platform = platform(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
        byte[] library = read(platform);
        return copied(library, platform.file(), cache(environment));
    }

    static Platform platform(String system, String architecture) {
        String name = system.toLowerCase(Locale.ROOT);
        boolean arm = architecture.equals("aarch64") || architecture.equals("arm64");
        boolean intel = architecture.equals("amd64") || architecture.equals("x86_64");
        if (name.contains("linux") && (arm || intel)) {
            return new Platform(arm ? "ortools-linux-aarch64" : "ortools-linux-x86-64", "libhighs.so.1");
        }
        if (name.contains("mac") && (arm || intel)) {
            return new Platform(arm ? "ortools-darwin-aarch64" : "ortools-darwin-x86-64", "libhighs.1.dylib");
        }
        if (name.contains("windows") && intel) {
            return new Platform("ortools-win32-x86-64", "highs.dll");
        }
        throw new SolverException("no HiGHS solver is shipped for " + system + " on " + architecture
                + ". Maybe install HiGHS and set AMPACITY_HIGHS to its libhighs");
    }

    private static byte[] read(Platform platform) {
        try (InputStream in = HighsLibraryFile.class.getClassLoader().getResourceAsStream(platform.resource())) {
            if (in == null) {
                throw new SolverException("the HiGHS solver " + platform.resource()
                        + " is not on the class path. Maybe this build was made for another platform: add the jar "
                        + platform.folder() + ", or set AMPACITY_HIGHS to a libhighs");
            }
            return in.readAllBytes();
        } catch (IOException broken) {
            throw new SolverException(
                    "the HiGHS solver " + platform.resource() + " cannot be read: " + broken.getMessage()
                            + ". Maybe its jar is damaged: delete it and build again",
                    broken);
        }
    }

    static Path cache(Map<String, String> environment) {
        String own = environment.get("AMPACITY_CACHE");
        if (own != null && !own.isBlank()) {
            return Path.of(own).toAbsolutePath();
        }
        String shared = environment.get("XDG_CACHE_HOME");
        if (shared != null && !shared.isBlank() && Path.of(shared).isAbsolute()) {
            return Path.of(shared, "ampacity");
        }
        return Path.of(System.getProperty("user.home", "."), ".cache", "ampacity")
                .toAbsolutePath();
    }

    /** The library in the cache, or in a fresh temporary folder when the cache cannot be written. */
    static Path copied(byte[] library, String name, Path cache) {
        byte[] digest = digest(library);
        Path folder = cache.resolve("native").resolve(HexFormat.of().formatHex(digest));
        try {
            return copied(library, digest, folder, name);
        } catch (IOException unwritable) {
            return copiedToTemporary(library, digest, name, folder, unwritable);
        }
    }

    private static Path copiedToTemporary(
            byte[] library, byte[] digest, String name, Path folder, IOException unwritable) {
        try {
            Path temporary = Files.createTempDirectory("ampacity-native");
            Path file = copied(library, digest, temporary, name);
            file.toFile().deleteOnExit();
            temporary.toFile().deleteOnExit();
            return file;
        } catch (IOException alsoUnwritable) {
            alsoUnwritable.addSuppressed(unwritable);
            throw new SolverException(
                    "the HiGHS solver can be copied neither to " + folder + " (" + unwritable
                            + ") nor to the temporary folder (" + alsoUnwritable
                            + "). Maybe set AMPACITY_CACHE to a folder that can be written",
                    alsoUnwritable);
        }
    }

    private static Path copied(byte[] library, byte[] digest, Path folder, String name) throws IOException {
        Path file = folder.resolve(name);
        if (Arrays.equals(digest, digestOf(file))) {
            return file;
        }
        Files.createDirectories(folder);
        Path part = Files.createTempFile(folder, name, ".part");
        try {
            Files.write(part, library);
            try {
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException plain) {
                Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(part);
        }
        return file;
    }

    private static byte @Nullable [] digestOf(Path file) throws IOException {
        return Files.isRegularFile(file) ? digest(Files.readAllBytes(file)) : null;
    }

    private static byte[] digest(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
