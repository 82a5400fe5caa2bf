package io.ampacity.traces.reader;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/**
 * The lines of a text file, gzipped or not, as ranges of one byte array.
 *
 * <p>The array holds a chunk of the file; a line that does not end in it is moved to the front before more is read, so
 * that a line is always whole. Lines longer than {@link #LONGEST_LINE} are refused.
 */
final class LineInput implements AutoCloseable {

    static final int LONGEST_LINE = 1 << 20;

    private static final int CHUNK = 1 << 18;

    private final Path file;
    private final String name;
    private InputStream in = InputStream.nullInputStream();
    private byte[] bytes = new byte[CHUNK];
    private int limit;
    private int position;
    private boolean ended;
    private int start;
    private int end;
    private long number;

    LineInput(Path file) {
        this.file = file;
        this.name = file.toString();
        rewind();
    }

    /** Opens a file for its content, inflated when it is gzipped. */
    static InputStream open(Path file) {
        String name = file.toString();
        if (Files.isDirectory(file)) {
            throw Refusal.of(name, "is a folder, not a file", "name a file inside it, or the format servegen");
        }
        try {
            InputStream raw = Files.newInputStream(file);
            try {
                BufferedInputStream in = new BufferedInputStream(raw, 1 << 16);
                in.mark(2);
                boolean gzipped = in.read() == 0x1F && in.read() == 0x8B;
                in.reset();
                return gzipped ? new GZIPInputStream(in, 1 << 16) : in;
            } catch (IOException | RuntimeException | Error broken) {
                raw.close();
                throw broken;
            }
        } catch (NoSuchFileException missing) {
            throw Refusal.of(
                    name,
                    "there is no such file",
                    "check the path from " + Path.of("").toAbsolutePath());
        } catch (IOException unreadable) {
            throw unreadable(name, 1, unreadable);
        }
    }

    private static RuntimeException unreadable(String name, long line, IOException cause) {
        return Refusal.at(
                name,
                line,
                1,
                "",
                "cannot be read: " + cause.getMessage(),
                "check its permissions, and that it was copied whole");
    }

    void rewind() {
        close();
        in = open(file);
        limit = 0;
        position = 0;
        ended = false;
        number = 0;
    }

    /** Moves to the next line that is not blank; false at the end. */
    boolean next() {
        while (nextLine()) {
            if (start < end) {
                return true;
            }
        }
        return false;
    }

    private boolean nextLine() {
        int scanned = position;
        while (true) {
            byte[] chunk = bytes;
            int to = limit;
            int at = scanned;
            while (at < to && chunk[at] != '\n') {
                at++;
            }
            if (at < to || (ended && at > position)) {
                start = position;
                end = at;
                position = Math.min(at + 1, to);
                number++;
                trim();
                return true;
            }
            if (ended) {
                return false;
            }
            if (at - position > LONGEST_LINE) {
                number++;
                throw Refusal.at(
                        name,
                        number,
                        1,
                        "",
                        "the row is longer than " + (LONGEST_LINE >> 20) + " MiB and begins with "
                                + Refusal.shown(bytes, position, at),
                        "the file is not a trace, or its line ends are missing");
            }
            scanned = at - position;
            refill();
        }
    }

    private void trim() {
        if (number == 1 && end - start >= 3 && bytes[start] == (byte) 0xEF && bytes[start + 1] == (byte) 0xBB) {
            start += 3; // the byte order mark of UTF-8
        }
        while (start < end && isBlank(bytes[end - 1])) {
            end--;
        }
        while (start < end && isBlank(bytes[start])) {
            start++;
        }
    }

    /** Other control characters are no blanks: a row of them is no row. */
    private static boolean isBlank(byte one) {
        return one == ' ' || one == '\t' || one == '\r' || one == '\n';
    }

    /** Moves the unfinished line to the front and reads behind it. */
    private void refill() {
        System.arraycopy(bytes, position, bytes, 0, limit - position);
        limit -= position;
        position = 0;
        if (limit == bytes.length) {
            bytes = Arrays.copyOf(bytes, bytes.length * 2);
        }
        try {
            int read = in.read(bytes, limit, bytes.length - limit);
            if (read < 0) {
                ended = true;
            } else {
                limit += read;
            }
        } catch (IOException broken) {
            throw unreadable(name, number + 1, broken);
        }
    }

    /** The array that holds the line; another one may hold the next. */
    byte[] bytes() {
        return bytes;
    }

    int start() {
        return start;
    }

    /** One after the line's last byte, white space at its end left off. */
    int end() {
        return end;
    }

    /** The line's number in the file, from 1. */
    long number() {
        return number;
    }

    String name() {
        return name;
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException ignored) {
            // The content was read or is not wanted; there is nothing left to lose.
        }
    }
}
