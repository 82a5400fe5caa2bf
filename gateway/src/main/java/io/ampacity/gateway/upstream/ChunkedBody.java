package io.ampacity.gateway.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;

/**
 * Reads the body of one answer that comes in chunks (RFC 9112, section 7.1), in place of the decoder that read its head. A
 * stream is many small chunks, and that decoder would make three objects of each. On one event loop.
 *
 * <p>It is as strict as the decoder: what it does not know is malformed, since a guess at where a body ends is how answers
 * are taken for those to other requests. Extensions and trailers are read over.
 */
final class ChunkedBody extends ChannelInboundHandlerAdapter {

    private static final int LONGEST_EXTENSION = 8192;
    private static final long LARGEST_CHUNK = Long.MAX_VALUE >> 8;

    /** What the next byte belongs to. */
    private enum Part {
        /** The first digit of a chunk's size. */
        SIZE,
        MORE_SIZE,
        /** Blanks between a size and its extension. */
        GAP,
        EXTENSION,
        /** The line feed after a size. */
        SIZE_END,
        DATA,
        /** The carriage return after data. */
        DATA_RETURN,
        DATA_END,
        /** The beginning of a line after the last chunk. */
        TRAILER,
        IN_TRAILER,
        TRAILER_END,
        /** The last line feed of all. */
        LAST
    }

    private final Connection connection;
    private final int largestTrailer;
    private Part part = Part.SIZE;
    /** Bytes of the chunk that are still to come; while its size is read, the size so far. */
    private long left;
    /** Bytes of the extension or trailer so far. */
    private int beside;

    private boolean over;

    ChunkedBody(Connection connection, int largestTrailer) {
        this.connection = connection;
        this.largestTrailer = largestTrailer;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!(message instanceof ByteBuf packet) || over) {
            ReferenceCountUtil.release(message);
            return;
        }
        int length = packet.readableBytes();
        byte[] bytes = Scratch.of(packet);
        packet.release();
        try {
            read(bytes, length);
        } finally {
            Scratch.give(bytes);
        }
    }

    private void read(byte[] bytes, int length) {
        int at = 0;
        while (at < length && !over) {
            if (part == Part.DATA) {
                int count = (int) Math.min(left, length - at);
                left -= count;
                if (left == 0) {
                    part = Part.DATA_RETURN;
                }
                connection.body(bytes, at, at + count);
                at += count;
            } else if (!takes(bytes[at++])) {
                over = true;
                connection.malformed();
            } else if (over) {
                connection.bodyIsWhole(at == length);
            }
        }
    }

    /** Takes a byte that is no data; whether it may stand there. */
    private boolean takes(byte next) {
        return switch (part) {
            case SIZE, MORE_SIZE -> takesSize(next);
            case GAP -> takesAfterSize(next);
            case EXTENSION -> {
                part = next == '\r' ? Part.SIZE_END : part;
                boolean strange = next < ' ' && next != '\t' && next != '\r';
                yield !strange && ++beside <= LONGEST_EXTENSION;
            }
            case SIZE_END -> {
                part = left == 0 ? Part.TRAILER : Part.DATA;
                beside = 0;
                yield next == '\n';
            }
            case DATA -> throw new IllegalStateException("data is taken as a whole");
            case DATA_RETURN -> {
                part = Part.DATA_END;
                yield next == '\r';
            }
            case DATA_END -> {
                part = Part.SIZE;
                yield next == '\n';
            }
            case TRAILER -> {
                part = next == '\r' ? Part.LAST : Part.IN_TRAILER;
                yield next != '\n' && ++beside <= largestTrailer;
            }
            case IN_TRAILER -> {
                part = next == '\r' ? Part.TRAILER_END : part;
                yield next != '\n' && ++beside <= largestTrailer;
            }
            case TRAILER_END -> {
                part = Part.TRAILER;
                yield next == '\n';
            }
            case LAST -> {
                over = next == '\n';
                yield over;
            }
        };
    }

    private boolean takesSize(byte next) {
        int digit = Character.digit(next, 16);
        if (digit >= 0) {
            left = part == Part.SIZE ? digit : (left << 4) | digit;
            part = Part.MORE_SIZE;
            return left <= LARGEST_CHUNK;
        }
        return part == Part.MORE_SIZE && takesAfterSize(next);
    }

    private boolean takesAfterSize(byte next) {
        if (next == '\r') {
            boolean atOnce = part == Part.MORE_SIZE;
            part = Part.SIZE_END;
            return atOnce;
        }
        part = next == ';' ? Part.EXTENSION : Part.GAP;
        return next == ';' || ((next == ' ' || next == '\t') && ++beside <= LONGEST_EXTENSION);
    }
}
