package io.ampacity.cli;

import io.ampacity.facts.Chip;
import io.ampacity.physics.ChipSheet;
import io.ampacity.physics.estimate.Estimate;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the energy of an output token goes, in joules of the whole group.
 *
 * @param idle what the chips would draw idle
 * @param work what they draw above that
 * @param server their share of hosts, fans and power supplies
 * @param network their share of the network
 * @param facility cooling and distribution: all of it times PUE − 1; null where no PUE is known
 */
record EnergyBreakdown(
        double idle,
        double work,
        double server,
        double network,
        @Nullable Double facility) {

    /** Of a server's draw beside its chips: 421 W of 1,693 (SemiAnalysis system power model, 2026-08). */
    private static final double NETWORK_SHARE = 0.25;

    static EnergyBreakdown of(Estimate estimate, Chip chip, int chips, @Nullable Double pue) {
        double rate = estimate.outputTokensPerSecond().value();
        double chipJoules = estimate.energyPerOutputTokenJoules().value();
        double idle = Math.min(chipJoules, ChipSheet.of(chip).idleWatts() * chips / rate);
        double beside = estimate.serverWatts() / rate;
        return new EnergyBreakdown(
                idle,
                chipJoules - idle,
                beside * (1 - NETWORK_SHARE),
                beside * NETWORK_SHARE,
                pue == null ? null : (chipJoules + beside) * (pue - 1));
    }

    double total() {
        return idle + work + server + network + (facility == null ? 0 : facility);
    }

    Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("chipsIdle", idle);
        document.put("chipsWork", work);
        document.put("servers", server);
        document.put("network", network);
        document.put("facility", facility);
        document.put("total", total());
        return document;
    }
}
