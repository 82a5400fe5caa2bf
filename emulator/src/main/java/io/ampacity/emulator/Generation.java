package io.ampacity.emulator;

import io.ampacity.sockets.Loops;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.CharsetUtil;
import org.jspecify.annotations.Nullable;

/** One answer on its way, and the fault that meets it. Belongs to the event loop of its connection. */
final class Generation implements Engine.Sequence {

    private static final double NANOS = 1e9;

    private final ChannelHandlerContext context;
    private final String path;
    private final Prompt prompt;
    private final Dialect dialect;
    private final Fault fault;
    private final Account account;
    private final Answer answer;
    private final int firstWord;
    private final int words;
    private final boolean limited;
    private final int cached;
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder reasoning = new StringBuilder();
    private int given;
    private int backlog;
    private boolean stalled;
    private boolean over;

    Generation(
            ChannelHandlerContext context,
            String path,
            Prompt prompt,
            Dialect dialect,
            Fault fault,
            Account account,
            Answer answer,
            EmulatorSettings settings,
            int cached) {
        this.context = context;
        this.path = path;
        this.prompt = prompt;
        this.dialect = dialect;
        this.fault = fault;
        this.account = account;
        this.answer = answer;
        this.cached = cached;
        firstWord = answer.wordsIn(prompt.prefix());
        Integer maximum = prompt.maximumTokens();
        int all = answer.words() >= 0 ? answer.words() : settings.outputTokens();
        int wanted = Math.max(1, all - firstWord) + prompt.reasoningTokens();
        words = maximum == null ? wanted : Math.min(maximum, wanted);
        limited = words < wanted;
    }

    @Override
    public EventLoop loop() {
        return context.channel().eventLoop();
    }

    @Override
    public int promptTokens() {
        return prompt.tokens();
    }

    @Override
    public int cachedTokens() {
        return cached;
    }

    @Override
    public int outputTokens() {
        return prompt.tool() == null ? words : 1;
    }

    @Override
    public boolean isOver() {
        return over;
    }

    /** The client is gone. */
    void aborted() {
        end(Account.End.ABORTED);
    }

    void start(Engine engine) {
        if (prompt.stream()) {
            HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
            head.headers()
                    .set(HttpHeaderNames.CONTENT_TYPE, "text/event-stream; charset=utf-8")
                    .set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED)
                    .set(HttpHeaderNames.CACHE_CONTROL, "no-cache");
            context.write(head);
            write(dialect.head());
        }
        if (fault instanceof Fault.LateFirstToken late) {
            Loops.after(loop(), (long) (late.seconds() * NANOS), () -> engine.start(this));
        } else {
            engine.start(this);
        }
    }

    @Override
    public void token() {
        if (over) {
            return;
        }
        if (stalled) {
            backlog++;
            return;
        }
        if (meetsFault()) {
            return;
        }
        give();
    }

    /** Whether the fault strikes in place of the next token. */
    private boolean meetsFault() {
        switch (fault) {
            case Fault.Cut(int tokens) when given == tokens -> cut();
            case Fault.CleanCut(int tokens) when given == tokens -> cleanCut();
            case Fault.ErrorEvent(int tokens)
            when given == tokens && prompt.stream() -> {
                write(dialect.error("server_error", "The server had an error while processing your request"));
                endStream(Account.End.FAULTED);
            }
            case Fault.FilteredAnswer(int tokens) when given == tokens -> finish(Dialect.Reason.FILTER);
            case Fault.Stall(int tokens, double seconds)
            when given == tokens && backlog == 0 -> {
                stalled = true;
                backlog = 1;
                Loops.after(loop(), (long) (seconds * NANOS), this::resume);
            }
            case Fault.Malformed(int tokens)
            when given == tokens && prompt.stream() -> {
                write("data: {\"id\":\"broken\",\"choices\":[{\"index\":0,\"delta\":{\"content\": oops\n\n");
                give();
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void resume() {
        stalled = false;
        int late = backlog;
        for (int i = 0; i < late && !over; i++) {
            give();
        }
    }

    private void give() {
        if (prompt.tool() != null) {
            given++;
            if (prompt.stream()) {
                write(dialect.call(prompt.tool(), prompt.arguments()));
            }
            finish(Dialect.Reason.TOOL);
            return;
        }
        boolean thought = given < prompt.reasoningTokens();
        int position = thought ? given : firstWord + given - prompt.reasoningTokens();
        String word = answer.word(position);
        if (fault instanceof Fault.BigEvent big && given == prompt.reasoningTokens()) {
            word = "x".repeat(big.bytes());
        }
        given++;
        if (prompt.stream()) {
            write(dialect.token(word, thought, prompt.continuousUsage() ? usage() : null));
        } else {
            (thought ? reasoning : text).append(word);
        }
        if (given == words) {
            finish(limited ? Dialect.Reason.LENGTH : Dialect.Reason.STOP);
        }
    }

    private Usage usage() {
        Usage real = new Usage(prompt.tokens(), cached, given, Math.min(given, prompt.reasoningTokens()));
        return fault instanceof Fault.LyingUsage lie ? real.times(lie.factor()) : real;
    }

    private @Nullable Usage toldUsage() {
        return fault instanceof Fault.NoUsage
                        || (prompt.stream() && path.contains("completions") && !prompt.includeUsage())
                ? null
                : usage();
    }

    private void finish(Dialect.Reason reason) {
        if (prompt.stream()) {
            String end = dialect.finish(reason, toldUsage());
            write(fault instanceof Fault.NoDone ? end : end + dialect.done());
            endStream(Account.End.COMPLETED);
            return;
        }
        String document = dialect.whole(
                prompt.tool() == null ? text.toString() : prompt.arguments(),
                reasoning.toString(),
                prompt.tool(),
                reason,
                toldUsage());
        if (fault instanceof Fault.Malformed) {
            document = document.substring(0, document.length() / 2);
        }
        // The books are closed before the client can know.
        end(fault instanceof Fault.Malformed ? Account.End.FAULTED : Account.End.COMPLETED);
        context.writeAndFlush(full(HttpResponseStatus.OK, document));
    }

    private void cut() {
        if (!prompt.stream()) {
            DefaultFullHttpResponse part = full(HttpResponseStatus.OK, "{\"id\":\"cut\",\"choices\":[{\"index\":0,");
            part.headers().set(HttpHeaderNames.CONTENT_LENGTH, part.content().readableBytes() + 1000);
            context.writeAndFlush(part);
        }
        end(Account.End.FAULTED);
        // Not a reset: that would also take back what was sent and not yet read.
        context.writeAndFlush(io.netty.buffer.Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    private void cleanCut() {
        if (prompt.stream()) {
            endStream(Account.End.FAULTED);
        } else {
            cut();
        }
    }

    private void endStream(Account.End how) {
        end(how);
        context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
    }

    private void end(Account.End how) {
        if (!over) {
            over = true;
            account.ended(new Account.Entry(
                    path,
                    prompt.model(),
                    prompt.stream(),
                    prompt.tokens(),
                    cached,
                    given,
                    Math.min(given, prompt.reasoningTokens()),
                    how));
        }
    }

    private void write(String events) {
        if (events.isEmpty()) {
            return;
        }
        ByteBuf bytes = ByteBufUtil.writeUtf8(context.alloc(), events);
        if (fault instanceof Fault.ByteByByte) {
            while (bytes.isReadable()) {
                context.writeAndFlush(new DefaultHttpContent(bytes.readRetainedSlice(1)));
            }
            bytes.release();
        } else {
            context.writeAndFlush(new DefaultHttpContent(bytes));
        }
    }

    static DefaultFullHttpResponse full(HttpResponseStatus status, String body) {
        DefaultFullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, status, io.netty.buffer.Unpooled.copiedBuffer(body, CharsetUtil.UTF_8));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "application/json")
                .setInt(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes());
        return response;
    }

    /** Closes so that the other side sees a reset, after what is on its way has left. */
    static void reset(ChannelHandlerContext context) {
        context.writeAndFlush(io.netty.buffer.Unpooled.EMPTY_BUFFER).addListener((ChannelFutureListener) future -> {
            future.channel().config().setOption(ChannelOption.SO_LINGER, 0);
            future.channel().close();
        });
    }
}
