package io.ampacity.physics;

import io.ampacity.facts.Chip;
import io.ampacity.facts.Engine;
import io.ampacity.facts.Figure;
import io.ampacity.facts.Precision;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Calibrated efficiencies by chip, engine and precision, and the rule that finds the closest for all others.
 *
 * <p>The order of kinship: the same chip and engine at another precision, the same chip with another engine, the chip of
 * the same family that is closest in bandwidth and arithmetic (on the same engine before others), else the typical
 * values, marked as uncalibrated. Immutable.
 */
public final class EfficiencyTable {

    /**
     * One calibrated entry.
     *
     * @param chip the chip's id
     * @param timeBand how far measured times strayed, as factors on the estimate
     * @param powerBand how far measured power strayed
     * @param source the measurements, precise enough to find them again
     * @param asOf their date
     * @param points how many measurements the fit rests on
     */
    public record Entry(
            String chip,
            Engine engine,
            Precision precision,
            Efficiencies efficiencies,
            ErrorBand timeBand,
            ErrorBand powerBand,
            String source,
            String asOf,
            int points) {}

    /**
     * What was found for a question.
     *
     * @param entry the entry it rests on; null when there is none
     */
    public record Resolved(
            Efficiencies efficiencies,
            Provenance provenance,
            ErrorBand timeBand,
            ErrorBand powerBand,
            @Nullable Entry entry) {}

    /** Bands of estimates without any measurement behind them. */
    private static final ErrorBand UNCALIBRATED_BAND = new ErrorBand(0.6, 1.8);

    /** How much wider a band is when a chip inherits from its kin. */
    private static final double KIN_WIDENING = 1.6;

    private final List<Entry> entries;
    private final Map<String, Chip> calibratedChips;

    /** @param calibratedChips the chips of the entries by id, as far as known; they make kinship measurable */
    public EfficiencyTable(List<Entry> entries, Map<String, Chip> calibratedChips) {
        this.entries = List.copyOf(entries);
        this.calibratedChips = Map.copyOf(calibratedChips);
    }

    /** A table without any calibration. */
    public static EfficiencyTable empty() {
        return new EfficiencyTable(List.of(), Map.of());
    }

    /** The table shipped with the module. */
    public static EfficiencyTable shipped() {
        return empty();
    }

    public List<Entry> entries() {
        return entries;
    }

    /** Finds the efficiencies of a chip with an engine at a precision. */
    public Resolved resolve(Chip chip, Engine engine, Precision precision) {
        Optional<Entry> own = entries.stream()
                .filter(entry -> matches(chip, entry))
                .min(Comparator.comparingInt((Entry entry) -> entry.engine() == engine ? 0 : 1)
                        .thenComparingDouble(entry -> distance(entry.precision(), precision)));
        if (own.isPresent()) {
            Entry entry = own.get();
            boolean exact = entry.engine() == engine && entry.precision() == precision;
            return exact ? calibrated(entry) : kin(entry);
        }
        return entries.stream()
                .filter(entry -> kinship(chip, entry) < Double.POSITIVE_INFINITY)
                .min(Comparator.comparingDouble((Entry entry) -> kinship(chip, entry)
                        + (entry.engine() == engine ? 0 : 1)
                        + 0.1 * distance(entry.precision(), precision)))
                .map(EfficiencyTable::kin)
                .orElseGet(() -> new Resolved(
                        Efficiencies.TYPICAL, Provenance.UNCALIBRATED, UNCALIBRATED_BAND, UNCALIBRATED_BAND, null));
    }

    private static Resolved calibrated(Entry entry) {
        return new Resolved(entry.efficiencies(), Provenance.CALIBRATED, entry.timeBand(), entry.powerBand(), entry);
    }

    private static Resolved kin(Entry entry) {
        return new Resolved(
                entry.efficiencies(),
                Provenance.KIN,
                entry.timeBand().widened(KIN_WIDENING),
                entry.powerBand().widened(KIN_WIDENING),
                entry);
    }

    private static boolean matches(Chip chip, Entry entry) {
        return entry.chip().equals(chip.id()) || chip.aliases().contains(entry.chip());
    }

    private static double distance(Precision left, Precision right) {
        return Math.abs(Math.log(left.bytes() / right.bytes()));
    }

    /** Log-distance of two chips in bandwidth and arithmetic; infinite between families. */
    private double kinship(Chip chip, Entry entry) {
        Chip other = calibratedChips.get(entry.chip());
        if (other == null || !other.family().equals(chip.family())) {
            return Double.POSITIVE_INFINITY;
        }
        return ratio(chip.memoryBandwidth(), other.memoryBandwidth())
                + ratio(chip.peakFlops().get(Precision.BF16), other.peakFlops().get(Precision.BF16));
    }

    private static double ratio(@Nullable Figure left, @Nullable Figure right) {
        return left == null || right == null ? 1 : Math.abs(Math.log(left.value() / right.value()));
    }
}
