package io.ampacity.gateway;

import io.ampacity.gateway.settings.HealthCheck;
import io.ampacity.gateway.settings.Target;
import io.ampacity.gateway.settings.UpstreamSettings;
import io.ampacity.gateway.upstream.Borrower;
import io.ampacity.gateway.upstream.Connection;
import io.ampacity.gateway.upstream.Reply;
import io.ampacity.sockets.Loops;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asks upstreams whether they are well, and has those left alone that are not, until they say that they are. All on one event
 * loop; it ends with {@link #close()}.
 */
final class HealthChecks implements AutoCloseable {

    private static final double NANOS = 1e9;

    private final Service service;
    private final EventLoop loop;
    private final Map<String, Integer> failures = new LinkedHashMap<>();
    private volatile boolean closed;

    HealthChecks(Loops loops, Service service) {
        this.service = service;
        loop = loops.group().next();
        Map<String, UpstreamSettings> asked = new LinkedHashMap<>();
        for (Target target : service.settings().fleet().targets()) {
            asked.put(target.upstream().id(), target.upstream());
        }
        for (UpstreamSettings upstream : asked.values()) {
            HealthCheck check = upstream.health();
            if (check != null) {
                failures.put(upstream.id(), 0);
                loop.execute(() -> new Probe(upstream, check).ask());
            }
        }
    }

    private void heard(UpstreamSettings upstream, HealthCheck check, boolean well) {
        if (closed) {
            return;
        }
        int before = failures.getOrDefault(upstream.id(), 0);
        int now = well ? 0 : Math.min(check.failures(), before + 1);
        failures.put(upstream.id(), now);
        if ((now >= check.failures()) != (before >= check.failures())) {
            tell();
        }
        Loops.after(loop, (long) (check.everySeconds() * NANOS), () -> {
            if (!closed) {
                new Probe(upstream, check).ask();
            }
        });
    }

    private void tell() {
        BitSet sick = new BitSet();
        for (int pool = 0; pool < service.settings().fleet().targets().size(); pool++) {
            UpstreamSettings upstream =
                    service.settings().fleet().targets().get(pool).upstream();
            HealthCheck check = upstream.health();
            if (check != null && failures.getOrDefault(upstream.id(), 0) >= check.failures()) {
                sick.set(pool);
            }
        }
        service.dispatcher().sick(sick);
    }

    @Override
    public void close() {
        closed = true;
    }

    /** One question to one upstream. */
    private final class Probe implements Borrower, Reply {
        private final UpstreamSettings upstream;
        private final HealthCheck check;
        private @Nullable Connection connection;
        private boolean over;
        private boolean well;

        Probe(UpstreamSettings upstream, HealthCheck check) {
            this.upstream = upstream;
            this.check = check;
        }

        void ask() {
            Loops.after(loop, (long) (check.timeoutSeconds() * NANOS), this::late);
            if (service.drills().on(upstream.id()) != null) {
                end(false);
                return;
            }
            service.connections().borrow(loop, upstream, service.settings().limits(), this);
        }

        private void late() {
            Connection lent = connection;
            connection = null;
            if (!over && lent != null) {
                lent.abandon();
            }
            end(false);
        }

        private void end(boolean isWell) {
            if (!over) {
                over = true;
                heard(upstream, check, isWell);
            }
        }

        @Override
        public boolean isWaiting() {
            return !over;
        }

        @Override
        public void connected(Connection lent) {
            connection = lent;
            String request = "GET " + check.path() + " HTTP/1.1\r\nhost: " + upstream.host() + ':' + upstream.port()
                    + "\r\naccept-encoding: identity\r\n\r\n";
            lent.send(Unpooled.copiedBuffer(request, StandardCharsets.US_ASCII), this);
        }

        @Override
        public void failed(Trouble trouble, String reason) {
            end(false);
        }

        @Override
        public void head(HttpResponse head) {
            well = head.status().code() < 400;
        }

        @Override
        public void body(byte[] bytes, int from, int to) {}

        @Override
        public void pause() {}

        @Override
        public void end() {
            connection = null;
            end(well);
        }

        @Override
        public void lost() {
            connection = null;
            end(false);
        }

        @Override
        public void malformed() {
            connection = null;
            end(false);
        }
    }
}
