package io.ampacity.emulator;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.CharsetUtil;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The requests of one connection. */
final class EmulatorHandler extends SimpleChannelInboundHandler<FullHttpRequest> {

    private static final JsonMapper MAPPER = JsonMapper.shared();

    private final Emulator emulator;
    private @Nullable Generation generation;
    private boolean silent;

    EmulatorHandler(Emulator emulator) {
        this.emulator = emulator;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        String path = request.uri();
        int query = path.indexOf('?');
        path = query < 0 ? path : path.substring(0, query);
        if (request.method().equals(HttpMethod.GET)) {
            look(context, path);
        } else if (path.equals("/emulator/faults")) {
            script(context, request.content().toString(CharsetUtil.UTF_8));
        } else if (!hasKey(request)) {
            error(context, 401, "invalid_request_error", "invalid_api_key", "Incorrect API key provided", -1);
        } else {
            serve(context, path, request);
        }
    }

    private void look(ChannelHandlerContext context, String path) {
        Account account = emulator.account();
        switch (path) {
            case "/health" -> answer(context, "{\"status\":\"ok\"}");
            case "/v1/models" ->
                answer(
                        context,
                        emulator.settings().models().stream()
                                .map(model -> "{\"id\":" + Json.quote(model)
                                        + ",\"object\":\"model\",\"created\":1700000000,\"owned_by\":\"emulator\"}")
                                .collect(Collectors.joining(",", "{\"object\":\"list\",\"data\":[", "]}")));
            case "/emulator/account" ->
                answer(
                        context,
                        "{\"requests\":" + account.requests() + ",\"running\":" + account.running()
                                + ",\"promptTokens\":" + account.promptTokens() + ",\"outputTokens\":"
                                + account.outputTokens() + "}");
            default -> error(context, 404, "invalid_request_error", "not_found", "There is nothing at " + path, -1);
        }
    }

    private void script(ChannelHandlerContext context, String script) {
        try {
            emulator.faults().read(script);
            answer(context, "{\"status\":\"ok\"}");
        } catch (IllegalArgumentException wrong) {
            error(context, 400, "invalid_request_error", "bad_fault", String.valueOf(wrong.getMessage()), -1);
        }
    }

    private boolean hasKey(FullHttpRequest request) {
        String key = emulator.settings().key();
        return key == null
                || ("Bearer " + key).equals(request.headers().get(HttpHeaderNames.AUTHORIZATION))
                || key.equals(request.headers().get("x-api-key"));
    }

    private void serve(ChannelHandlerContext context, String path, FullHttpRequest request) {
        JsonNode body;
        Fault fault;
        try {
            body = MAPPER.readTree(request.content().toString(CharsetUtil.UTF_8));
            String header = request.headers().get("X-Emulate-Fault");
            fault = header == null ? emulator.faults().take() : Fault.parse(header);
        } catch (JacksonException | IllegalArgumentException wrong) {
            error(
                    context,
                    400,
                    "invalid_request_error",
                    "bad_body",
                    String.valueOf(wrong.getMessage()).lines().findFirst().orElse(""),
                    -1);
            return;
        }
        emulator.account().began();
        if (refuses(context, path, body, fault)) {
            return;
        }
        if (path.equals("/v1/embeddings")) {
            answer(context, Embeddings.answer(body, emulator.account()));
            return;
        }
        Prompt prompt = Prompt.of(body);
        if (prompt.tokens() > emulator.settings().contextTokens()) {
            tooLong(context, path, prompt.tokens());
            return;
        }
        Dialect dialect = dialect(path, prompt);
        if (dialect == null) {
            refused(path);
            error(context, 404, "invalid_request_error", "not_found", "There is nothing at " + path, -1);
            return;
        }
        if (!prompt.prefix().isEmpty() && (!emulator.settings().prefill() || fault instanceof Fault.RejectPrefill)) {
            refused(path);
            error(
                    context,
                    400,
                    "invalid_request_error",
                    "prefill_unsupported",
                    "The conversation must end with a message of the user",
                    -1);
            return;
        }
        int cached = emulator.cache().read(prompt.text(), prompt.tokens());
        Answer answer = new Answer(emulator.settings().seed(), prompt.text().hashCode(), prompt.shaped());
        generation = new Generation(
                context, path, prompt, dialect, fault, emulator.account(), answer, emulator.settings(), cached);
        generation.start(emulator.engine());
    }

    private @Nullable Dialect dialect(String path, Prompt prompt) {
        long number = emulator.nextNumber();
        return switch (path) {
            case "/v1/chat/completions" -> new ChatDialect(number, prompt.model(), prompt.includeUsage());
            case "/v1/completions" -> new CompletionsDialect(number, prompt.model());
            case "/v1/messages" -> new MessagesDialect(number, prompt.model(), new Usage(prompt.tokens(), 0, 1, 0));
            case "/v1/responses" -> new ResponsesDialect(number, prompt.model());
            default -> null;
        };
    }

    /** Whether the fault answers in place of a model. */
    private boolean refuses(ChannelHandlerContext context, String path, JsonNode body, Fault fault) {
        switch (fault) {
            case Fault.Status(int status, double retryAfter) -> {
                refused(path);
                error(
                        context,
                        status,
                        status == 429 ? "requests" : "server_error",
                        status == 429 ? "rate_limit_exceeded" : "server_error",
                        "The emulator was told to answer " + status,
                        retryAfter);
            }
            case Fault.Reset() -> {
                refused(path);
                Generation.reset(context);
            }
            case Fault.Silence() -> silent = true;
            case Fault.ContextTooLong() ->
                tooLong(context, path, Prompt.of(body).tokens());
            case Fault.ContentFilter() -> {
                refused(path);
                error(
                        context,
                        400,
                        "invalid_request_error",
                        "content_filter",
                        "The prompt was filtered by the content policy",
                        -1);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void tooLong(ChannelHandlerContext context, String path, int tokens) {
        refused(path);
        error(
                context,
                400,
                "invalid_request_error",
                "context_length_exceeded",
                "This model's maximum context length is "
                        + emulator.settings().contextTokens() + " tokens. However, your messages resulted in " + tokens
                        + " tokens",
                -1);
    }

    private void refused(String path) {
        emulator.account().ended(new Account.Entry(path, "", false, 0, 0, 0, 0, Account.End.FAULTED));
    }

    private static void answer(ChannelHandlerContext context, String body) {
        context.writeAndFlush(Generation.full(HttpResponseStatus.OK, body));
    }

    private static void error(
            ChannelHandlerContext context, int status, String type, String code, String message, double retryAfter) {
        DefaultFullHttpResponse response = Generation.full(
                HttpResponseStatus.valueOf(status),
                "{\"type\":\"error\",\"error\":{\"message\":" + Json.quote(message) + ",\"type\":" + Json.quote(type)
                        + ",\"param\":null,\"code\":" + Json.quote(code) + "}}");
        if (retryAfter >= 0) {
            response.headers().set(HttpHeaderNames.RETRY_AFTER, String.valueOf((long) Math.ceil(retryAfter)));
            response.headers().set("retry-after-ms", String.valueOf(Math.round(retryAfter * 1000)));
        }
        context.writeAndFlush(response);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (generation != null) {
            generation.aborted();
        }
        if (silent) {
            refused("");
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
