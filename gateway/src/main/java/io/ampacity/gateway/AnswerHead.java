package io.ampacity.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * The head of an answer, written into the bytes that go to the client as it is made. Of an upstream's headers those pass that
 * do not speak of its own connection, and that are not ours to say.
 */
final class AnswerHead {

    private static final byte[] FINE = "HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int USUAL_BYTES = 512;
    private static final String OURS = "x-ampacity-";
    private static final List<AsciiString> HOP = List.of(
            AsciiString.cached("connection"),
            AsciiString.cached("keep-alive"),
            AsciiString.cached("proxy-connection"),
            AsciiString.cached("transfer-encoding"),
            AsciiString.cached("te"),
            AsciiString.cached("trailer"),
            AsciiString.cached("upgrade"),
            AsciiString.cached("content-length"),
            AsciiString.cached("set-cookie"),
            AsciiString.cached("date"),
            AsciiString.cached("server"));

    private final ByteBuf bytes;

    private AnswerHead(ByteBuf bytes) {
        this.bytes = bytes;
    }

    /** Begins the head of an answer of so many bytes, as far as that is known. */
    static AnswerHead of(ByteBufAllocator allocator, int status, int bodyBytes) {
        ByteBuf bytes = Outgoing.buffer(allocator, USUAL_BYTES + bodyBytes);
        if (status == 200) {
            bytes.writeBytes(FINE);
        } else {
            ByteBufUtil.writeAscii(
                    bytes,
                    "HTTP/1.1 " + status + ' '
                            + HttpResponseStatus.valueOf(status).reasonPhrase() + "\r\n");
        }
        return new AnswerHead(bytes);
    }

    /** Adds a header; what could end it too early is left out of its value. */
    AnswerHead put(CharSequence name, CharSequence value) {
        ByteBufUtil.writeAscii(bytes, name);
        bytes.writeShort(':' << 8 | ' ');
        ByteBufUtil.writeAscii(bytes, hasControls(value) ? plain(value) : value);
        bytes.writeShort('\r' << 8 | '\n');
        return this;
    }

    private static boolean hasControls(CharSequence value) {
        for (int i = 0; i < value.length(); i++) {
            char next = value.charAt(i);
            if (next < ' ' && next != '\t') {
                return true;
            }
        }
        return false;
    }

    private static String plain(CharSequence value) {
        return value.toString().replaceAll("\\p{Cntrl}", " ");
    }

    /** Says that the body is JSON. */
    AnswerHead json() {
        return put("content-type", "application/json");
    }

    /** Adds those headers of an upstream's answer that pass. */
    AnswerHead passing(HttpHeaders upstream) {
        Iterator<Map.Entry<CharSequence, CharSequence>> each = upstream.iteratorCharSequence();
        while (each.hasNext()) {
            Map.Entry<CharSequence, CharSequence> header = each.next();
            CharSequence name = header.getKey();
            if (!isHop(name) && !AsciiString.regionMatches(name, true, 0, OURS, 0, OURS.length())) {
                put(name, header.getValue());
            }
        }
        return this;
    }

    private static boolean isHop(CharSequence name) {
        for (int i = 0; i < HOP.size(); i++) {
            AsciiString hop = HOP.get(i);
            if (hop.length() == name.length() && hop.contentEqualsIgnoreCase(name)) {
                return true;
            }
        }
        return false;
    }

    /** Ends the head; its bytes are the caller's from now on. */
    ByteBuf end() {
        return bytes.writeShort('\r' << 8 | '\n');
    }
}
