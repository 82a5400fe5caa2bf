package io.ampacity.gateway.reading;

import io.ampacity.documents.schema.Amount;
import io.ampacity.documents.schema.Attribute;
import io.ampacity.documents.schema.Section;
import io.ampacity.units.Dimension;

/** Times and sizes. */
final class LimitTable {

    static final Attribute<Double> CONNECT = Common.seconds("connect", "2 s", "Name, connection and TLS together.");
    static final Attribute<Double> HEAD = Common.seconds("head", "10 s", "Until a stream's head.");
    static final Attribute<Double> FIRST_TOKEN =
            Common.seconds("first-token", "20 s", "From the head to the first token.");
    static final Attribute<Double> TOKEN = Common.seconds("token", "15 s", "Between two events of a stream.");
    static final Attribute<Double> TOTAL = Common.seconds("total", "10 min", "A request, all attempts together.");
    static final Attribute<Double> CLIENT_HEAD =
            Common.seconds("client-head", "10 s", "That a client may take for a request's head.");
    static final Attribute<Double> CLIENT_BODY =
            Common.seconds("client-body", "60 s", "That it may take for its body.");
    static final Attribute<Double> CLIENT_IDLE =
            Common.seconds("client-idle", "75 s", "That its connection may rest between requests.");
    static final Attribute<Double> DRAIN =
            Common.seconds("drain", "30 s", "That open requests get when the gateway stops.");
    static final Attribute<Double> WAIT =
            Common.seconds("longest-wait", "2 s", "That a request is held while every upstream asks to be left alone.");
    static final Attribute<Double> BODY = Attribute.of(
                    "body", Amount.of(Dimension.BYTES).positive().atMost(1e9), "Size of a request.")
            .orElse("32 MB");
    static final Attribute<Double> EVENT = Attribute.of(
                    "event", Amount.of(Dimension.BYTES).positive().atMost(1e9), "Size of one event of a stream.")
            .orElse("16 MB");

    static final Section SECTION = Section.of(
            "limits",
            "How long and how large anything may be.",
            CONNECT,
            HEAD,
            FIRST_TOKEN,
            TOKEN,
            TOTAL,
            CLIENT_HEAD,
            CLIENT_BODY,
            CLIENT_IDLE,
            DRAIN,
            WAIT,
            BODY,
            EVENT);

    private LimitTable() {}
}
