package io.ampacity.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A file under way: written beside its place and moved there by {@link #finish()}, so that a run that fails or is
 * interrupted leaves neither half a file nor a stray one.
 *
 * <p>A place that is a device or a pipe, such as {@code /dev/stdout}, is written directly.
 */
final class Draft implements AutoCloseable {

    private static final Set<Path> UNDER_WAY = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(Draft::discardAll, "discard drafts"));
    }

    private final Path place;
    private final Path file;

    private Draft(Path place, Path file) {
        this.place = place;
        this.file = file;
    }

    /**
     * A draft of the file at {@code place}, empty.
     *
     * @throws FileSystemException when nothing can be written there
     */
    static Draft of(Path place) throws IOException {
        Path whole = place.toAbsolutePath();
        refuse(place, whole);
        if (isDirect(whole)) {
            return new Draft(whole, whole);
        }
        Path file = whole.resolveSibling(
                "." + whole.getFileName() + "." + ProcessHandle.current().pid() + "-" + System.nanoTime() + ".part");
        try {
            // Not a temporary file of the library, which only its owner may read.
            Files.createFile(file);
        } catch (FileSystemException refused) {
            throw new FileSystemException(place.toString(), null, "nothing can be written there");
        }
        UNDER_WAY.add(file);
        return new Draft(whole, file);
    }

    /** Refuses a place that cannot be written, so that nobody waits for a result that has nowhere to go. */
    static void check(Path place) throws IOException {
        of(place).close();
    }

    private static void refuse(Path place, Path whole) throws FileSystemException {
        Path folder = whole.getParent();
        if (folder == null || Files.isDirectory(whole)) {
            throw new FileSystemException(place.toString(), null, "it is a folder");
        }
        if (!Files.exists(folder)) {
            throw new NoSuchFileException(place.toString(), null, "there is no folder " + folder);
        }
        if (!Files.isDirectory(folder)) {
            throw new NotDirectoryException(folder.toString());
        }
        if (!Files.isWritable(isDirect(whole) ? whole : folder)) {
            throw new AccessDeniedException(place.toString());
        }
    }

    private static boolean isDirect(Path whole) {
        return Files.exists(whole) && !Files.isRegularFile(whole);
    }

    /** What is to be written. */
    Path file() {
        return file;
    }

    /** Puts the whole file in its place. */
    void finish() throws IOException {
        if (!file.equals(place)) {
            Files.move(file, place, StandardCopyOption.REPLACE_EXISTING);
            UNDER_WAY.remove(file);
        }
    }

    @Override
    public void close() throws IOException {
        if (UNDER_WAY.remove(file)) {
            Files.deleteIfExists(file);
        }
    }

    private static void discardAll() {
        for (Path file : UNDER_WAY) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException ignored) {
                // Java ends; nobody is left to be told.
            }
        }
    }
}
