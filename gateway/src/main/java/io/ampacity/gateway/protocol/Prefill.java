package io.ampacity.gateway.protocol;

/** How a model server is told to go on from words of the assistant at the end of the prompt. */
public enum Prefill {
    /** It cannot. */
    NONE,
    /** By their standing there. */
    PLAIN,
    /** By {@code "prefix": true} in that message. */
    PREFIX,
    /** By {@code continue_final_message} beside the messages, as vLLM and SGLang do. */
    CONTINUE
}
