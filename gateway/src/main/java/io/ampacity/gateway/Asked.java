package io.ampacity.gateway;

import io.ampacity.gateway.protocol.Endpoint;
import io.ampacity.gateway.protocol.RequestScan;
import io.netty.handler.codec.http.HttpHeaders;

/** What a client asked for, checked. */
final class Asked {

    private final Endpoint endpoint;
    private final HttpHeaders headers;
    private final byte[] body;
    private final RequestScan scan;
    private final String key;
    private final String dataClass;
    private final boolean wantsNote;

    /**
     * Puts a request's parts together.
     *
     * @param key name of the key that was shown; empty for none
     * @param dataClass names of the rules it falls under beside those of its model; empty for none
     * @param wantsNote whether usage shall tell cost, energy and carbon
     */
    Asked(
            Endpoint endpoint,
            HttpHeaders headers,
            byte[] body,
            RequestScan scan,
            String key,
            String dataClass,
            boolean wantsNote) {
        this.endpoint = endpoint;
        this.headers = headers;
        this.body = body;
        this.scan = scan;
        this.key = key;
        this.dataClass = dataClass;
        this.wantsNote = wantsNote;
    }

    Endpoint endpoint() {
        return endpoint;
    }

    HttpHeaders headers() {
        return headers;
    }

    byte[] body() {
        return body;
    }

    RequestScan scan() {
        return scan;
    }

    String key() {
        return key;
    }

    String dataClass() {
        return dataClass;
    }

    boolean wantsNote() {
        return wantsNote;
    }
}
