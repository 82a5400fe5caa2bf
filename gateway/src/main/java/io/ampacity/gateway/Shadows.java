package io.ampacity.gateway;

import io.ampacity.gateway.json.JsonText;
import io.ampacity.gateway.metering.Outcome;
import io.ampacity.gateway.metering.RequestRecord;
import io.ampacity.gateway.settings.DataClass;
import io.ampacity.gateway.settings.Fleet;
import io.netty.channel.EventLoop;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Sends copies of requests to upstreams in the shadow of those that answer. A copy has a router, breakers and a budget of its own,
 * so nothing that becomes of it reaches a client or changes where requests go. Thread-safe.
 */
final class Shadows {

    static final Shadows NONE = new Shadows(List.of(), null);

    private final List<Shadow> all;
    private final @Nullable Allowances allowances;

    Shadows(List<Shadow> all, @Nullable Allowances allowances) {
        this.all = List.copyOf(all);
        this.allowances = allowances;
    }

    List<Shadow> all() {
        return all;
    }

    /** Copies a request that is about to be served, if it is a shadow's turn. */
    void copy(EventLoop loop, Service live, String id, Asked asked, List<DataClass> classes, long tokens) {
        for (Shadow shadow : all) {
            if (shadow.settings().model().equals(asked.scan().model())
                    && RequestIds.place(shadow.settings().key() + id)
                            < shadow.settings().share()
                    && shadow.enter(id, live.metrics().open(), live.settings().overload())) {
                // The client's own request goes first.
                loop.execute(() -> send(shadow, loop, id, asked, classes, tokens));
            }
        }
    }

    private void send(Shadow shadow, EventLoop loop, String id, Asked asked, List<DataClass> classes, long tokens) {
        Fleet fleet = shadow.settings().fleet();
        Question question = new Question(fleet, 0, asked.scan(), asked.endpoint(), classes, asked.body().length, true);
        Outcome hopeless = question.hopeless();
        if (hopeless != Outcome.COMPLETED) {
            shadow.leave(id, hopeless == Outcome.POLICY ? "policy" : "ability");
            return;
        }
        Purse purse = Objects.requireNonNull(allowances).open(shadow.key(), tokens);
        Asked copied = new Asked(
                asked.endpoint(),
                asked.headers(),
                asked.body(),
                asked.scan(),
                shadow.settings().key(),
                asked.dataClass(),
                false,
                purse);
        new Exchange(shadow.serviceOf(id), new Nobody(loop), copied, question).start();
    }

    /** Learns how a request ended. */
    void record(RequestRecord original) {
        for (Shadow shadow : all) {
            shadow.original(original);
        }
    }

    /** What came of all of them so far. */
    String json() {
        JsonText json = new JsonText().object("").array("shadows");
        all.forEach(shadow -> shadow.write(json));
        return json.endArray().endObject().toString();
    }
}
