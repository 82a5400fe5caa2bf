package io.ampacity.facts.check;

import static io.ampacity.facts.check.Findings.number;

import io.ampacity.facts.imports.Table;
import io.ampacity.facts.imports.Table.Row;
import java.util.List;

/** Finds percentages that contradict the counts beside them. */
final class ShareCheck {

    private ShareCheck() {}

    /** Whether a table has counts and percentages. */
    static boolean applies(Table table) {
        return table.hasColumns("count") && percentColumn(table) != null;
    }

    static List<Finding> of(Table table) {
        Findings findings = new Findings();
        String percent = String.valueOf(percentColumn(table));
        double total = 0;
        double sum = 0;
        for (Row row : table.rows()) {
            total += valueOf(row, "count");
            sum += valueOf(row, percent);
        }
        for (Row row : table.rows()) {
            double right = 100 * valueOf(row, "count") / total;
            if (Math.abs(valueOf(row, percent) - right) > 0.5) {
                findings.error(
                        "share-is-not-the-quotient",
                        row.cells().isEmpty() ? "" : row.cells().getFirst(),
                        "the percentage is not the count over the sum of counts",
                        number(valueOf(row, percent)) + " %",
                        number(right) + " %",
                        row.place(percent),
                        "Use the count.");
            }
        }
        if (Math.abs(sum - 100) > 1.5) {
            findings.error(
                    "shares-do-not-add-up",
                    table.name(),
                    "the percentages do not add up to 100",
                    number(sum) + " %",
                    "100 %",
                    table.rows().getFirst().place(percent),
                    "Compute them from the counts.");
        }
        return findings.list();
    }

    private static double valueOf(Row row, String column) {
        Double value = row.number(column);
        return value == null || value.isNaN() ? 0 : value;
    }

    private static @org.jspecify.annotations.Nullable String percentColumn(Table table) {
        return table.header().stream()
                .filter(name -> name.endsWith("percent") && !name.startsWith("recomputed"))
                .findFirst()
                .orElse(null);
    }
}
