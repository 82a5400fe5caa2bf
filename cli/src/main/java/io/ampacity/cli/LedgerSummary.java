package io.ampacity.cli;

import io.ampacity.ledger.Ledger;
import io.ampacity.ledger.Spending;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ampacity ledger summary}: tokens, money, energy and carbon of each pool. */
@Command(
        name = "summary",
        description = "Tell what went to each pool: attempts, tokens, money, energy, carbon.",
        footerHeading = "%nExample:%n",
        footer = "  ampacity ledger summary --ledger ledger --from 2026-11-01")
final class LedgerSummary extends AbstractAction {

    private static final double JOULES_PER_KILOWATT_HOUR = 3.6e6;

    @Mixin
    private LedgerOptions books = new LedgerOptions();

    @Override
    public Integer call() {
        try (Ledger ledger = books.open()) {
            List<Spending> pools = Spending.of(ledger, books.begin(), books.end());
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("requests", ledger.holdings().requests());
            document.put("pools", pools);
            output().result(document, text(ledger, pools));
        }
        return ExitCode.FINE;
    }

    private static String text(Ledger ledger, List<Spending> pools) {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%d requests in %s%n%-32s %9s %7s %12s %12s %12s %9s %9s",
                ledger.holdings().requests(),
                ledger.address(),
                "pool",
                "attempts",
                "failed",
                "prompt",
                "output",
                "USD",
                "kWh",
                "kg CO2e"));
        for (Spending pool : pools) {
            text.append(String.format(
                    Locale.ROOT,
                    "%n%-32s %9d %7d %12s %12s %12s %9s %9s",
                    pool.pool(),
                    pool.attempts(),
                    pool.failedAttempts(),
                    pool.promptTokens() == null ? "unknown" : pool.promptTokens(),
                    pool.outputTokens() == null ? "unknown" : pool.outputTokens(),
                    number(pool.costUsd(), 1),
                    number(pool.energyJoules(), JOULES_PER_KILOWATT_HOUR),
                    number(pool.carbonGrams(), 1000)));
            if (pool.unpricedAttempts() > 0) {
                text.append(
                        String.format(Locale.ROOT, "%n  beside %d attempts of unknown cost", pool.unpricedAttempts()));
            }
        }
        return text.toString();
    }

    private static String number(@Nullable Double value, double unit) {
        return value == null ? "unknown" : String.format(Locale.ROOT, "%.4g", value / unit);
    }
}
