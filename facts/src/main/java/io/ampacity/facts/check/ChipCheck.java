package io.ampacity.facts.check;

import static io.ampacity.facts.check.Findings.near;
import static io.ampacity.facts.check.Findings.number;

import io.ampacity.facts.Catalogue;
import io.ampacity.facts.Chip;
import io.ampacity.facts.Figure;
import io.ampacity.facts.Precision;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds chip figures that cannot be right, alone and against the catalogue. */
final class ChipCheck {

    private static final double TERA = 1e12;
    private static final double GIGA = 1e9;
    /** BF16 FLOP/s a watt beyond which no chip of the catalogue comes, by a quarter. */
    private static final double MOST_PER_WATT = 3.2e12;

    /** The fastest memory sold in a year and the next ones, bytes/s, rounded up. */
    private static final TreeMap<Integer, Double> FASTEST = new TreeMap<>(Map.of(
            2000,
            0.95 * TERA,
            2019,
            1.35 * TERA,
            2020,
            2.1 * TERA,
            2021,
            3.5 * TERA,
            2023,
            6.6 * TERA,
            2024,
            8.2 * TERA,
            2026,
            24.0 * TERA));

    private final Catalogue known;
    private final boolean againstOthers;
    private final Findings findings = new Findings();

    private ChipCheck(Catalogue known, boolean againstOthers) {
        this.known = known;
        this.againstOthers = againstOthers;
    }

    /** Checks rows of a list against themselves and the catalogue. */
    static List<Finding> imported(List<ChipRow> rows, Catalogue known) {
        ChipCheck check = new ChipCheck(known, true);
        rows.forEach(check::row);
        return check.findings.list();
    }

    /** Checks rows that are the catalogue. */
    static List<Finding> own(List<ChipRow> rows, Catalogue catalogue) {
        ChipCheck check = new ChipCheck(catalogue, false);
        rows.forEach(check::row);
        return check.findings.list();
    }

    private void row(ChipRow row) {
        memory(row);
        ratio(row, "FP8 to BF16", row.fp8(), row.bf16(), 1, 2, 4);
        ratio(row, "FP4 to FP8", row.fp4(), row.fp8(), 1, 2, 3);
        if (row.bf16() != null && row.watts() != null && row.bf16() / row.watts() > MOST_PER_WATT) {
            findings.warning(
                    "peak-per-watt",
                    row.name(),
                    "the BF16 peak is too high for the power",
                    number(row.bf16() / row.watts() / TERA) + " TFLOP/s a watt",
                    "at most " + number(MOST_PER_WATT / TERA),
                    row.place(),
                    "Look whether the peak counts sparsity, and halve it.");
        }
        if (againstOthers) {
            known.chip(row.name()).ifPresent(chip -> against(row, chip));
        }
    }

    private void memory(ChipRow row) {
        if (row.memory() != null && row.memory() < GIGA) {
            findings.warning(
                    "sram-as-memory",
                    row.name(),
                    "the memory is so small that it is the SRAM on the chip",
                    number(row.memory() / GIGA) + " GB",
                    "the memory beside the chip, or unknown",
                    row.place(),
                    "Leave memory and its bandwidth unknown, or say that there is no other.");
            return;
        }
        Map.Entry<Integer, Double> fastest = FASTEST.floorEntry(row.year());
        if (row.bandwidth() != null && fastest != null && row.bandwidth() > fastest.getValue()) {
            findings.error(
                    "bandwidth-ahead-of-its-year",
                    row.name(),
                    "no memory of " + row.year() + " was that fast",
                    number(row.bandwidth() / TERA) + " TB/s",
                    "at most " + number(fastest.getValue() / TERA) + " TB/s",
                    row.place(),
                    "Look for an SRAM or a sum over several chips.");
        }
    }

    private void ratio(ChipRow row, String what, @Nullable Double upper, @Nullable Double lower, int... usual) {
        if (upper == null || lower == null) {
            return;
        }
        double ratio = upper / lower;
        for (int each : usual) {
            if (near(ratio, each, 0.08)) {
                return;
            }
        }
        findings.warning(
                "precision-ratio",
                row.name(),
                "the peaks stand in an unusual ratio, " + what,
                number(ratio),
                "a whole number",
                row.place(),
                "Look whether one of them counts sparsity.");
    }

    private void against(ChipRow row, Chip chip) {
        peak(row, chip, Precision.BF16, row.bf16());
        peak(row, chip, Precision.FP8, row.fp8());
        peak(row, chip, Precision.FP4, row.fp4());
        Figure link = chip.scaleUpBandwidth();
        if (row.link() != null && link != null && near(row.link() / link.value(), 2, 0.03)) {
            findings.error(
                    "bidirectional-link",
                    row.name(),
                    "both directions of the scale-up link are taken for one",
                    number(row.link() / GIGA) + " GB/s",
                    number(link.value() / GIGA) + " GB/s",
                    row.place(),
                    "Halve it.");
        }
        disagreement(row, "memory", row.memory(), chip.memoryBytes(), GIGA, "GB");
        disagreement(row, "memory bandwidth", row.bandwidth(), chip.memoryBandwidth(), TERA, "TB/s");
        disagreement(row, "power", row.watts(), chip.tdpWatts(), 1, "W");
    }

    private void peak(ChipRow row, Chip chip, Precision precision, @Nullable Double value) {
        Figure peak = chip.peakFlops().get(precision);
        if (value == null || peak == null) {
            return;
        }
        if (near(value / peak.value(), 2, 0.03) || near(value / peak.value(), 4, 0.03)) {
            findings.error(
                    "sparse-peak",
                    row.name(),
                    "the " + precision.id() + " peak counts sparsity, or is that of a smaller format",
                    number(value / TERA) + " TFLOP/s",
                    number(peak.value() / TERA) + " TFLOP/s",
                    row.place(),
                    "Take the dense value.");
        } else {
            disagreement(row, precision.id() + " peak", value, peak, TERA, "TFLOP/s");
        }
    }

    private void disagreement(
            ChipRow row, String what, @Nullable Double value, @Nullable Figure figure, double unit, String unitName) {
        if (value != null && figure != null && !near(value, figure.value(), 0.12)) {
            findings.warning(
                    "disagrees-with-catalogue",
                    row.name(),
                    "the " + what + " differs from that of the catalogue",
                    number(value / unit) + " " + unitName,
                    number(figure.value() / unit) + " " + unitName,
                    row.place(),
                    "Catalogue: " + figure.source() + ".");
        }
    }
}
