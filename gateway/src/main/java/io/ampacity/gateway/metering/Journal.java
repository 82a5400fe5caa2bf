package io.ampacity.gateway.metering;

import io.ampacity.gateway.json.JsonText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * A file with one line of JSON a request, written ahead of the answer's end. A line is written whole by one call, so a
 * process that is killed leaves no half request behind it, and loses none that ended; only a machine that fails may.
 *
 * <p>The first line names the file, so that a ledger knows it again. A file that has grown large is laid aside under its name
 * with the time behind it, and a new one begun.
 */
public final class Journal implements Meter, AutoCloseable {

    private static final long LARGEST = 64L << 20;
    private static final int USUAL_LINE = 4096;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS").withZone(ZoneOffset.UTC);

    private final Path path;
    private final String replica;
    private final long largest;
    private FileChannel file;
    private ByteBuffer line = ByteBuffer.allocateDirect(USUAL_LINE);
    private long length;
    private boolean torn;

    private Journal(Path path, String replica, long largest) throws IOException {
        this.path = path;
        this.replica = replica;
        this.largest = largest;
        file = channel();
        length = file.size();
        if (length == 0) {
            name();
        } else {
            endTornLine();
        }
    }

    /** Opens the journal of a gateway to write behind what is there. */
    public static Journal open(Path path, String replica) throws IOException {
        return open(path, replica, LARGEST);
    }

    static Journal open(Path path, String replica, long largest) throws IOException {
        Path absolute = path.toAbsolutePath();
        Path folder = absolute.getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        return new Journal(absolute, replica, largest);
    }

    private FileChannel channel() throws IOException {
        return FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    }

    private void name() throws IOException {
        long now = System.currentTimeMillis();
        // Two files of one gateway never begin in the same nanosecond of the same process.
        String segment =
                replica + "-" + now + "-" + ProcessHandle.current().pid() + "-" + Long.toHexString(System.nanoTime());
        write(new JsonText()
                        .object("")
                        .put("segment", segment)
                        .put("replica", replica)
                        .put("beganMillis", now)
                        .endObject()
                        .toString()
                + "\n");
    }

    /** A machine that failed may have left half a line, which the next must not be joined to. */
    private void endTornLine() throws IOException {
        ByteBuffer last = ByteBuffer.allocate(1);
        try (FileChannel reading = FileChannel.open(path, StandardOpenOption.READ)) {
            reading.read(last, length - 1);
        }
        if (last.get(0) != '\n') {
            write("\n");
        }
    }

    private void write(String text) throws IOException {
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    private void write(byte[] bytes) throws IOException {
        if (line.capacity() <= bytes.length) {
            line = ByteBuffer.allocateDirect(bytes.length * 2);
        }
        line.clear();
        if (torn) {
            line.put((byte) '\n');
        }
        line.put(bytes).flip();
        length += line.remaining();
        // What a full disk took of a line must not be joined to the next one.
        torn = true;
        while (line.hasRemaining()) {
            file.write(line);
        }
        torn = false;
    }

    @Override
    public void record(RequestRecord request) {
        byte[] bytes = request.line().getBytes(StandardCharsets.UTF_8);
        try {
            synchronized (this) {
                write(bytes);
                if (length > largest) {
                    layAside();
                }
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private void layAside() throws IOException {
        file.close();
        Path aside = path.resolveSibling(path.getFileName() + "." + TIME.format(Instant.now()));
        if (!Files.exists(aside)) {
            Files.move(path, aside);
        }
        file = channel();
        length = file.size();
        if (length == 0) {
            name();
        }
    }

    @Override
    public synchronized void close() throws IOException {
        file.close();
    }
}
