package io.ampacity.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Writes answers to one client. What comes between two flushes is gathered and leaves by one call of the system, since that
 * call costs more than all else that is done for a small answer. On one event loop.
 */
final class AnswerWriter {

    /** From this size on what was gathered is left as it is rather than copied into more room. */
    private static final int LARGE = 16 << 10;

    private static final int FRAME = 16;
    private static final byte[] HEXADECIMAL = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final ChannelHandlerContext context;
    private @Nullable ByteBuf gathered;
    private boolean chunked;
    /** Whether the system had no room for what was sent last. */
    private boolean behind;

    AnswerWriter(ChannelHandlerContext context) {
        this.context = context;
    }

    AnswerHead head(int status, int bodyBytes) {
        return AnswerHead.of(context.alloc(), status, bodyBytes < LARGE ? bodyBytes : 0);
    }

    /** Lets a client go on that asked whether it may. */
    void goOn() {
        context.writeAndFlush(Unpooled.wrappedBuffer(CONTINUE), context.voidPromise());
    }

    /** Sends an answer that is complete. */
    void answer(AnswerHead head, byte[] body, boolean keepAlive, boolean bodyIsWanted) {
        head.put("content-length", Integer.toString(body.length));
        connection(head, keepAlive);
        ByteBuf bytes = head.end();
        if (!bodyIsWanted) {
            send(bytes);
        } else if (body.length < LARGE) {
            send(bytes.writeBytes(body));
        } else {
            context.write(bytes, context.voidPromise());
            context.writeAndFlush(Unpooled.wrappedBuffer(body), context.voidPromise());
        }
    }

    private void send(ByteBuf bytes) {
        behind = !Outgoing.send(context, bytes);
    }

    private static void connection(AnswerHead head, boolean keepAlive) {
        if (!keepAlive) {
            head.put("connection", "close");
        }
    }

    /** Begins an answer whose length is not known: in chunks, or up to the end of the connection. */
    void begin(AnswerHead head, boolean inChunks, boolean keepAlive) {
        chunked = inChunks;
        if (inChunks) {
            head.put("transfer-encoding", "chunked");
        }
        connection(head, keepAlive);
        gathered = head.end();
    }

    /** Sends more of it, {@code bytes[from, to)}. */
    void more(byte[] bytes, int from, int to) {
        int length = to - from;
        if (length == 0) {
            return;
        }
        ByteBuf out = room(length + FRAME);
        if (chunked) {
            size(out, length);
        }
        out.writeBytes(bytes, from, length);
        if (chunked) {
            newLine(out);
        }
    }

    /** Writes how long a chunk is: in hexadecimal digits, the first of which is not 0. */
    private static void size(ByteBuf out, int length) {
        int shift = (Integer.SIZE - 1 - Integer.numberOfLeadingZeros(length)) & ~3;
        while (shift >= 0) {
            out.writeByte(HEXADECIMAL[(length >>> shift) & 0xf]);
            shift -= 4;
        }
        newLine(out);
    }

    private static void newLine(ByteBuf out) {
        out.writeShort('\r' << 8 | '\n');
    }

    /** What is gathered, with room for so many bytes more. */
    private ByteBuf room(int bytes) {
        ByteBuf out = gathered;
        if (out != null && bytes >= LARGE && out.writableBytes() < bytes) {
            context.write(out, context.voidPromise());
            out = null;
        }
        if (out == null) {
            // What waits for a slow client is as large as it must be, and no larger.
            out = behind ? context.alloc().ioBuffer(bytes) : Outgoing.buffer(context.alloc(), bytes);
            gathered = out;
        }
        return out;
    }

    void flush() {
        ByteBuf out = gathered;
        gathered = null;
        if (out == null) {
            context.flush();
        } else {
            send(out);
        }
    }

    /** Ends an answer whose length was not known. */
    void end() {
        if (chunked) {
            room(FRAME).writeBytes(LAST_CHUNK);
        }
        flush();
    }

    /** Closes when all has left. */
    void close() {
        flush();
        context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    /** The connection is gone, and what was gathered for it too. */
    void drop() {
        ByteBuf out = gathered;
        gathered = null;
        if (out != null) {
            out.release();
        }
    }
}
