package io.ampacity.gateway;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.EventLoop;

/** The client of a copy, which hears nothing. */
record Nobody(EventLoop loop, Alarm alarm) implements Client {

    Nobody(EventLoop loop) {
        this(loop, new Alarm(loop));
    }

    @Override
    public AnswerHead head(int status, int bodyBytes) {
        return AnswerHead.of(UnpooledByteBufAllocator.DEFAULT, status, 0);
    }

    @Override
    public void answer(AnswerHead head, byte[] body) {
        head.end().release();
    }

    @Override
    public void begin(AnswerHead head) {
        head.end().release();
    }

    @Override
    public void write(byte[] bytes, int from, int to) {}

    @Override
    public void flush() {}

    @Override
    public void end() {}

    @Override
    public boolean isWritable() {
        return true;
    }
}
