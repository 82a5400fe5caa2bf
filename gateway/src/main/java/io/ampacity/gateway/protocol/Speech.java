package io.ampacity.gateway.protocol;

/** The protocol that an upstream speaks. */
public enum Speech {
    /** OpenAI's paths, as vLLM, SGLang, llama.cpp and most clouds have them. */
    OPENAI,
    /** OpenAI's bodies at Azure's paths, with a version and a key header. */
    AZURE,
    /** Anthropic's messages. */
    ANTHROPIC,
    /** Google's generateContent. */
    GEMINI,
    /** Amazon Bedrock's Converse, signed. */
    BEDROCK
}
