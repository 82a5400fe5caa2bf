package io.ampacity.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.errors.BadRequestException;
import com.openai.errors.RateLimitException;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import io.ampacity.emulator.Fault;
import io.ampacity.gateway.settings.Limits;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The clients that people use, as their makers publish them. */
@Timeout(value = 90, unit = TimeUnit.SECONDS)
final class RealClientsTest {

    private static final String QUESTION = "Tell me something long.";

    private static Bench bench() {
        return Bench.of(2, settings -> settings.withLimits(Limits.STANDARD));
    }

    private static OpenAIClient openAi(Bench bench) {
        return OpenAIOkHttpClient.builder()
                .baseUrl("http://127.0.0.1:" + bench.gateway.port() + "/v1")
                .apiKey("none")
                .maxRetries(0)
                .build();
    }

    private static ChatCompletionCreateParams chat() {
        return ChatCompletionCreateParams.builder()
                .model("emulated")
                .addUserMessage(QUESTION)
                .build();
    }

    private static String streamed(OpenAIClient client) {
        StringBuilder words = new StringBuilder();
        try (com.openai.core.http.StreamResponse<ChatCompletionChunk> stream =
                client.chat().completions().createStreaming(chat())) {
            stream.stream()
                    .flatMap(chunk -> chunk.choices().stream())
                    .forEach(choice -> choice.delta().content().ifPresent(words::append));
        }
        return words.toString();
    }

    @Test
    void theOpenAiClientChatsStreamsEmbedsAndResponds() {
        try (Bench bench = bench()) {
            OpenAIClient client = openAi(bench);
            ChatCompletion whole = client.chat().completions().create(chat());
            String text = whole.choices().getFirst().message().content().orElseThrow();
            assertThat(whole.usage().orElseThrow().completionTokens()).isEqualTo(64);
            assertThat(streamed(client)).isEqualTo(text);
            CreateEmbeddingResponse embedded = client.embeddings()
                    .create(EmbeddingCreateParams.builder()
                            .model("emulated")
                            .input("a")
                            .build());
            assertThat(embedded.data()).hasSize(1);
            Response response = client.responses()
                    .create(ResponseCreateParams.builder()
                            .model("emulated")
                            .input(QUESTION)
                            .build());
            assertThat(response.output()).isNotEmpty();
            assertThat(client.models().list().data()).hasSize(1);
            client.close();
        }
    }

    @Test
    void theOpenAiClientDoesNotNoticeAnAnswerThatWentOnElsewhere() {
        try (Bench bench = bench()) {
            OpenAIClient client = openAi(bench);
            String unbroken = streamed(client);
            bench.upstream(0).faults().next(new Fault.Cut(30));
            assertThat(streamed(client)).isEqualTo(unbroken);
            assertThat(bench.records.getLast().rescued()).isTrue();
            client.close();
        }
    }

    @Test
    void theOpenAiClientIsToldOfAnAnswerThatBroke() {
        try (Bench bench = bench()) {
            OpenAIClient client = openAi(bench);
            bench.upstream(0).faults().always(new Fault.Cut(30));
            bench.upstream(1).faults().always(new Fault.RejectPrefill());
            assertThatThrownBy(() -> streamed(client)).isInstanceOf(com.openai.errors.OpenAIException.class);
            client.close();
        }
    }

    @Test
    void theOpenAiClientKnowsOurErrors() {
        try (Bench bench = bench()) {
            OpenAIClient client = openAi(bench);
            bench.upstream(0).faults().next(new Fault.ContextTooLong());
            assertThatThrownBy(() -> client.chat().completions().create(chat()))
                    .isInstanceOf(BadRequestException.class);
            bench.upstream(0).faults().always(new Fault.Status(429, 60));
            bench.upstream(1).faults().always(new Fault.Status(429, 60));
            assertThatThrownBy(() -> client.chat().completions().create(chat())).isInstanceOf(RateLimitException.class);
            client.close();
        }
    }

    @Test
    void theAnthropicClientTalksAndStreams() {
        try (Bench bench = bench()) {
            AnthropicClient client = AnthropicOkHttpClient.builder()
                    .baseUrl("http://127.0.0.1:" + bench.gateway.port())
                    .apiKey("none")
                    .maxRetries(0)
                    .build();
            MessageCreateParams asked = MessageCreateParams.builder()
                    .model("emulated")
                    .maxTokens(100)
                    .addUserMessage(QUESTION)
                    .build();
            Message whole = client.messages().create(asked);
            String text = whole.content().getFirst().text().orElseThrow().text();
            StringBuilder words = new StringBuilder();
            try (StreamResponse<RawMessageStreamEvent> stream =
                    client.messages().createStreaming(asked)) {
                stream.stream()
                        .flatMap(event -> event.contentBlockDelta().stream())
                        .flatMap(delta -> delta.delta().text().stream())
                        .forEach(delta -> words.append(delta.text()));
            }
            assertThat(words.toString()).isEqualTo(text).isNotBlank();
            client.close();
        }
    }
}
