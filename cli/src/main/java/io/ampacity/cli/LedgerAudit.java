package io.ampacity.cli;

import io.ampacity.ledger.Ledger;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ampacity ledger audit}: who did what. */
@Command(name = "audit", description = "Tell what was done: starts, reloads, drills, budgets that were spent.")
final class LedgerAudit extends AbstractAction {

    @Mixin
    private LedgerOptions books = new LedgerOptions();

    @Override
    public Integer call() {
        try (Ledger ledger = books.open()) {
            List<Ledger.Deed> deeds = ledger.audited(books.begin());
            List<Map<String, String>> rows = deeds.stream()
                    .map(deed -> Map.of(
                            "at", deed.at().toString(),
                            "replica", deed.replica(),
                            "actor", deed.actor(),
                            "action", deed.action(),
                            "detail", deed.detail()))
                    .toList();
            String text = deeds.stream()
                    .map(deed -> deed.at() + "  " + deed.replica() + "  " + deed.action() + ": " + deed.detail())
                    .collect(Collectors.joining(System.lineSeparator()));
            output().result(Map.of("deeds", rows), text);
        }
        return ExitCode.FINE;
    }
}
