package io.ampacity.gateway.translation;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Events of {@code application/vnd.amazon.eventstream}: length, length of headers, a checksum of both, headers, payload, a
 * checksum of all. The type of an event, which stands in its headers, becomes its member {@code type}.
 */
final class AmazonEvents implements Framing {

    private static final int PRELUDE = 12;
    private static final int CHECKSUM = 4;
    private static final int LARGEST = 16 << 20;
    private static final int STRING = 7;

    private byte[] begun = new byte[0];

    @Override
    public List<JsonNode> more(byte[] bytes) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream(begun.length + bytes.length);
        joined.writeBytes(begun);
        joined.writeBytes(bytes);
        byte[] all = joined.toByteArray();
        List<JsonNode> events = new ArrayList<>();
        int from = 0;
        while (all.length - from >= PRELUDE) {
            ByteBuffer frame = ByteBuffer.wrap(all, from, all.length - from);
            int length = frame.getInt();
            int headers = frame.getInt();
            check(all, from, PRELUDE - CHECKSUM, frame.getInt());
            if (length < PRELUDE + CHECKSUM
                    || length > LARGEST
                    || headers < 0
                    || headers > length - PRELUDE - CHECKSUM) {
                throw new MalformedAnswer("an event says that it is " + length + " bytes long");
            }
            if (all.length - from < length) {
                break;
            }
            check(all, from, length - CHECKSUM, ByteBuffer.wrap(all).getInt(from + length - CHECKSUM));
            events.add(event(all, from + PRELUDE, headers, from + length - CHECKSUM));
            from += length;
        }
        begun = Arrays.copyOfRange(all, from, all.length);
        return events;
    }

    private static void check(byte[] bytes, int from, int length, int told) {
        CRC32 sum = new CRC32();
        sum.update(bytes, from, length);
        if ((int) sum.getValue() != told) {
            throw new MalformedAnswer("a checksum of an event is wrong");
        }
    }

    private static JsonNode event(byte[] bytes, int headersFrom, int headersLength, int to) {
        String type = "";
        int at = headersFrom;
        int end = headersFrom + headersLength;
        while (at < end) {
            int nameLength = bytes[at++] & 0xff;
            if (at + nameLength + 3 > end || bytes[at + nameLength] != STRING) {
                throw new MalformedAnswer("a header of an event is no text");
            }
            String name = new String(bytes, at, nameLength, StandardCharsets.UTF_8);
            at += nameLength + 1;
            int valueLength = (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
            at += 2;
            if (at + valueLength > end) {
                throw new MalformedAnswer("a header of an event is cut off");
            }
            if (name.equals(":event-type") || name.equals(":exception-type")) {
                type = new String(bytes, at, valueLength, StandardCharsets.UTF_8);
            }
            at += valueLength;
        }
        try {
            JsonNode payload = JsonMapper.shared().readTree(new String(bytes, end, to - end, StandardCharsets.UTF_8));
            if (payload instanceof ObjectNode object) {
                return object.put("type", type);
            }
        } catch (JacksonException malformed) {
            throw new MalformedAnswer("an event is no JSON");
        }
        throw new MalformedAnswer("an event is no JSON object");
    }

    @Override
    public boolean isInsideEvent() {
        return begun.length > 0;
    }
}
