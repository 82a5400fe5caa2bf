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
    private final Purse purse;

    /**
     * Puts a request's parts together.
     *
     * @param key name of the key that was shown; empty for none
     * @param dataClass names of the rules it falls under beside those of its model; empty for none
     * @param wantsNote whether usage shall tell cost, energy and carbon
     * @param purse what it may cost
     */
    Asked(
            Endpoint endpoint,
            HttpHeaders headers,
            byte[] body,
            RequestScan scan,
            String key,
            String dataClass,
            boolean wantsNote,
            Purse purse) {
        this.endpoint = endpoint;
        this.headers = headers;
        this.body = body;
        this.scan = scan;
        this.key = key;
        this.dataClass = dataClass;
        this.wantsNote = wantsNote;
        this.purse = purse;
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

    Purse purse() {
        return purse;
    }

    /** Whether a stream of this endpoint tells what it took only when asked to. */
    boolean tellsUsageOnlyWhenAsked() {
        return endpoint == Endpoint.CHAT || endpoint == Endpoint.COMPLETIONS;
    }

    boolean wantsNote() {
        return wantsNote;
    }
}
