package io.ampacity.physics;

import java.util.Locale;

/** How far an estimate rests on measurements. */
public enum Provenance {
    /** Fitted to measurements of this chip. */
    CALIBRATED,
    /** Efficiencies taken from the closest calibrated chip. */
    KIN,
    /** Default efficiencies without any measurement behind them. */
    UNCALIBRATED;

    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
