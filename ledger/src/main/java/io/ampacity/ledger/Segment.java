package io.ampacity.ledger;

import io.ampacity.ledger.RequestTable.Filling;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One file of a journal. Its first line names it, so that it is known again after it was renamed; a file without such a line
 * is known by the hash of its first line.
 */
final class Segment {

    private static final int CHUNK = 1 << 20;
    private static final int LONGEST_LINE = 64 << 20;
    private static final String NAMELESS = "unnamed";

    private final Path file;
    private final String id;
    private final String replica;

    private Segment(Path file, String id, String replica) {
        this.file = file;
        this.id = id;
        this.replica = replica;
    }

    /** The segment in a file; null when not even its first line is whole, or it is gone. */
    static @Nullable Segment read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            byte[] first = lines(channel, 0);
            int end = indexOf(first, 0);
            if (end < 0) {
                return null;
            }
            byte[] line = Arrays.copyOf(first, end);
            JsonNode head = parsed(line, 0, line.length);
            return head != null && head.path("segment").isString()
                    ? new Segment(
                            file,
                            head.path("segment").asString(),
                            head.path("replica").asString(NAMELESS))
                    : new Segment(file, "sha256:" + hash(line), NAMELESS);
        } catch (NoSuchFileException renamed) {
            return null;
        }
    }

    /** Carries what is new in it, in steps of one transaction each; how many requests. */
    long carry(Ledger ledger) throws IOException {
        long carried = 0;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long from = ledger.database().transaction(connection -> reached(connection));
            while (true) {
                byte[] lines = lines(channel, from);
                int end = lastLineEnd(lines);
                if (end == 0) {
                    return carried;
                }
                long to = from + end;
                List<RequestRow> rows = new ArrayList<>();
                long unreadable = rows(lines, end, rows);
                ledger.database().transaction(connection -> {
                    RequestTable.write(connection, rows);
                    return reach(connection, to, unreadable);
                });
                carried += rows.size();
                from = to;
            }
        }
    }

    private long rows(byte[] lines, int end, List<RequestRow> rows) {
        long unreadable = 0;
        int from = 0;
        while (from < end) {
            int to = indexOf(lines, from);
            if (to > from) {
                JsonNode json = parsed(lines, from, to - from);
                RequestRow row = json == null ? null : RequestRow.of(json, replica);
                if (row != null) {
                    rows.add(row);
                } else if (json == null || !json.has("segment")) {
                    unreadable++;
                }
            }
            from = to + 1;
        }
        return unreadable;
    }

    private static @Nullable JsonNode parsed(byte[] bytes, int from, int length) {
        try {
            return JsonMapper.shared().readTree(new String(bytes, from, length, StandardCharsets.UTF_8));
        } catch (JacksonException torn) {
            return null;
        }
    }

    /** A piece of the file with at least one whole line, if there is one. */
    private static byte[] lines(FileChannel channel, long from) throws IOException {
        int size = CHUNK;
        while (true) {
            ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(size, Math.max(0, channel.size() - from)));
            while (buffer.hasRemaining() && channel.read(buffer, from + buffer.position()) >= 0) {
                // One call need not bring all.
            }
            byte[] bytes = Arrays.copyOf(buffer.array(), buffer.position());
            if (bytes.length < size || indexOf(bytes, 0) >= 0) {
                return bytes;
            }
            if (size >= LONGEST_LINE) {
                throw new IOException(
                        "a line of the journal is longer than " + LONGEST_LINE + " bytes. Maybe it is no journal");
            }
            size *= 2;
        }
    }

    private static int indexOf(byte[] bytes, int from) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private static int lastLineEnd(byte[] bytes) {
        for (int i = bytes.length - 1; i >= 0; i--) {
            if (bytes[i] == '\n') {
                return i + 1;
            }
        }
        return 0;
    }

    private static String hash(byte[] line) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(line));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private long reached(Connection connection) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into segment (id, replica, bytes, unreadable) values (?, ?, 0, 0) on conflict do nothing")) {
            new Filling(insert).text(id).text(replica).update();
        }
        try (PreparedStatement select = connection.prepareStatement("select bytes from segment where id = ?")) {
            select.setString(1, id);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private int reach(Connection connection, long bytes, long unreadable) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("update segment set bytes = ?, unreadable = unreadable + ? where id = ?")) {
            return new Filling(update).count(bytes).count(unreadable).text(id).update();
        }
    }
}
