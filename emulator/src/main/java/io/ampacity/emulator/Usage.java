package io.ampacity.emulator;

/**
 * Tokens of one answer.
 *
 * @param cached part of {@code prompt}
 * @param output words and reasoning
 * @param reasoning part of {@code output}
 */
record Usage(long prompt, long cached, long output, long reasoning) {

    Usage times(double factor) {
        return new Usage(
                Math.round(prompt * factor),
                Math.round(cached * factor),
                Math.round(output * factor),
                Math.round(reasoning * factor));
    }

    /** As chat and completions tell it. */
    String chat() {
        return "{\"prompt_tokens\":" + prompt + ",\"completion_tokens\":" + output + ",\"total_tokens\":"
                + (prompt + output) + ",\"prompt_tokens_details\":{\"cached_tokens\":" + cached
                + "},\"completion_tokens_details\":{\"reasoning_tokens\":" + reasoning + "}}";
    }

    /** As responses tell it. */
    String responses() {
        return "{\"input_tokens\":" + prompt + ",\"input_tokens_details\":{\"cached_tokens\":" + cached
                + "},\"output_tokens\":" + output + ",\"output_tokens_details\":{\"reasoning_tokens\":" + reasoning
                + "},\"total_tokens\":" + (prompt + output) + "}";
    }

    /** As messages tell it, where what was read from the cache is not part of the input. */
    String messages() {
        return "{\"input_tokens\":" + (prompt - cached)
                + ",\"cache_creation_input_tokens\":0,\"cache_read_input_tokens\":" + cached + ",\"output_tokens\":"
                + output + "}";
    }
}
