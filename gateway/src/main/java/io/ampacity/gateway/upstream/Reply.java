package io.ampacity.gateway.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpResponse;

/** Hears an upstream's answer. Called on the loop of the connection. */
public interface Reply {

    void head(HttpResponse head);

    /** More of the body, which the hearer must release. */
    void body(ByteBuf bytes);

    /** Nothing more has arrived for now: what was gathered may be sent on. */
    void pause();

    /** The body is complete. */
    void end();

    /** The connection was lost before the end. */
    void lost();

    /** The answer is no HTTP. */
    void malformed();
}
