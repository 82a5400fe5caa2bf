package io.ampacity.cli;

import io.ampacity.ledger.Ledger;
import io.ampacity.ledger.LedgerAddress;
import io.ampacity.ledger.LedgerException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which ledger a command reads, and of what time. */
final class LedgerOptions {

    private static final Instant FAR_OFF = Instant.parse("9999-01-01T00:00:00Z");
    private static final String SHARED = "jdbc:";

    @Option(
            names = "--ledger",
            paramLabel = "FOLDER|ADDRESS",
            defaultValue = "ledger",
            description = "Folder of an embedded ledger, or jdbc:postgresql://… (default: ${DEFAULT-VALUE}).")
    private String place = "ledger";

    @Option(
            names = "--user",
            paramLabel = "NAME",
            description = "Who enters it; the password is read from AMPACITY_LEDGER_PASSWORD.")
    private @Nullable String user;

    @Option(names = "--from", paramLabel = "DAY", description = "First day, UTC (default: the first there is).")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "DAY", description = "Last day, UTC (default: today).")
    private @Nullable String to;

    /** Opens it. */
    Ledger open() {
        boolean shared = place.startsWith(SHARED);
        if (!shared && !Files.isRegularFile(Path.of(place, "ledger.mv.db"))) {
            throw new BadInput("there is no ledger in " + place, "name the folder that the gateway's document names");
        }
        String password = System.getenv("AMPACITY_LEDGER_PASSWORD");
        try {
            return Ledger.visit(
                    shared
                            ? new LedgerAddress(place, user == null ? "" : user, password == null ? "" : password)
                            : LedgerAddress.folder(Path.of(place)));
        } catch (LedgerException | IllegalArgumentException unusable) {
            throw new BadInput(String.valueOf(unusable.getMessage()), null);
        }
    }

    /** The first moment that counts. */
    Instant begin() {
        return from == null ? Instant.EPOCH : day("--from", from).atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    /** The first moment that counts no more. */
    Instant end() {
        return to == null ? FAR_OFF : day("--to", to).plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    private static LocalDate day(String option, String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException wrong) {
            throw new BadInput(option + " is " + text + ", which is no day", "write it like 2026-11-22");
        }
    }
}
