package io.ampacity.traces.reader;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** How a trace is written down. */
public enum TraceFormat {
    /** Azure LLM inference trace, 2023 and 2024: CSV of TIMESTAMP, ContextTokens, GeneratedTokens. */
    AZURE,
    /** BurstGPT: CSV of Timestamp, Model, Request tokens, Response tokens and, in later releases, Session ID. */
    BURSTGPT,
    /** Mooncake: JSON lines of timestamp, input_length, output_length, hash_ids. */
    MOONCAKE,
    /** ServeGen: a folder of arrival and length parameters, a client a file. */
    SERVEGEN,
    /** Ampacity's own CSV, with a header that names arrival_s, prompt_tokens and output_tokens. */
    REQUESTS,
    /** The columns of {@link #REQUESTS} as a Parquet file. */
    PARQUET;

    /** The name on the command line. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The format that {@code id} names, whatever its case. */
    public static Optional<TraceFormat> of(String id) {
        return Arrays.stream(values())
                .filter(format -> format.id().equals(id.toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    /** All names, for messages. */
    public static String ids() {
        return Arrays.stream(values()).map(TraceFormat::id).collect(Collectors.joining(", "));
    }
}
