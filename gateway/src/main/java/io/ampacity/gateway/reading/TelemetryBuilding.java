package io.ampacity.gateway.reading;

import io.ampacity.documents.schema.Form;
import io.ampacity.documents.schema.SchemaReading;
import io.ampacity.gateway.settings.TelemetrySettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes what a collector is told of a sound form, and notes what is wrong with it. */
record TelemetryBuilding(SchemaReading reading, Map<String, String> environment, Path folder) {

    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9-]+");

    @Nullable TelemetrySettings telemetry(Form root) {
        Form form = root.valueOrNull(GatewayTable.TELEMETRY);
        if (form == null || !form.isSound()) {
            return null;
        }
        String address = form.value(TelemetryTable.ADDRESS);
        if (!isAddress(address)) {
            reading.error(
                    form.place(TelemetryTable.ADDRESS),
                    address,
                    "this is no address of a collector",
                    "write it like http://127.0.0.1:4318, without /v1/traces behind it");
            return null;
        }
        String header = form.value(TelemetryTable.HEADER);
        if (!HEADER.matcher(header).matches()) {
            reading.error(form.place(TelemetryTable.HEADER), header, "this is no name of a header", "authorization");
            return null;
        }
        return new TelemetrySettings(
                address.endsWith("/") ? address.substring(0, address.length() - 1) : address,
                header,
                Credentials.of(form, TelemetryTable.CREDENTIAL, reading, environment, folder),
                form.value(TelemetryTable.SERVICE),
                form.value(TelemetryTable.TRACES),
                form.value(TelemetryTable.FOLLOW),
                form.value(TelemetryTable.METRICS_EVERY));
    }

    private static boolean isAddress(String text) {
        try {
            URI uri = new URI(text);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            return web
                    && uri.getHost() != null
                    && uri.getUserInfo() == null
                    && uri.getQuery() == null
                    && !text.contains("/v1/");
        } catch (URISyntaxException none) {
            return false;
        }
    }
}
