package io.ampacity.physics;

import io.ampacity.facts.Chip;
import io.ampacity.facts.Engine;
import io.ampacity.facts.Figure;
import io.ampacity.facts.Precision;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Calibrated efficiencies by chip, engine and precision, and the rule that finds the closest for all others.
 *
 * <p>The closest is the entry with the least distance in engine, precision, bandwidth and arithmetic within the chip's
 * family; the further it is, the more its values fade into typical ones. A chip without kin takes the typical values and
 * is marked as uncalibrated. Immutable.
 */
public final class EfficiencyTable {

    /**
     * One calibrated entry.
     *
     * @param chip the chip's id
     * @param timeBand how far measured times strayed, as factors on the estimate
     * @param firstTokenBand how far measured times to first token strayed
     * @param powerBand how far measured power strayed
     * @param source the measurements, precise enough to find them again
     * @param asOf their date
     * @param points how many measurements of just this the fit rests on; 0 when it follows from what the chip does with
     *     other engines and formats and what this engine does on other chips
     */
    public record Entry(
            String chip,
            Engine engine,
            Precision precision,
            Efficiencies efficiencies,
            ErrorBand timeBand,
            ErrorBand firstTokenBand,
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
            ErrorBand firstTokenBand,
            ErrorBand powerBand,
            @Nullable Entry entry) {}

    /** Bands of estimates without any measurement behind them. */
    private static final ErrorBand UNCALIBRATED_BAND = new ErrorBand(0.6, 1.8);

    /** How far Blackwell is from its elders, which have no four-bit arithmetic. */
    private static final double BLACKWELL = 0.4;

    /** How far chips with eight-bit floats are from those without. */
    private static final double HOPPER = 0.2;

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
        return EfficiencyFile.shipped();
    }

    public List<Entry> entries() {
        return entries;
    }

    /** The chips it has entries of. */
    public List<Chip> chips() {
        return entries.stream()
                .map(entry -> calibratedChips.get(entry.chip()))
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    /** This table with another's entries before its own. */
    public EfficiencyTable overlaidBy(EfficiencyTable other) {
        List<Entry> all = new ArrayList<>(other.entries);
        all.addAll(entries);
        Map<String, Chip> chips = new HashMap<>(calibratedChips);
        chips.putAll(other.calibratedChips);
        return new EfficiencyTable(all, chips);
    }

    /** Finds the efficiencies of a chip with an engine at a precision. */
    public Resolved resolve(Chip chip, Engine engine, Precision precision) {
        for (Entry entry : entries) {
            if (matches(chip, entry) && entry.engine() == engine && entry.precision() == precision) {
                return entry.points() == 0 ? kin(chip, entry) : calibrated(entry);
            }
        }
        return entries.stream()
                .filter(entry -> distance(chip, engine, precision, entry) < Double.POSITIVE_INFINITY)
                .min(Comparator.comparingDouble(entry -> distance(chip, engine, precision, entry)))
                .map(entry -> kin(chip, entry))
                .orElseGet(() -> new Resolved(
                        Efficiencies.typicalOf(chip),
                        Provenance.UNCALIBRATED,
                        UNCALIBRATED_BAND,
                        UNCALIBRATED_BAND,
                        UNCALIBRATED_BAND,
                        null));
    }

    private static Resolved calibrated(Entry entry) {
        return new Resolved(
                entry.efficiencies(),
                Provenance.CALIBRATED,
                entry.timeBand(),
                entry.firstTokenBand(),
                entry.powerBand(),
                entry);
    }

    /** What another chip tells fades with the distance of the data sheets; the rest is what is typical of such a chip. */
    private Resolved kin(Chip chip, Entry entry) {
        Chip other = calibratedChips.get(entry.chip());
        Efficiencies carried = matches(chip, entry) || other == null
                ? entry.efficiencies()
                : entry.efficiencies().carriedOver(other, chip, -Math.expm1(-sheetDistance(chip, entry)));
        return new Resolved(
                carried,
                Provenance.KIN,
                entry.timeBand().widened(KIN_WIDENING),
                entry.firstTokenBand().widened(KIN_WIDENING),
                entry.powerBand().widened(KIN_WIDENING),
                entry);
    }

    private static boolean matches(Chip chip, Entry entry) {
        return entry.chip().equals(chip.id()) || chip.aliases().contains(entry.chip());
    }

    /**
     * How far an entry is from a question: log-distances of the data sheets, with another engine as far as a chip of half
     * the bandwidth; infinite between families, where nothing carries over.
     */
    private double distance(Chip chip, Engine engine, Precision precision, Entry entry) {
        double apart = (entry.engine() == engine ? 0 : 0.5)
                + 0.1 * Math.abs(Math.log(entry.precision().bytes() / precision.bytes()));
        return matches(chip, entry) ? apart : apart + 0.05 + sheetDistance(chip, entry);
    }

    private double sheetDistance(Chip chip, Entry entry) {
        Chip other = calibratedChips.get(entry.chip());
        if (other == null || !other.family().equals(chip.family())) {
            return Double.POSITIVE_INFINITY;
        }
        return (alike(chip, other, Precision.FP4) ? 0 : BLACKWELL)
                + (alike(chip, other, Precision.FP8) ? 0 : HOPPER)
                + 0.6 * ratio(chip.memoryBandwidth(), other.memoryBandwidth())
                + 0.3
                        * ratio(
                                chip.peakFlops().get(Precision.BF16),
                                other.peakFlops().get(Precision.BF16))
                + 0.1 * Math.abs(Math.log(link(chip) / link(other)));
    }

    private static boolean alike(Chip chip, Chip other, Precision format) {
        return chip.peakFlops().containsKey(format) == other.peakFlops().containsKey(format);
    }

    /** Scale-up bandwidth, which tells chips of a server from cards; a card without one talks over PCIe. */
    private static double link(Chip chip) {
        return chip.scaleUpBandwidth() == null
                ? ChipSheet.PCIE_BANDWIDTH
                : chip.scaleUpBandwidth().value();
    }

    private static double ratio(@Nullable Figure left, @Nullable Figure right) {
        return left == null || right == null ? 1 : Math.abs(Math.log(left.value() / right.value()));
    }
}
