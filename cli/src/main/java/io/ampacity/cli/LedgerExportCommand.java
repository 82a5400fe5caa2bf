package io.ampacity.cli;

import io.ampacity.ledger.Ledger;
import io.ampacity.ledger.LedgerException;
import io.ampacity.ledger.LedgerExport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ampacity ledger export}: the books as a file. */
@Command(
        name = "export",
        description = "Write what the books hold to a file: Parquet or CSV by its name.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ampacity ledger export attempts.parquet --ledger ledger",
            "  ampacity ledger export november.csv --content focus --from 2026-11-01 --to 2026-11-30"
        })
final class LedgerExportCommand extends AbstractAction {

    @Parameters(index = "0", paramLabel = "FILE", description = "Where to: a name that ends with .parquet or .csv.")
    @SuppressWarnings("NullAway.Init") // picocli refuses a line without it
    private Path file;

    @Option(
            names = "--content",
            paramLabel = "WHAT",
            defaultValue = "attempts",
            description = "requests, attempts, telemetry, or focus: charges in the columns of FOCUS 1.2"
                    + " (default: ${DEFAULT-VALUE}).")
    private LedgerExport.Content content = LedgerExport.Content.ATTEMPTS;

    @Mixin
    private LedgerOptions books = new LedgerOptions();

    @Override
    public Integer call() throws IOException {
        try (Ledger ledger = books.open()) {
            long rows = LedgerExport.write(ledger, content, books.begin(), books.end(), file);
            output().result(Map.of("file", file.toString(), "rows", rows), rows + " rows in " + file);
        } catch (LedgerException unusable) {
            throw new BadInput(String.valueOf(unusable.getMessage()), null);
        }
        return ExitCode.FINE;
    }
}
