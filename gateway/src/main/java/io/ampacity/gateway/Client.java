package io.ampacity.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpHeaders;

/** The client of one request, as its exchange sees it. On one event loop. */
interface Client {

    EventLoop loop();

    /** Sends an answer that is complete. */
    void answer(int status, HttpHeaders headers, byte[] body);

    /** Begins an answer whose length is not known. */
    void begin(int status, HttpHeaders headers);

    /** Sends more of it, released here; nothing leaves before {@link #flush}. */
    void write(ByteBuf bytes);

    void flush();

    /** Ends it. */
    void end();

    /** Whether it can take more now. */
    boolean isWritable();
}
