package io.ampacity.ledger;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a ledger lives, with what it takes to enter.
 *
 * @param url of JDBC
 * @param user empty for none
 * @param password empty for none; never shown
 */
public record LedgerAddress(String url, String user, String password) {

    private static final String POSTGRESQL = "jdbc:postgresql:";
    private static final String EMBEDDED = "jdbc:h2:";
    // The words of both databases are the same then.
    private static final String AS_POSTGRESQL = ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH";

    static final String NAME = "ledger";

    private static final String IN_FOLDER = EMBEDDED + "file:";

    public LedgerAddress {
        if (!url.startsWith(POSTGRESQL) && !url.startsWith(EMBEDDED)) {
            throw new IllegalArgumentException(
                    "a ledger lives in a folder or at jdbc:postgresql://…; this is neither. Maybe write"
                            + " jdbc:postgresql://HOST/DATABASE");
        }
    }

    /** An embedded database in a folder, which is made when it is not there. */
    public static LedgerAddress folder(Path folder) {
        return new LedgerAddress(IN_FOLDER + folder.toAbsolutePath().normalize().resolve(NAME) + AS_POSTGRESQL, "", "");
    }

    /** A database that another process of this machine has open, through its door. */
    static LedgerAddress door(int port, String key) {
        return new LedgerAddress(EMBEDDED + "tcp://127.0.0.1:" + port + "/" + key + AS_POSTGRESQL, "", "");
    }

    /** The folder of an embedded database; null for any other. */
    @Nullable Path folder() {
        int end = url.indexOf(';');
        return url.startsWith(IN_FOLDER)
                ? Path.of(url.substring(IN_FOLDER.length(), end < 0 ? url.length() : end))
                        .getParent()
                : null;
    }

    /** An embedded database that is gone when its last user closes it. */
    public static LedgerAddress memory(String name) {
        return new LedgerAddress(EMBEDDED + "mem:" + name + AS_POSTGRESQL, "", "");
    }

    /** Whether several processes can use it at once. */
    public boolean isShared() {
        return url.startsWith(POSTGRESQL);
    }

    @Override
    public String toString() {
        if (url.startsWith(EMBEDDED + "tcp:")) {
            // The rest is the key.
            return "the door of a gateway on this machine";
        }
        int semicolon = url.indexOf(';');
        int question = url.indexOf('?');
        int end = semicolon < 0 ? question : question < 0 ? semicolon : Math.min(semicolon, question);
        return end < 0 ? url : url.substring(0, end);
    }
}
