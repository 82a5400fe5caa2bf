package io.ampacity.physics.calibration;

import io.ampacity.facts.Catalogue;
import io.ampacity.facts.Chip;
import io.ampacity.physics.Efficiencies;
import io.ampacity.physics.EfficiencyTable.Entry;
import io.ampacity.physics.measurement.Measurement;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Gives entries whose rows had no watts the power law of the same chip or the chip closest in design power. */
final class PowerKin {

    private PowerKin() {}

    static List<Entry> spread(List<Entry> entries, Map<Calibrator.Key, List<Measurement>> groups, Catalogue catalogue) {
        List<Entry> measured = entries.stream()
                .filter(entry ->
                        groups
                                .getOrDefault(
                                        new Calibrator.Key(entry.chip(), entry.engine(), entry.precision()), List.of())
                                .stream()
                                .anyMatch(row -> row.watts() != null))
                .toList();
        return entries.stream()
                .map(entry -> measured.contains(entry)
                        ? entry
                        : measured.stream()
                                .min(Comparator.comparingDouble(other -> distance(entry, other, catalogue)))
                                .map(other -> inheriting(entry, other))
                                .orElse(entry))
                .toList();
    }

    private static double distance(Entry entry, Entry other, Catalogue catalogue) {
        return entry.chip().equals(other.chip()) ? -1 : Math.abs(watts(entry, catalogue) - watts(other, catalogue));
    }

    private static double watts(Entry entry, Catalogue catalogue) {
        Chip chip = catalogue.chips().get(entry.chip());
        return chip == null || chip.tdpWatts() == null ? 0 : chip.tdpWatts().value();
    }

    private static Entry inheriting(Entry entry, Entry other) {
        Efficiencies efficiencies = EfficiencyParameters.of(
                EfficiencyParameters.times(entry.efficiencies()),
                other.efficiencies().power());
        return new Entry(
                entry.chip(),
                entry.engine(),
                entry.precision(),
                efficiencies,
                entry.timeBand(),
                entry.firstTokenBand(),
                entry.chip().equals(other.chip())
                        ? other.powerBand()
                        : other.powerBand().widened(1.6),
                entry.source(),
                entry.asOf(),
                entry.points());
    }
}
