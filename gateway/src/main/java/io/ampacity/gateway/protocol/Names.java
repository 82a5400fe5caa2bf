package io.ampacity.gateway.protocol;

import java.nio.charset.StandardCharsets;

/** Keys and words of the protocols, as bytes to compare with. */
final class Names {

    static final byte[] MODEL = of("model");
    static final byte[] STREAM = of("stream");
    static final byte[] STREAM_OPTIONS = of("stream_options");
    static final byte[] INCLUDE_USAGE = of("include_usage");
    static final byte[] CONTINUOUS_USAGE = of("continuous_usage_stats");
    static final byte[] MAX_TOKENS = of("max_tokens");
    static final byte[] MAX_COMPLETION_TOKENS = of("max_completion_tokens");
    static final byte[] MAX_OUTPUT_TOKENS = of("max_output_tokens");
    static final byte[] MESSAGES = of("messages");
    static final byte[] INPUT = of("input");
    static final byte[] PROMPT = of("prompt");
    static final byte[] TOOLS = of("tools");
    static final byte[] RESPONSE_FORMAT = of("response_format");
    static final byte[] N = of("n");
    static final byte[] LOGPROBS = of("logprobs");
    static final byte[] TYPE = of("type");
    static final byte[] ROLE = of("role");
    static final byte[] CONTENT = of("content");
    static final byte[] ASSISTANT = of("assistant");
    static final byte[] TEXT = of("text");
    static final byte[] IMAGE = of("image");
    static final byte[] IMAGE_URL = of("image_url");
    static final byte[] INPUT_IMAGE = of("input_image");
    static final byte[] ID = of("id");
    static final byte[] CHOICES = of("choices");
    static final byte[] DELTA = of("delta");
    static final byte[] MESSAGE = of("message");
    static final byte[] INDEX = of("index");
    static final byte[] FINISH_REASON = of("finish_reason");
    static final byte[] STOP_REASON = of("stop_reason");
    static final byte[] CONTENT_FILTER = of("content_filter");
    static final byte[] REFUSAL = of("refusal");
    static final byte[] REASONING_CONTENT = of("reasoning_content");
    static final byte[] REASONING = of("reasoning");
    static final byte[] TOOL_CALLS = of("tool_calls");
    static final byte[] FUNCTION_CALL = of("function_call");
    static final byte[] ERROR = of("error");
    static final byte[] CODE = of("code");
    static final byte[] STATUS = of("status");
    static final byte[] RESPONSE = of("response");
    static final byte[] USAGE = of("usage");
    static final byte[] PROMPT_TOKENS = of("prompt_tokens");
    static final byte[] COMPLETION_TOKENS = of("completion_tokens");
    static final byte[] TOTAL_TOKENS = of("total_tokens");
    static final byte[] INPUT_TOKENS = of("input_tokens");
    static final byte[] OUTPUT_TOKENS = of("output_tokens");
    static final byte[] PROMPT_DETAILS = of("prompt_tokens_details");
    static final byte[] INPUT_DETAILS = of("input_tokens_details");
    static final byte[] COMPLETION_DETAILS = of("completion_tokens_details");
    static final byte[] OUTPUT_DETAILS = of("output_tokens_details");
    static final byte[] CACHED_TOKENS = of("cached_tokens");
    static final byte[] CACHE_WRITE_TOKENS = of("cache_write_tokens");
    static final byte[] REASONING_TOKENS = of("reasoning_tokens");
    static final byte[] CACHE_READ_INPUT = of("cache_read_input_tokens");
    static final byte[] CACHE_CREATION_INPUT = of("cache_creation_input_tokens");
    static final byte[] CONTENT_BLOCK = of("content_block");
    static final byte[] PARTIAL_JSON = of("partial_json");
    static final byte[] THINKING = of("thinking");
    static final byte[] DATA_DONE = of("[DONE]");

    private Names() {}

    static byte[] of(String word) {
        return word.getBytes(StandardCharsets.US_ASCII);
    }
}
