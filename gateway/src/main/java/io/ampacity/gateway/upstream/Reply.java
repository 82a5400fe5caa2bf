package io.ampacity.gateway.upstream;

import io.netty.handler.codec.http.HttpResponse;

/** Hears an upstream's answer. Called on the loop of the connection. */
public interface Reply {

    void head(HttpResponse head);

    /** More of the body, {@code bytes[from, to)}, which are the hearer's only while it is called. */
    void body(byte[] bytes, int from, int to);

    /** Nothing more has arrived for now: what was gathered may be sent on. */
    void pause();

    /** The body is complete. */
    void end();

    /** The connection was lost before the end. */
    void lost();

    /** The answer is no HTTP. */
    void malformed();
}
