package io.ampacity.ledger;

import java.nio.file.Path;

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

    public LedgerAddress {
        if (!url.startsWith(POSTGRESQL) && !url.startsWith(EMBEDDED)) {
            throw new IllegalArgumentException(
                    "a ledger lives in a folder or at jdbc:postgresql://…; this is neither. Maybe write"
                            + " jdbc:postgresql://HOST/DATABASE");
        }
    }

    /** An embedded database in a folder, which is made when it is not there. */
    public static LedgerAddress folder(Path folder) {
        return new LedgerAddress(
                EMBEDDED + "file:" + folder.toAbsolutePath().normalize().resolve("ledger") + AS_POSTGRESQL, "", "");
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
        int semicolon = url.indexOf(';');
        int question = url.indexOf('?');
        int end = semicolon < 0 ? question : question < 0 ? semicolon : Math.min(semicolon, question);
        return end < 0 ? url : url.substring(0, end);
    }
}
