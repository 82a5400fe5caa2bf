package io.ampacity.gateway;

import io.netty.channel.EventLoop;

/** The client of one request, as its exchange sees it. On one event loop. */
interface Client {

    EventLoop loop();

    /** The clock of its requests, one after the other. */
    Alarm alarm();

    /** Begins the head of an answer; {@code bodyBytes} are made room for, 0 when they are not known. */
    AnswerHead head(int status, int bodyBytes);

    /** Sends an answer that is complete. */
    void answer(AnswerHead head, byte[] body);

    /** Begins an answer whose length is not known. */
    void begin(AnswerHead head);

    /** Sends more of it, {@code bytes[from, to)}, copied here; nothing leaves before {@link #flush}. */
    void write(byte[] bytes, int from, int to);

    void flush();

    /** Ends it. */
    void end();

    /** Whether it can take more now. */
    boolean isWritable();
}
