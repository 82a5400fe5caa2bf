package io.ampacity.physics.calibration;

import io.ampacity.physics.EfficiencyTable;
import io.ampacity.physics.measurement.Measurement;
import io.ampacity.physics.measurement.SiliconReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Checks that split by model: fit on some models, compare on the others, each row only where its model was kept out.
 *
 * @param checked errors by the models that were kept out
 */
record Rotation(Map<String, List<Errors>> checked) {

    List<Errors> all() {
        return checked.values().stream().flatMap(List::stream).toList();
    }

    /** Keeps each of the given sets of models out in turn, with fits that are pulled to what the calibrator believes. */
    static Rotation refined(Calibrator calibrator, List<Measurement> rows, List<Set<String>> keptOut) {
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

    /**
     * Keeps each of the given sets of models out in turn. What all rows share is fitted anew each time, from these rows and
     * from others, but never from a model that is kept out.
     */
    static Rotation of(
            Calibrator calibrator, List<Measurement> rows, List<Measurement> others, List<Set<String>> keptOut) {
        Map<String, List<Errors>> checked = new LinkedHashMap<>();
        for (Set<String> models : keptOut) {
            Set<String> unknown = rows.stream()
                    .filter(row -> models.contains(row.model()))
                    .map(calibrator::modelId)
                    .collect(Collectors.toSet());
            List<Measurement> known = Stream.concat(rows.stream(), others.stream())
                    .filter(row -> SiliconReader.tellsHowItRan(row) && !unknown.contains(calibrator.modelId(row)))
                    .toList();
            Calibrator sharing = calibrator.sharing(known);
            EfficiencyTable table = sharing.believing(
                    sharing.fitOnly(known), rows.stream().map(calibrator::key).toList());
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
