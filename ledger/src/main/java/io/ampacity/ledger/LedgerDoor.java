package io.ampacity.ledger;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import org.h2.tools.Server;
import org.jspecify.annotations.Nullable;

/**
 * A door that the owner of an embedded ledger holds open for other programs of this machine: a port of the loopback address, and
 * a key to it in a file beside the ledger that only the owner's user can read. The key stands for the one database; no other
 * can be asked for. A door that was left by an owner who was killed leads nowhere and does no harm: the ledger itself is free then.
 */
final class LedgerDoor implements AutoCloseable {

    private static final String FILE = "ledger.door";
    private static final int KEY_BYTES = 32;
    private static final int MOST_TEXT = 200;

    private final Server server;
    private final Path file;

    private LedgerDoor(Server server, Path file) {
        this.server = server;
        this.file = file;
    }

    /** Opens the door of a ledger that this process has open. */
    static LedgerDoor open(Path folder) throws IOException {
        byte[] secret = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(secret);
        String key = HexFormat.of().formatHex(secret);
        Server server;
        try {
            server = Server.createTcpServer(
                            "-tcpPort",
                            "0",
                            "-tcpDaemon",
                            "-ifExists",
                            "-key",
                            key,
                            "file:" + folder.resolve(LedgerAddress.NAME))
                    .start();
        } catch (SQLException refused) {
            throw new IOException(refused);
        }
        Path file = folder.resolve(FILE);
        // A process that is told to stop may end before it has closed everything.
        file.toFile().deleteOnExit();
        try {
            write(file, server.getPort() + " " + key + "\n");
        } catch (IOException unwritable) {
            server.stop();
            throw unwritable;
        }
        return new LedgerDoor(server, file);
    }

    /** Nobody else may read it, not even for a moment. */
    private static void write(Path file, String text) throws IOException {
        Path draft = file.resolveSibling(FILE + ".new");
        Files.deleteIfExists(draft);
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.writeString(draft, text);
        try {
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException simple) {
            Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Where the door of a folder leads; null when there is none, or what stands there is none. */
    static @Nullable LedgerAddress find(Path folder) {
        try {
            Path file = folder.resolve(FILE);
            if (Files.size(file) > MOST_TEXT) {
                return null;
            }
            List<String> words = List.of(
                    Files.readString(file, StandardCharsets.US_ASCII).strip().split(" ", -1));
            return words.size() == 2
                            && words.getFirst().matches("\\d{1,5}")
                            && words.getLast().matches("[0-9a-f]{64}")
                    ? LedgerAddress.door(Integer.parseInt(words.getFirst()), words.getLast())
                    : null;
        } catch (NoSuchFileException none) {
            return null;
        } catch (IOException unreadable) {
            throw new LedgerException(
                    "the ledger in " + folder + " is open in a gateway, and the key to its door cannot be read: "
                            + unreadable.getMessage() + ". Maybe run this as the gateway's user",
                    unreadable);
        }
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException left) {
            // A door that leads nowhere does no harm.
        }
        server.stop();
    }
}
