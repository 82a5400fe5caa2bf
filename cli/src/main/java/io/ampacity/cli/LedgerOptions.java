package io.ampacity.cli;

import io.ampacity.ledger.Ledger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which ledger a command reads, and of what time. */
final class LedgerOptions {

    private static final Instant FAR_OFF = Instant.parse("9999-01-01T00:00:00Z");

    @Mixin
    private LedgerPlace place = new LedgerPlace();

    @Option(names = "--from", paramLabel = "DAY", description = "First day, UTC (default: the first there is).")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "DAY", description = "Last day, UTC (default: today).")
    private @Nullable String to;

    /** Opens it. */
    Ledger open() {
        return place.open();
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
