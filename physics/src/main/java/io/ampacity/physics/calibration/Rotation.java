package io.ampacity.physics.calibration;

import io.ampacity.physics.EfficiencyTable;
import io.ampacity.physics.measurement.Measurement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Checks that split by model: fit on some models, compare on the others, each row only where its model was kept out.
 *
 * @param checked errors by the models that were kept out
 */
record Rotation(Map<String, List<Errors>> checked) {

    List<Errors> all() {
        return checked.values().stream().flatMap(List::stream).toList();
    }

    /** Keeps each of the given sets of models out in turn. */
    static Rotation of(Calibrator calibrator, List<Measurement> rows, List<Set<String>> keptOut) {
        Map<String, List<Errors>> checked = new LinkedHashMap<>();
        for (Set<String> models : keptOut) {
            EfficiencyTable table = calibrator.fitOnly(
                    rows.stream().filter(row -> !models.contains(row.model())).toList());
            checked.put(
                    String.join(", ", models),
                    calibrator.errors(
                            rows.stream()
                                    .filter(row -> models.contains(row.model()))
                                    .toList(),
                            table));
        }
        return new Rotation(checked);
    }

    /** Each set of {@code size} models. */
    static List<Set<String>> subsets(List<String> models, int size) {
        List<Set<String>> all = new ArrayList<>();
        collect(models, size, 0, new ArrayList<>(), all);
        return all;
    }

    private static void collect(List<String> models, int size, int from, List<String> chosen, List<Set<String>> all) {
        if (chosen.size() == size) {
            all.add(new java.util.LinkedHashSet<>(chosen));
            return;
        }
        for (int i = from; i < models.size(); i++) {
            chosen.add(models.get(i));
            collect(models, size, i + 1, chosen, all);
            chosen.removeLast();
        }
    }
}
