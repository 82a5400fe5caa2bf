package io.ampacity.gateway;

import io.ampacity.gateway.json.JsonText;
import io.ampacity.gateway.protocol.BadRequest;
import io.ampacity.gateway.protocol.Endpoint;
import io.ampacity.gateway.protocol.ErrorText;
import io.ampacity.gateway.protocol.RequestScan;
import io.ampacity.gateway.settings.DataClass;
import io.ampacity.gateway.settings.Fleet;
import io.ampacity.gateway.settings.KeySettings;
import io.ampacity.gateway.settings.OverloadSettings;
import io.ampacity.gateway.settings.Priority;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Checks who asks and what for, before any upstream is thought of. Thread-safe. */
final class FrontDoor {

    private static final String CLASS_HEADER = "x-ampacity-data-class";
    private static final String NOTE_HEADER = "x-ampacity-usage";
    private static final String PRIORITY_HEADER = "x-ampacity-priority";
    private static final int BYTES_PER_TOKEN = 4;

    private final Gateway gateway;

    FrontDoor(Gateway gateway) {
        this.gateway = gateway;
    }

    /**
     * A page of our own.
     *
     * @param refused why there is none; empty when there is one
     */
    record Page(int status, String body, String refused) {
        Page(int status, String body) {
            this(status, body, "");
        }
    }

    Service service() {
        return gateway.service();
    }

    boolean isDraining() {
        return gateway.isDraining();
    }

    void fault(Throwable cause) {
        gateway.fault(cause);
    }

    /** Somebody was turned away before there was a request. */
    void refused(SocketAddress peer, int status, String reason, String key) {
        gateway.refusals().add(Refusals.Door.CLIENTS, peer, status, reason, key);
    }

    /** Turns the least urgent away first when too much is open. */
    private void shed(@Nullable KeySettings key, HttpHeaders headers) {
        OverloadSettings overload = service().settings().overload();
        if (overload.mostOpen() == Integer.MAX_VALUE) {
            return;
        }
        Priority priority = key == null ? Priority.NORMAL : key.priority();
        String wanted = headers.get(PRIORITY_HEADER);
        if (wanted != null) {
            priority = priority.lower(priority(wanted.strip()));
        }
        if (service().metrics().open() >= overload.most(priority)) {
            service().metrics().shed(priority);
            throw new Refusal(
                    429,
                    "rate_limit_error",
                    "overloaded",
                    "too many requests are open for one of priority "
                            + priority.name().toLowerCase(Locale.ROOT) + ". Maybe come again a little later",
                    1);
        }
    }

    private static Priority priority(String word) {
        for (Priority priority : Priority.values()) {
            if (priority.name().equalsIgnoreCase(word)) {
                return priority;
            }
        }
        throw new Refusal(
                400,
                "invalid_request_error",
                "unknown_priority",
                "there is no priority \"" + shortened(word) + "\". Maybe high, normal or low",
                -1);
    }

    /** What is at a path that asks no upstream. */
    Page page(String path, HttpHeaders headers) {
        return switch (path) {
            case "/healthz" -> new Page(200, "{\"status\":\"ok\"}");
            case "/readyz" ->
                gateway.isReady()
                        ? new Page(200, "{\"status\":\"ready\"}")
                        : new Page(503, "{\"status\":\"not ready\"}");
            case "/v1/models" -> models(headers);
            default ->
                new Page(
                        404,
                        ErrorText.document(
                                Endpoint.CHAT,
                                "invalid_request_error",
                                "not_found",
                                "there is nothing at this path. Maybe POST /v1/chat/completions"),
                        "not_found");
        };
    }

    private Page models(HttpHeaders headers) {
        KeySettings key;
        try {
            key = key(headers);
        } catch (Refusal refusal) {
            return new Page(
                    refusal.status(),
                    ErrorText.document(
                            Endpoint.CHAT, refusal.type(), refusal.code(), String.valueOf(refusal.getMessage())),
                    refusal.code());
        }
        JsonText json = new JsonText().object("").put("object", "list").array("data");
        for (String model : service().settings().fleet().models().keySet()) {
            if (key == null || key.models().isEmpty() || key.models().contains(model)) {
                json.object("")
                        .put("id", model)
                        .put("object", "model")
                        .put("created", 0)
                        .put("owned_by", "ampacity")
                        .endObject();
            }
        }
        return new Page(200, json.endArray().endObject().toString());
    }

    private @Nullable KeySettings key(HttpHeaders headers) {
        Keys keys = gateway.keys();
        if (!keys.areWanted()) {
            return null;
        }
        String shown = headers.get(HttpHeaderNames.AUTHORIZATION);
        if (shown != null && shown.regionMatches(true, 0, "Bearer ", 0, 7)) {
            shown = shown.substring(7).strip();
        } else {
            shown = headers.get("x-api-key");
        }
        KeySettings key = shown == null ? null : keys.find(shown);
        if (key == null) {
            throw new Refusal(
                    401,
                    "authentication_error",
                    "invalid_api_key",
                    shown == null
                            ? "no key was shown. Maybe add the header Authorization: Bearer …"
                            : "the key is not known here",
                    -1);
        }
        return key;
    }

    /**
     * Makes an exchange of a request that may be asked.
     *
     * @throws Refusal when it cannot be read or may not be asked
     * @throws ComeAgain when that is being looked up
     */
    Exchange exchange(Client client, Endpoint endpoint, HttpHeaders headers, byte[] body) {
        KeySettings key = key(headers);
        try {
            return exchange(client, endpoint, headers, body, key);
        } catch (Refusal refusal) {
            throw key == null ? refusal : refusal.of(key.name());
        } catch (BadRequest bad) {
            throw new Refusal(400, "invalid_request_error", "invalid_request", String.valueOf(bad.getMessage()), -1)
                    .of(key == null ? "" : key.name());
        }
    }

    private Exchange exchange(
            Client client, Endpoint endpoint, HttpHeaders headers, byte[] body, @Nullable KeySettings key) {
        shed(key, headers);
        RequestScan scan = RequestScan.of(body);
        Service service = service();
        Fleet fleet = service.settings().fleet();
        Integer workload = fleet.models().get(scan.model());
        if (workload == null
                || (key != null && !key.models().isEmpty() && !key.models().contains(scan.model()))) {
            throw new Refusal(
                    404,
                    "invalid_request_error",
                    "model_not_found",
                    "there is no model \"" + shortened(scan.model())
                            + "\" here. Maybe one of those that GET /v1/models lists",
                    -1);
        }
        List<DataClass> classes = new ArrayList<>();
        StringBuilder names = new StringBuilder();
        String wanted = headers.get(CLASS_HEADER);
        if (wanted != null) {
            add(fleet, wanted.strip(), classes, names);
        }
        if (key != null && key.dataClass() != null) {
            add(fleet, key.dataClass(), classes, names);
        }
        long tokens = body.length / BYTES_PER_TOKEN
                + (scan.maximum() >= 0 ? Math.min(scan.maximum(), Purse.USUAL_OUTPUT) : 0);
        Purse purse = key == null ? Purse.OPEN : gateway.allowances().open(key, tokens);
        Asked asked = new Asked(
                endpoint,
                headers,
                body,
                scan,
                key == null ? "" : key.name(),
                names.toString(),
                service.settings().usageExtension() || headers.contains(NOTE_HEADER),
                purse);
        Exchange begun = new Exchange(
                service,
                client,
                asked,
                new Question(fleet, workload, scan, endpoint, classes, body.length, purse.hasBudget()));
        service.shadows().copy(client.loop(), service, begun.id(), asked, classes, tokens);
        return begun;
    }

    /** An unknown rule is not the absence of rules. */
    private static void add(Fleet fleet, String name, List<DataClass> classes, StringBuilder names) {
        DataClass dataClass = fleet.dataClass(name);
        if (dataClass == null) {
            throw new Refusal(
                    400,
                    "invalid_request_error",
                    "unknown_data_class",
                    "there is no data class \"" + shortened(name) + "\". Maybe one of "
                            + String.join(", ", fleet.dataClasses().keySet()),
                    -1);
        }
        classes.add(dataClass);
        names.append(names.isEmpty() ? "" : ",").append(name);
    }

    private static String shortened(String text) {
        return text.length() > 80 ? text.substring(0, 77) + "..." : text;
    }
}
