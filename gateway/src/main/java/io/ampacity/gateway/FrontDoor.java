package io.ampacity.gateway;

import io.ampacity.gateway.json.JsonText;
import io.ampacity.gateway.protocol.Endpoint;
import io.ampacity.gateway.protocol.ErrorText;
import io.ampacity.gateway.protocol.RequestScan;
import io.ampacity.gateway.settings.DataClass;
import io.ampacity.gateway.settings.Fleet;
import io.ampacity.gateway.settings.KeySettings;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks who asks and what for, before any upstream is thought of. Thread-safe. */
final class FrontDoor {

    private static final String CLASS_HEADER = "x-ampacity-data-class";
    private static final String NOTE_HEADER = "x-ampacity-usage";

    private final Gateway gateway;

    FrontDoor(Gateway gateway) {
        this.gateway = gateway;
    }

    /** A page of our own. */
    record Page(int status, String body) {}

    Service service() {
        return gateway.service();
    }

    boolean isDraining() {
        return gateway.isDraining();
    }

    void fault(Throwable cause) {
        gateway.fault(cause);
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
                                "there is nothing at this path. Maybe POST /v1/chat/completions"));
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
                            Endpoint.CHAT, refusal.type(), refusal.code(), String.valueOf(refusal.getMessage())));
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
     * @throws io.ampacity.gateway.protocol.BadRequest when it cannot be read
     * @throws Refusal when it may not be asked
     */
    Exchange exchange(Client client, Endpoint endpoint, HttpHeaders headers, byte[] body) {
        KeySettings key = key(headers);
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
        if (key != null) {
            gateway.allowances().take(key);
        }
        Asked asked = new Asked(
                endpoint,
                headers,
                body,
                scan,
                key == null ? "" : key.name(),
                names.toString(),
                service.settings().usageExtension() || headers.contains(NOTE_HEADER));
        return new Exchange(
                service, client, asked, new Question(fleet, workload, scan, endpoint, classes, body.length));
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
