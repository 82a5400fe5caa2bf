package io.ampacity.facts;

import java.util.Locale;

/** Number format of weights, activations or the KV cache. */
public enum Precision {
    FP32(4),
    BF16(2),
    FP8(1),
    INT8(1),
    /** Block-scaled four-bit floats: 4 bits plus one 8-bit scale for 16 values (NVFP4) or 32 (MXFP4). */
    FP4(0.5625);

    private final double bytes;

    Precision(double bytes) {
        this.bytes = bytes;
    }

    /** Bytes one value takes, scales included. */
    public double bytes() {
        return bytes;
    }

    /** The name as written in scenarios and on the command line: {@code bf16}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
