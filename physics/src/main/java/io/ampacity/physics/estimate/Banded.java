package io.ampacity.physics.estimate;

import io.ampacity.physics.ErrorBand;

/** An estimate with the band in which 80 % of measurements are expected. */
public record Banded(double value, double low, double high) {

    static Banded of(double value, ErrorBand band) {
        return new Banded(value, value * band.low(), value * band.high());
    }

    /** The band of a figure that falls as the banded cause grows, such as rate against time. */
    static Banded inverse(double value, ErrorBand band) {
        return new Banded(value, value / band.high(), value / band.low());
    }

    static Banded product(double value, ErrorBand first, ErrorBand second) {
        double low = Math.exp(-Math.hypot(Math.log(first.low()), Math.log(second.low())));
        double high = Math.exp(Math.hypot(Math.log(first.high()), Math.log(second.high())));
        return new Banded(value, value * low, value * high);
    }
}
