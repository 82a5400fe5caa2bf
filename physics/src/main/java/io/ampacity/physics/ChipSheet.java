package io.ampacity.physics;

import io.ampacity.facts.Chip;
import io.ampacity.facts.Figure;
import io.ampacity.facts.Precision;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The figures of a chip that physics computes with, in base units, with what is unknown filled in openly.
 *
 * @param memoryBytes bytes of memory
 * @param memoryBandwidth bytes/s
 * @param tdpWatts design power
 * @param idleWatts power when powered and idle
 * @param serverWatts the chip's share of host, fans, network and power-supply loss
 * @param scaleUpBandwidth bytes/s one way inside the scale-up domain
 * @param scaleUpDomain chips of a scale-up domain
 * @param scaleOutBandwidth bytes/s one way outside it
 * @param clock share of its highest clock that the chip's cores run at, (0, 1]; the peaks are those at this clock
 */
public record ChipSheet(
        String id,
        Map<Precision, Double> peakFlops,
        double memoryBytes,
        double memoryBandwidth,
        double tdpWatts,
        double idleWatts,
        double serverWatts,
        double scaleUpBandwidth,
        int scaleUpDomain,
        double scaleOutBandwidth,
        double clock) {

    /** Idle share of design power where no figure is known; H100 SXM idles near 70 to 110 W of 700 W. */
    private static final double IDLE_SHARE = 0.12;

    /**
     * Share of a server's other draw a chip, of its design power: 1,272 W fixed and 421 W of network for eight 700 W
     * chips (SemiAnalysis system power model, 2026-08), with 5 % lost in power supplies.
     */
    private static final double SERVER_SHARE = 0.3;

    /** Sixteen lanes of PCIe 4, what a card without a named link talks through. */
    static final double PCIE_BANDWIDTH = 26e9;

    /** Sixteen lanes of PCIe 5, one way. */
    static final double FASTEST_PCIE = 64e9;

    private static final double NETWORK_BANDWIDTH = 25e9;

    /** Reads a chip; throws when peak, memory or bandwidth are unknown, since nothing can be said without them. */
    public static ChipSheet of(Chip chip) {
        if (chip.peakFlops().isEmpty()) {
            throw missing(chip, "peakFlops");
        }
        Map<Precision, Double> peaks = new EnumMap<>(Precision.class);
        chip.peakFlops().forEach((precision, figure) -> peaks.put(precision, figure.value()));
        double tdp = required(chip, "tdpWatts", chip.tdpWatts());
        return new ChipSheet(
                chip.id(),
                Map.copyOf(peaks),
                required(chip, "memoryBytes", chip.memoryBytes()),
                required(chip, "memoryBandwidth", chip.memoryBandwidth()),
                tdp,
                chip.idleWatts() == null ? IDLE_SHARE * tdp : chip.idleWatts().value(),
                serverWatts(chip, tdp),
                chip.scaleUpBandwidth() == null
                        ? PCIE_BANDWIDTH
                        : chip.scaleUpBandwidth().value(),
                chip.scaleUpDomain() == null ? 8 : chip.scaleUpDomain(),
                chip.scaleOutBandwidth() == null
                        ? NETWORK_BANDWIDTH
                        : chip.scaleOutBandwidth().value(),
                1);
    }

    /** The same chip with its cores at a share of this clock; memory and links keep theirs. */
    ChipSheet atClock(double share) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("a clock of " + share + " of the highest is outside (0, 1]");
        }
        Map<Precision, Double> peaks = new EnumMap<>(Precision.class);
        peakFlops.forEach((precision, peak) -> peaks.put(precision, peak * share));
        return new ChipSheet(
                id,
                Map.copyOf(peaks),
                memoryBytes,
                memoryBandwidth,
                tdpWatts,
                idleWatts,
                serverWatts,
                scaleUpBandwidth,
                scaleUpDomain,
                scaleOutBandwidth,
                clock * share);
    }

    private static double serverWatts(Chip chip, double tdp) {
        double share = SERVER_SHARE * tdp;
        return chip.allInWatts() == null ? share : Math.clamp(chip.allInWatts().value() - tdp, 0.0, share);
    }

    private static double required(Chip chip, String field, @Nullable Figure figure) {
        if (figure == null) {
            throw missing(chip, field);
        }
        return figure.value();
    }

    private static PhysicsException missing(Chip chip, String field) {
        return new PhysicsException(
                "chips." + chip.id() + "." + field + " is unknown, so its speed cannot be estimated",
                "import a figure for it with `ampacity facts import`");
    }

    /** Whether chips of a domain reach each other's memory fast enough to sum in one shot: not over PCIe. */
    public boolean reachesMemoryOfOthers() {
        return scaleUpBandwidth > FASTEST_PCIE;
    }

    /**
     * Dense peak in FLOP/s for weights of this precision. Where the chip has no such arithmetic, weights are widened and
     * the next wider format's peak counts.
     */
    public double peak(Precision precision) {
        Precision[] chain =
                switch (precision) {
                    case FP4 -> new Precision[] {Precision.FP4, Precision.FP8, Precision.INT8, Precision.BF16};
                    case FP8 -> new Precision[] {Precision.FP8, Precision.BF16};
                    case INT8 -> new Precision[] {Precision.INT8, Precision.FP8, Precision.BF16};
                    case BF16 -> new Precision[] {Precision.BF16, Precision.FP32};
                    case FP32 -> new Precision[] {Precision.FP32};
                };
        for (Precision candidate : chain) {
            Double peak = peakFlops.get(candidate);
            if (peak != null) {
                return peak;
            }
        }
        throw new PhysicsException(
                "chips." + id + ".peakFlops has no figure that serves " + precision.id(),
                "choose a precision among " + peakFlops.keySet());
    }

    /** Dense peak of the sixteen-bit arithmetic that attention is computed in; the widest known below it otherwise. */
    public double attentionPeak() {
        Double peak = peakFlops.get(Precision.BF16);
        return peak == null
                ? peakFlops.values().stream()
                        .mapToDouble(Double::doubleValue)
                        .min()
                        .orElseThrow()
                : peak;
    }
}
