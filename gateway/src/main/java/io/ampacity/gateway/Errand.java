package io.ampacity.gateway;

import io.ampacity.gateway.protocol.BodyEdit;
import io.ampacity.gateway.settings.Fleet;
import io.ampacity.gateway.settings.Target;
import io.ampacity.gateway.translation.Translation;
import io.ampacity.routing.Pool;
import org.jspecify.annotations.Nullable;

/** What one upstream is asked, in its own words, and why it is that one. */
final class Errand {

    private final int pool;
    private final Pool place;
    private final Target target;
    private final @Nullable Translation translation;
    private final byte[] body;
    private final String why;

    private Errand(int pool, Pool place, Target target, @Nullable Translation translation, byte[] body, String why) {
        this.pool = pool;
        this.place = place;
        this.target = target;
        this.translation = translation;
        this.body = body;
        this.why = why;
    }

    /**
     * What a pool is asked for a request, or for the rest of its answer.
     *
     * @throws io.ampacity.gateway.protocol.BadRequest when the upstream's protocol has no words for it
     */
    static Errand of(Fleet fleet, Asked asked, Rescue rescue, int pool, String why) {
        Target target = fleet.targets().get(pool);
        Translation translation = Translation.of(asked.endpoint(), target.upstream());
        BodyEdit edit = new BodyEdit(asked.body(), asked.scan()).model(target.model());
        if (asked.tellsUsageOnlyWhenAsked() && asked.scan().stream()) {
            edit.usage(target.upstream().continuousUsage());
        }
        rescue.askToGoOn(edit, target.upstream().prefill());
        byte[] body = edit.bytes();
        return new Errand(
                pool,
                fleet.table().pools().get(pool),
                target,
                translation,
                translation == null ? body : translation.request(body),
                why);
    }

    int pool() {
        return pool;
    }

    String poolId() {
        return place.id();
    }

    Target target() {
        return target;
    }

    /** Between the client's protocol and the upstream's; null when they are the same. */
    @Nullable Translation translation() {
        return translation;
    }

    byte[] body() {
        return body;
    }

    String why() {
        return why;
    }
}
