package io.ampacity.gateway;

import io.ampacity.gateway.json.JsonText;
import io.ampacity.gateway.metering.RequestRecord;
import io.ampacity.gateway.metering.Use;
import java.nio.charset.StandardCharsets;

/** What is added to the usage of an answer for those who ask: money, energy and carbon. */
final class UsageNote {

    private UsageNote() {}

    /** {@code document} with the note before the brace at {@code usageEnd}. */
    static byte[] in(byte[] document, int usageEnd, RequestRecord record) {
        Use use = record.attempts().getLast().use();
        JsonText json = new JsonText()
                .object("")
                .put("request", record.id())
                .put("pool", record.attempts().getLast().pool())
                .put("attempts", record.attempts().size())
                .put("costUsd", record.costUsd())
                .object("energyJoules")
                .put("value", use.energyJoules())
                .put("low", use.energyLowJoules())
                .put("high", use.energyHighJoules())
                .endObject()
                .put("carbonGrams", use.carbonGrams())
                .endObject();
        byte[] note = (",\"ampacity\":" + json).getBytes(StandardCharsets.UTF_8);
        byte[] noted = new byte[document.length + note.length];
        System.arraycopy(document, 0, noted, 0, usageEnd);
        System.arraycopy(note, 0, noted, usageEnd, note.length);
        System.arraycopy(document, usageEnd, noted, usageEnd + note.length, document.length - usageEnd);
        return noted;
    }
}
