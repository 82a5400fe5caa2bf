package io.ampacity.cli;

import io.ampacity.ledger.Ledger;
import io.ampacity.ledger.LedgerAddress;
import io.ampacity.ledger.LedgerException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which ledger a command reads. */
final class LedgerPlace {

    private static final String USUAL = "ledger";
    private static final String SHARED = "jdbc:";

    @Option(
            names = "--ledger",
            paramLabel = "FOLDER|ADDRESS",
            description = "Folder of an embedded ledger, or jdbc:postgresql://… (default: " + USUAL + ").")
    private @Nullable String place;

    @Option(
            names = "--user",
            paramLabel = "NAME",
            description = "Who enters it; the password is read from AMPACITY_LEDGER_PASSWORD.")
    private @Nullable String user;

    private String place() {
        return place == null ? USUAL : place;
    }

    /** Whether the command line names one. */
    boolean isGiven() {
        return place != null;
    }

    /** Whether there seems to be one. */
    boolean isThere() {
        return isShared() || Files.isRegularFile(Path.of(place(), "ledger.mv.db"));
    }

    private boolean isShared() {
        return place().startsWith(SHARED);
    }

    /** Opens it. */
    Ledger open() {
        if (!isThere()) {
            throw new BadInput("there is no ledger in " + place(), "name the folder that the gateway's document names");
        }
        String password = System.getenv("AMPACITY_LEDGER_PASSWORD");
        try {
            return Ledger.visit(
                    isShared()
                            ? new LedgerAddress(place(), user == null ? "" : user, password == null ? "" : password)
                            : LedgerAddress.folder(Path.of(place())));
        } catch (LedgerException | IllegalArgumentException unusable) {
            throw new BadInput(String.valueOf(unusable.getMessage()), null);
        }
    }

    @Override
    public String toString() {
        return place();
    }
}
