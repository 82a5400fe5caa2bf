package io.ampacity.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import io.ampacity.emulator.Fault;
import io.ampacity.gateway.settings.Limits;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.openai.OpenAiChatOptions;

/** The frameworks that people build on: LangChain4j and Spring AI. */
@Timeout(value = 90, unit = TimeUnit.SECONDS)
final class FrameworkClientsTest {

    private static final String QUESTION = "Tell me something long.";

    private static Bench bench() {
        return Bench.of(2, settings -> settings.withLimits(Limits.STANDARD));
    }

    private static String address(Bench bench) {
        return "http://127.0.0.1:" + bench.gateway.port() + "/v1";
    }

    @Test
    void langChain4jChatsStreamsAndKnowsOurErrors() {
        try (Bench bench = bench()) {
            OpenAiChatModel chat = OpenAiChatModel.builder()
                    .baseUrl(address(bench))
                    .apiKey("none")
                    .modelName("emulated")
                    .maxRetries(0)
                    .build();
            String whole = chat.chat(QUESTION);
            CompletableFuture<String> streamed = new CompletableFuture<>();
            StringBuilder words = new StringBuilder();
            OpenAiStreamingChatModel.builder()
                    .baseUrl(address(bench))
                    .apiKey("none")
                    .modelName("emulated")
                    .build()
                    .chat(QUESTION, new StreamingChatResponseHandler() {
                        @Override
                        public void onPartialResponse(String partial) {
                            words.append(partial);
                        }

                        @Override
                        public void onCompleteResponse(ChatResponse complete) {
                            streamed.complete(words.toString());
                        }

                        @Override
                        public void onError(Throwable error) {
                            streamed.completeExceptionally(error);
                        }
                    });
            assertThat(streamed.join()).isEqualTo(whole).isNotBlank();
            bench.upstream(0).faults().always(new Fault.Status(429, 60));
            bench.upstream(1).faults().always(new Fault.Status(429, 60));
            assertThatThrownBy(() -> chat.chat(QUESTION)).isInstanceOf(RateLimitException.class);
        }
    }

    @Test
    void springAiChatsAndStreams() {
        try (Bench bench = bench()) {
            OpenAiChatOptions options = OpenAiChatOptions.builder()
                    .baseUrl(address(bench))
                    .apiKey("none")
                    .model("emulated")
                    .build();
            org.springframework.ai.openai.OpenAiChatModel model =
                    org.springframework.ai.openai.OpenAiChatModel.builder()
                            .options(options)
                            .build();
            String whole = text(model.call(new Prompt(QUESTION)));
            assertThat(whole).isNotBlank();
            String streamed = model.stream(new Prompt(QUESTION))
                    .toStream()
                    .map(FrameworkClientsTest::text)
                    .reduce("", String::concat);
            assertThat(streamed).isEqualTo(whole);
        }
    }

    private static String text(org.springframework.ai.chat.model.ChatResponse response) {
        Generation result = response.getResult();
        String text = result == null ? null : result.getOutput().getText();
        return text == null ? "" : text;
    }
}
