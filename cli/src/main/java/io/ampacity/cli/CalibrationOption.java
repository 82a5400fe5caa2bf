package io.ampacity.cli;

import io.ampacity.documents.YamlDocument;
import io.ampacity.facts.Catalogue;
import io.ampacity.physics.EfficiencyFile;
import io.ampacity.physics.EfficiencyTable;
import io.ampacity.physics.ServingPhysics;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** {@code --calibration}: what chips reach of their data sheets, by the user's own measurements. */
final class CalibrationOption {

    /** The word for no calibration at all. */
    private static final String NONE = "none";

    @Option(
            names = "--calibration",
            paramLabel = "FILE",
            description = {
                "A calibration of your own (ampacity calibrate --out); it comes before the built-in one.",
                "none: data sheets and typical efficiencies alone."
            },
            order = 91)
    private List<String> files = List.of();

    /** Physics with what was asked for. */
    ServingPhysics physics(Catalogue catalogue) {
        EfficiencyTable table = files.contains(NONE) ? EfficiencyTable.empty() : EfficiencyTable.shipped();
        for (String file : files) {
            if (!file.equals(NONE)) {
                table = table.overlaidBy(EfficiencyFile.read(YamlDocument.read(Path.of(file)), catalogue.chips()));
            }
        }
        return new ServingPhysics(table);
    }
}
