package io.ampacity.facts;

import java.util.Locale;

/** Software that serves a model on a group of chips. */
public enum Engine {
    VLLM,
    SGLANG,
    TRTLLM;

    /** The name as written in scenarios and on the command line: {@code vllm}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
