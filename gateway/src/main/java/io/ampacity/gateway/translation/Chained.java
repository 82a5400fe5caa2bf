package io.ampacity.gateway.translation;

import io.ampacity.gateway.protocol.Endpoint;
import io.netty.handler.codec.http.HttpHeaders;

/** One translation after another: from the client's protocol to chat, and from chat to the upstream's. */
record Chained(Translation first, Translation second) implements Translation {

    @Override
    public Endpoint endpoint() {
        return second.endpoint();
    }

    @Override
    public byte[] request(byte[] body) {
        return second.request(first.request(body));
    }

    @Override
    public boolean isStream(String contentType) {
        return second.isStream(contentType);
    }

    @Override
    public HttpHeaders headers(HttpHeaders upstream, boolean stream) {
        return second.headers(upstream, stream);
    }

    @Override
    public byte[] stream(byte[] bytes) {
        byte[] chat = second.stream(bytes);
        return chat.length == 0 ? chat : first.stream(chat);
    }

    @Override
    public byte[] endOfStream() {
        byte[] rest = second.endOfStream();
        byte[] before = rest.length == 0 ? rest : first.stream(rest);
        byte[] last = first.endOfStream();
        byte[] all = java.util.Arrays.copyOf(before, before.length + last.length);
        System.arraycopy(last, 0, all, before.length, last.length);
        return all;
    }

    @Override
    public byte[] document(byte[] answer) {
        return first.document(second.document(answer));
    }

    @Override
    public byte[] error(byte[] answer, int status) {
        return first.error(second.error(answer, status), status);
    }
}
