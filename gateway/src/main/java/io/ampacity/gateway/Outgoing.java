package io.ampacity.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.FastThreadLocal;
import org.jspecify.annotations.Nullable;

/**
 * Buffers on their way from one event loop to its clients. One that the system has taken over as a whole serves for the next
 * answer at once, since that is what becomes of nearly all of them.
 */
final class Outgoing {

    private static final int USUAL = 4 << 10;
    private static final int LARGEST = 64 << 10;

    private static final FastThreadLocal<Outgoing> OF_LOOP = new FastThreadLocal<>() {
        @Override
        protected Outgoing initialValue() {
            return new Outgoing();
        }

        @Override
        protected void onRemoval(Outgoing last) {
            ByteBuf left = last.spare;
            if (left != null) {
                left.release();
            }
        }
    };

    private @Nullable ByteBuf spare;

    private Outgoing() {}

    /** An empty buffer that has room for so many bytes. */
    static ByteBuf buffer(ByteBufAllocator allocator, int bytes) {
        Outgoing loop = OF_LOOP.get();
        ByteBuf spare = loop.spare;
        if (spare == null) {
            return allocator.ioBuffer(Math.max(USUAL, bytes));
        }
        loop.spare = null;
        return spare;
    }

    /** Sends a buffer, which is the caller's no longer; whether the system took all of it at once. */
    static boolean send(ChannelHandlerContext context, ByteBuf bytes) {
        bytes.retain();
        context.writeAndFlush(bytes, context.voidPromise());
        boolean left = bytes.refCnt() == 1;
        Outgoing loop = OF_LOOP.get();
        if (left && loop.spare == null && bytes.capacity() <= LARGEST) {
            loop.spare = bytes.clear();
        } else {
            bytes.release();
        }
        return left;
    }
}
