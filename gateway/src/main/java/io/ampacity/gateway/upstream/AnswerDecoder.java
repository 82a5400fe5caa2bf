package io.ampacity.gateway.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpResponseDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads answers, and not a byte that nobody asked for: it would be taken for the answer to the next request. */
final class AnswerDecoder extends HttpResponseDecoder {

    /** Many servers say so to a connection that rested for long, and close it. */
    private static final String TIMEOUT = " 408 ";

    private static final int STATUS_FROM = 8;

    private final Connection connection;

    AnswerDecoder(Connection connection, int longestLine, int headBytes, int chunk) {
        super(longestLine, headBytes, chunk);
        this.connection = connection;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf bytes, List<Object> messages) throws Exception {
        if (connection.isAsked()) {
            super.decode(context, bytes, messages);
            return;
        }
        boolean timeout = bytes.readableBytes() >= STATUS_FROM + TIMEOUT.length()
                && bytes.toString(bytes.readerIndex() + STATUS_FROM, TIMEOUT.length(), StandardCharsets.US_ASCII)
                        .equals(TIMEOUT);
        bytes.skipBytes(bytes.readableBytes());
        connection.saidTooMuch(timeout);
    }
}
