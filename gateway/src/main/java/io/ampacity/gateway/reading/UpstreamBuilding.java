package io.ampacity.gateway.reading;

import io.ampacity.documents.schema.Form;
import io.ampacity.documents.schema.SchemaReading;
import io.ampacity.facts.Catalogue;
import io.ampacity.facts.Chip;
import io.ampacity.facts.Deployment;
import io.ampacity.facts.Engine;
import io.ampacity.facts.LanguageModel;
import io.ampacity.facts.Precision;
import io.ampacity.gateway.protocol.Endpoint;
import io.ampacity.gateway.protocol.Speech;
import io.ampacity.gateway.reading.OperationsTable.HealthTable;
import io.ampacity.gateway.settings.EnergyRates;
import io.ampacity.gateway.settings.HealthCheck;
import io.ampacity.gateway.settings.Secret;
import io.ampacity.gateway.settings.TokenPrices;
import io.ampacity.gateway.settings.UpstreamSettings;
import io.ampacity.physics.PhysicsException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes upstreams of sound forms, and notes what is wrong with others. */
record UpstreamBuilding(SchemaReading reading, Catalogue catalogue, Map<String, String> environment, Path folder) {

    static final String OWN = "own";

    private static final int PLAIN_PORT = 80;
    private static final int TLS_PORT = 443;
    private static final String USUAL_REGION = "us-east-1";

    @Nullable UpstreamSettings upstream(String id, Form form) {
        URI address = address(form);
        Secret credential = Credentials.of(form, UpstreamTable.CREDENTIAL, reading, environment, folder);
        if (address == null || (credential == null && form.states(UpstreamTable.CREDENTIAL))) {
            return null;
        }
        boolean tls = address.getScheme().equals("https");
        String path = address.getPath() == null ? "" : address.getPath();
        while (path.endsWith("/")) {
            path = path.substring(0, path.length() - 1);
        }
        String base = path;
        Speech speech = form.value(UpstreamTable.PROTOCOL);
        String supplier = form.value(UpstreamTable.SUPPLIER);
        String trust = form.valueOrNull(UpstreamTable.TRUST);
        String country = form.valueOrNull(UpstreamTable.JURISDICTION);
        int port = address.getPort() > 0 ? address.getPort() : tls ? TLS_PORT : PLAIN_PORT;
        return UpstreamSettings.plain(id, address.getHost().replaceAll("^\\[|]$", ""), port)
                .but(upstream -> {
                    upstream.tls = tls;
                    upstream.basePath = base;
                    upstream.speech = speech;
                    upstream.version = orId(form.valueOrNull(UpstreamTable.VERSION), "");
                    upstream.region = orId(form.valueOrNull(UpstreamTable.REGION), USUAL_REGION);
                    upstream.supplier = supplier;
                    upstream.own = supplier.equals(OWN);
                    upstream.site = orId(form.valueOrNull(UpstreamTable.SITE), id);
                    upstream.jurisdiction = country == null ? null : country.toUpperCase(Locale.ROOT);
                    upstream.quotaGroup = orId(form.valueOrNull(UpstreamTable.QUOTA_GROUP), id);
                    upstream.endpoints = endpoints(form, speech);
                    upstream.images = form.value(UpstreamTable.IMAGES);
                    upstream.prefill = form.value(UpstreamTable.PREFILL);
                    upstream.continuousUsage = form.value(UpstreamTable.CONTINUOUS_USAGE);
                    upstream.credential = credential;
                    upstream.trust =
                            trust == null ? null : folder.resolve(trust).toString();
                    upstream.health = health(form.valueOrNull(UpstreamTable.HEALTH));
                });
    }

    private static Set<Endpoint> endpoints(Form form, Speech speech) {
        List<String> stated = form.valueOrNull(UpstreamTable.ENDPOINTS);
        if (stated == null) {
            return switch (speech) {
                case OPENAI, AZURE -> EnumSet.of(Endpoint.CHAT, Endpoint.COMPLETIONS, Endpoint.EMBEDDINGS);
                case ANTHROPIC -> EnumSet.of(Endpoint.MESSAGES);
                case GEMINI, BEDROCK -> EnumSet.noneOf(Endpoint.class);
            };
        }
        EnumSet<Endpoint> endpoints = EnumSet.noneOf(Endpoint.class);
        stated.forEach(word -> endpoints.add(Objects.requireNonNull(Endpoint.named(word))));
        return endpoints;
    }

    private static @Nullable HealthCheck health(@Nullable Form form) {
        return form == null || !form.isSound()
                ? null
                : new HealthCheck(
                        form.value(HealthTable.PATH),
                        form.value(HealthTable.EVERY),
                        form.value(HealthTable.TIMEOUT),
                        form.value(HealthTable.FAILURES));
    }

    private static String orId(@Nullable String text, String id) {
        return text == null ? id : text;
    }

    private static boolean isOnTheLink(String host) {
        try {
            return InetAddress.ofLiteral(host).isLinkLocalAddress();
        } catch (IllegalArgumentException name) {
            // What a name stands for is looked at each time it is looked up.
            return false;
        }
    }

    private @Nullable URI address(Form form) {
        String text = form.value(UpstreamTable.ADDRESS);
        try {
            URI uri = new URI(text);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (web && uri.getHost() != null && uri.getUserInfo() == null && uri.getQuery() == null) {
                if (!isOnTheLink(uri.getHost())) {
                    return uri;
                }
                reading.error(
                        form.place(UpstreamTable.ADDRESS),
                        text,
                        "this address is on the machine's own link, where clouds hand out its credentials",
                        "name the server by an address that is routed");
                return null;
            }
        } catch (URISyntaxException none) {
            // Said below.
        }
        reading.error(
                form.place(UpstreamTable.ADDRESS),
                text,
                "this is no address of a server",
                "write it like https://llm.example.com/v1, with the credential apart from it");
        return null;
    }

    static @Nullable TokenPrices prices(@Nullable Form form) {
        if (form == null || !form.isSound()) {
            return null;
        }
        return new TokenPrices(
                form.value(PriceTable.PROMPT),
                form.valueOrNull(PriceTable.CACHED),
                form.valueOrNull(PriceTable.CACHE_WRITE),
                form.value(PriceTable.OUTPUT),
                form.value(PriceTable.AS_OF),
                form.value(PriceTable.SOURCE));
    }

    @Nullable EnergyRates energy(@Nullable Form form) {
        if (form == null || !form.isSound()) {
            return null;
        }
        Optional<LanguageModel> model = catalogue.model(form.value(HardwareTable.MODEL));
        Optional<Chip> chip = catalogue.chip(form.value(HardwareTable.CHIP));
        if (model.isEmpty() || chip.isEmpty()) {
            reading.error(
                    form.place(model.isEmpty() ? HardwareTable.MODEL : HardwareTable.CHIP),
                    form.text(model.isEmpty() ? HardwareTable.MODEL : HardwareTable.CHIP),
                    "the catalogue does not know it",
                    "see ampacity facts list " + (model.isEmpty() ? "models" : "chips"));
            return null;
        }
        Deployment deployment = new Deployment(
                form.value(HardwareTable.TENSOR_PARALLEL),
                1,
                1,
                1,
                model.get().nativePrecision(),
                Precision.BF16,
                Engine.VLLM);
        try {
            return Estimates.energy(
                    chip.get(),
                    model.get(),
                    deployment,
                    form.value(HardwareTable.BATCH),
                    form.value(HardwareTable.PUE),
                    form.valueOrNull(HardwareTable.INTENSITY));
        } catch (PhysicsException impossible) {
            reading.error(form.place(), null, String.valueOf(impossible.getMessage()), null);
            return null;
        }
    }
}
