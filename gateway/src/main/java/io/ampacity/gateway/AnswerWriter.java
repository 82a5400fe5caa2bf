package io.ampacity.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
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

    /** From this size on bytes are handed on as they are; below it a copy is cheaper. */
    private static final int LARGE = 16 << 10;

    private static final int FRAME = 16;
    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final ChannelHandlerContext context;
    private @Nullable ByteBuf gathered;
    private boolean chunked;

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
            context.writeAndFlush(bytes, context.voidPromise());
        } else if (body.length < LARGE) {
            context.writeAndFlush(bytes.writeBytes(body), context.voidPromise());
        } else {
            context.write(bytes, context.voidPromise());
            context.writeAndFlush(Unpooled.wrappedBuffer(body), context.voidPromise());
        }
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

    /** Sends more of it, released here. */
    void more(ByteBuf bytes) {
        int length = bytes.readableBytes();
        if (length == 0) {
            bytes.release();
            return;
        }
        ByteBuf out = room(length < LARGE ? length + FRAME : FRAME);
        if (chunked) {
            ByteBufUtil.writeAscii(out, Integer.toHexString(length));
            newLine(out);
        }
        if (length < LARGE) {
            out.writeBytes(bytes);
            bytes.release();
        } else {
            gathered = null;
            context.write(out, context.voidPromise());
            context.write(bytes, context.voidPromise());
            out = room(FRAME);
        }
        if (chunked) {
            newLine(out);
        }
    }

    private static void newLine(ByteBuf out) {
        out.writeShort('\r' << 8 | '\n');
    }

    private ByteBuf room(int bytes) {
        ByteBuf out = gathered;
        if (out == null) {
            out = context.alloc().ioBuffer(bytes);
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
            context.writeAndFlush(out, context.voidPromise());
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
