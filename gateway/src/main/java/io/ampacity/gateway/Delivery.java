package io.ampacity.gateway;

import io.ampacity.gateway.metering.Outcome;
import io.ampacity.gateway.metering.RequestRecord;
import io.ampacity.gateway.protocol.Continuation;
import io.ampacity.gateway.protocol.DocumentWatch;
import io.ampacity.gateway.protocol.Endpoint;
import io.ampacity.gateway.protocol.ErrorText;
import io.ampacity.gateway.protocol.StreamWatch;
import io.ampacity.gateway.protocol.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What the client of one exchange is sent. On one event loop. */
final class Delivery {

    private static final byte[] DROPPED = new byte[0];
    private static final byte[] DONE = "data: [DONE]\n\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] MESSAGE_STOP =
            "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n".getBytes(StandardCharsets.US_ASCII);

    private final Client client;
    private final Asked asked;
    private final String id;
    private byte @Nullable [] upstreamWords;
    private int upstreamStatus;
    private boolean committed;

    Delivery(Client client, Asked asked, String id) {
        this.client = client;
        this.asked = asked;
        this.id = id;
    }

    /** Whether the client has begun to read. */
    boolean isCommitted() {
        return committed;
    }

    /** Begins to send what an attempt has brought. */
    void commit(Attempt by, int attempts) {
        if (committed) {
            return;
        }
        committed = true;
        client.begin(describe(client.head(by.status(), 0).passing(by.headers()), by, attempts));
        by.giveHeld(client);
    }

    private AnswerHead describe(AnswerHead head, Attempt by, int attempts) {
        return head.put("x-ampacity-request-id", id)
                .put("x-ampacity-pool", by.errand().poolId())
                .put("x-ampacity-supplier", by.target().upstream().supplier())
                .put("x-ampacity-site", by.target().upstream().site())
                .put("x-ampacity-attempts", Integer.toString(attempts));
    }

    void write(byte[] events, int from, int to) {
        client.write(events, from, to);
    }

    void flush() {
        if (committed) {
            client.flush();
        }
    }

    boolean isWritable() {
        return client.isWritable();
    }

    /** An event as the client should see it: null for as it is, nothing for not at all. */
    byte @Nullable [] seen(
            Verdict verdict, byte[] event, int from, int to, StreamWatch watch, @Nullable Continuation goesOn) {
        boolean unwanted = verdict == Verdict.USAGE
                && asked.tellsUsageOnlyWhenAsked()
                && !asked.scan().includeUsage();
        if (unwanted) {
            return DROPPED;
        }
        if (goesOn != null) {
            return verdict == Verdict.OTHER && !watch.isFinished()
                    ? DROPPED
                    : goesOn.seen(Arrays.copyOfRange(event, from, to));
        }
        return null;
    }

    /** The upstream's last word on its having no room, for a client that must come again. */
    void remember(int status, byte[] body) {
        upstreamStatus = status;
        upstreamWords = body;
    }

    /** Ends a whole stream. */
    void endStream(boolean supplyMark) {
        if (supplyMark) {
            write(asked.endpoint() == Endpoint.MESSAGES ? MESSAGE_STOP : DONE);
        }
        client.end();
    }

    /** Sends an answer that is one document. */
    void whole(Attempt by, RequestRecord record, byte[] body, DocumentWatch seen) {
        byte[] noted = asked.wantsNote() && seen.usageEnd() > 0 ? UsageNote.in(body, seen.usageEnd(), record) : body;
        AnswerHead head = client.head(by.status(), noted.length).passing(by.headers());
        describe(head, by, record.attempts().size());
        Answers.tellUse(head, record);
        client.answer(head, noted);
    }

    /** Passes the words with which an upstream refused. */
    void words(Attempt by, byte[] body, int attempts) {
        client.answer(describe(client.head(by.status(), body.length).passing(by.headers()), by, attempts), body);
    }

    /** Tells of a request that nobody can serve, to a client that has read nothing yet. */
    void refuse(Outcome outcome, String detail, double retryAfterSeconds, int attempts) {
        int status = Answers.status(outcome);
        AnswerHead head = client.head(status, 0)
                .json()
                .put("x-ampacity-request-id", id)
                .put("x-ampacity-attempts", Integer.toString(attempts));
        if (status == 429 && outcome != Outcome.BUDGET_SPENT) {
            head.put("retry-after", Long.toString((long) Math.ceil(Math.max(1, retryAfterSeconds))));
        }
        byte[] words = upstreamWords;
        client.answer(
                head,
                status == upstreamStatus && words != null
                        ? words
                        : ErrorText.document(asked.endpoint(), Answers.type(outcome), outcome.id(), detail)
                                .getBytes(StandardCharsets.UTF_8));
    }

    /** Tells, as the last event, that an answer is not whole. */
    void breakOff(Outcome outcome, String detail) {
        write(ErrorText.event(asked.endpoint(), outcome.id(), "The answer broke off: " + detail)
                .getBytes(StandardCharsets.UTF_8));
        client.end();
    }

    private void write(byte[] event) {
        client.write(event, 0, event.length);
    }
}
