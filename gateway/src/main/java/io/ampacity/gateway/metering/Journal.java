package io.ampacity.gateway.metering;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file with one line of JSON a request, written ahead of the answer's end. A line is written whole by one call, so a
 * process that is killed leaves no half request behind it, and loses none that ended; only a machine that fails may.
 */
public final class Journal implements Meter, AutoCloseable {

    private final FileChannel file;

    private Journal(FileChannel file) {
        this.file = file;
    }

    /** Opens a journal to write behind what is there. */
    public static Journal open(Path path) throws IOException {
        Path folder = path.toAbsolutePath().getParent();
        if (folder != null) {
            java.nio.file.Files.createDirectories(folder);
        }
        return new Journal(
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND));
    }

    @Override
    public void record(RequestRecord request) {
        ByteBuffer line = ByteBuffer.wrap(request.line().getBytes(StandardCharsets.UTF_8));
        try {
            synchronized (file) {
                while (line.hasRemaining()) {
                    file.write(line);
                }
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
