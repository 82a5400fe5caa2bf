package io.ampacity.gateway.reading;

import io.ampacity.documents.DocumentException;
import io.ampacity.documents.DocumentNode.MappingNode;
import io.ampacity.documents.Issue;
import io.ampacity.documents.YamlDocument;
import io.ampacity.documents.schema.Form;
import io.ampacity.documents.schema.Nested;
import io.ampacity.documents.schema.SchemaReading;
import io.ampacity.documents.schema.Section;
import io.ampacity.documents.schema.Vocabulary;
import io.ampacity.facts.Catalogue;
import io.ampacity.gateway.reading.OperationsTable.HedgingTable;
import io.ampacity.gateway.reading.OperationsTable.OverloadTable;
import io.ampacity.gateway.settings.DataClass;
import io.ampacity.gateway.settings.Fleet;
import io.ampacity.gateway.settings.GatewaySettings;
import io.ampacity.gateway.settings.HedgeSettings;
import io.ampacity.gateway.settings.KeySettings;
import io.ampacity.gateway.settings.LedgerSettings;
import io.ampacity.gateway.settings.Limits;
import io.ampacity.gateway.settings.OidcSettings;
import io.ampacity.gateway.settings.OverloadSettings;
import io.ampacity.gateway.settings.ShadowSettings;
import io.ampacity.gateway.settings.TelemetrySettings;
import io.ampacity.gateway.settings.TlsFiles;
import io.ampacity.gateway.settings.UpstreamSettings;
import io.ampacity.routing.BreakerSettings;
import io.ampacity.routing.RetrySettings;
import io.ampacity.routing.policy.RoutingPolicies;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a gateway's document and finds every mistake in it. */
public final class GatewayReader {

    private static final String JOURNAL = "requests.jsonl";
    private static final int CLIENT_PORT = 8080;
    private static final int ADMIN_PORT = 8081;
    private static final double RESERVE = 1000;
    private static final int HEAD_BYTES = 32 << 10;
    private static final int ANSWER_BYTES = 64 << 20;
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    private final SchemaReading reading = new SchemaReading();
    private final Catalogue catalogue;
    private final Map<String, String> environment;
    private final Path folder;
    private final @Nullable PlanSource plans;

    private GatewayReader(
            Catalogue catalogue, Map<String, String> environment, Path folder, @Nullable PlanSource plans) {
        this.catalogue = catalogue;
        this.environment = environment;
        this.folder = folder;
        this.plans = plans;
    }

    /**
     * What came out of a document.
     *
     * @param warnings doubts, such as a pool that the rules keep out
     */
    public record Result(GatewaySettings settings, List<Issue> warnings) {

        public Result {
            warnings = List.copyOf(warnings);
        }
    }

    /** The attribute table of the document. */
    public static Section language() {
        return GatewayTable.SECTION;
    }

    /**
     * Reads a file.
     *
     * @param environment where credentials are looked for
     * @param traffic the plan to carry out; null when the document lists models itself
     * @param plans where plans that the document names are read; null when it may name none
     * @throws DocumentException with every mistake
     */
    public static Result read(
            Path file,
            Catalogue catalogue,
            Map<String, String> environment,
            @Nullable PlannedTraffic traffic,
            @Nullable PlanSource plans) {
        Path parent = file.toAbsolutePath().normalize().getParent();
        return new GatewayReader(catalogue, environment, parent == null ? Path.of("") : parent, plans)
                .result(YamlDocument.readLeniently(file), traffic);
    }

    /** Reads a file that names no plan; as the other otherwise. */
    public static Result read(
            Path file, Catalogue catalogue, Map<String, String> environment, @Nullable PlannedTraffic traffic) {
        return read(file, catalogue, environment, traffic, null);
    }

    /** Reads text; {@code name} stands for it in messages. As for a file otherwise. */
    public static Result parse(
            String name,
            String text,
            Catalogue catalogue,
            Map<String, String> environment,
            @Nullable PlannedTraffic traffic) {
        return new GatewayReader(catalogue, environment, Path.of(""), null)
                .result(YamlDocument.parseLeniently(name, text), traffic);
    }

    private Result result(YamlDocument.Reading document, @Nullable PlannedTraffic traffic) {
        document.issues().forEach(reading::add);
        GatewaySettings settings = null;
        if (document.root() != null) {
            learn(document.root(), traffic);
            Form root = Nested.of(GatewayTable.SECTION).read(document.root(), reading);
            if (root != null && root.isSound()) {
                settings = settings(root, traffic);
            }
        }
        if (reading.errors() > 0 || settings == null) {
            throw new DocumentException(
                    reading.issues().stream().filter(Issue::isError).toList());
        }
        return new Result(settings, reading.issues());
    }

    private void learn(io.ampacity.documents.DocumentNode root, @Nullable PlannedTraffic traffic) {
        Set<String> upstreams = new HashSet<>();
        Set<String> classes = new HashSet<>();
        if (root instanceof MappingNode mapping) {
            if (mapping.member("upstreams") instanceof MappingNode named) {
                upstreams.addAll(named.members().keySet());
            }
            if (mapping.member("data-classes") instanceof MappingNode named) {
                classes.addAll(named.members().keySet());
            }
        }
        if (traffic != null) {
            classes.addAll(traffic.scenario().policy().dataClasses().keySet());
        }
        reading.learn(Vocabulary.of("upstream", upstreams, "add it under upstreams"));
        reading.learn(Vocabulary.of("data class", classes, "add it under data-classes"));
    }

    private @Nullable GatewaySettings settings(Form root, @Nullable PlannedTraffic traffic) {
        Map<String, DataClass> dataClasses = dataClasses(root, traffic);
        UpstreamBuilding building = new UpstreamBuilding(reading, catalogue, environment, folder);
        Map<String, UpstreamSettings> upstreams = new LinkedHashMap<>();
        Map<String, Form> forms = root.value(GatewayTable.UPSTREAMS);
        forms.forEach((id, form) -> {
            UpstreamSettings upstream = building.upstream(id, form);
            if (upstream != null) {
                upstreams.put(id, upstream);
            }
        });
        List<KeySettings> keys = keys(root);
        FleetBuilding fleets = new FleetBuilding(reading, building, upstreams, forms, dataClasses);
        Fleet live = fleet(root, traffic, fleets);
        List<ShadowSettings> shadows =
                new ArrayList<>(new ShadowBuilding(reading, building, upstreams, forms, dataClasses)
                        .shadows(root.valueOrNull(GatewayTable.MODELS)));
        if (live == null || reading.errors() > 0) {
            return null;
        }
        PlanTrialBuilding trials = new PlanTrialBuilding(reading, fleets, folder, plans);
        Fleet fleet = trials.onTrial(live, root);
        shadows.addAll(trials.shadows(live, root));
        if (fleet == null || reading.errors() > 0) {
            return null;
        }
        for (String refusal : fleet.refusals()) {
            reading.warning(root.place(), null, "kept out by the rules: " + refusal, null);
        }
        LedgerSettings ledger = new BooksBuilding(reading, environment, folder).ledger(root);
        TelemetrySettings telemetry = new TelemetryBuilding(reading, environment, folder).telemetry(root);
        if (reading.errors() > 0) {
            return null;
        }
        Form listen = root.value(GatewayTable.LISTEN);
        TlsFiles tls = tls(listen);
        if (reading.errors() > 0) {
            return null;
        }
        Form admin = root.value(GatewayTable.ADMIN);
        TlsFiles adminTls = tls(admin);
        OidcSettings oidc = new OidcBuilding(reading).oidc(admin.valueOrNull(ListenTable.OIDC));
        if (reading.errors() > 0) {
            return null;
        }
        Integer port = listen.valueOrNull(ListenTable.PORT);
        Integer adminPort = admin.valueOrNull(ListenTable.PORT);
        Integer threads = root.valueOrNull(GatewayTable.THREADS);
        String replica = root.valueOrNull(GatewayTable.REPLICA);
        String journal = root.valueOrNull(GatewayTable.JOURNAL);
        return GatewaySettings.usual(fleet).but(settings -> {
            settings.host = listen.value(ListenTable.HOST);
            settings.port = port == null ? CLIENT_PORT : port;
            settings.tls = tls;
            settings.adminHost = admin.value(ListenTable.HOST);
            settings.adminPort = adminPort == null ? ADMIN_PORT : adminPort;
            settings.adminTls = adminTls;
            settings.adminConnections = admin.value(ListenTable.CONNECTIONS);
            settings.oidc = oidc;
            settings.threads = threads == null ? settings.threads : threads;
            settings.replica = replica == null ? environment.getOrDefault("HOSTNAME", settings.replica) : replica;
            settings.router = RoutingPolicies.named(root.value(GatewayTable.ROUTER));
            settings.limits = limits(root.value(GatewayTable.LIMITS));
            settings.retries = retries(root.value(GatewayTable.RETRIES));
            settings.breakers = breakers(root.value(GatewayTable.BREAKERS));
            settings.hedging = hedging(root.valueOrNull(GatewayTable.HEDGING));
            settings.overload = overload(root.valueOrNull(GatewayTable.OVERLOAD));
            settings.holdBackTokens = root.value(GatewayTable.HOLD_BACK);
            settings.usageExtension = root.value(GatewayTable.USAGE_EXTENSION);
            settings.drills = root.value(GatewayTable.DRILLS);
            settings.keys = keys;
            settings.ledger = ledger;
            settings.telemetry = telemetry;
            settings.shadows = shadows;
            settings.plans = trials.plans();
            settings.journal = journal == null && ledger == null
                    ? null
                    : folder.resolve(journal == null ? JOURNAL : journal).toString();
        });
    }

    private @Nullable TlsFiles tls(Form listen) {
        String certificate = listen.valueOrNull(ListenTable.CERTIFICATE);
        String key = listen.valueOrNull(ListenTable.KEY);
        if (certificate == null && key == null) {
            return null;
        }
        if (certificate == null || key == null) {
            reading.error(
                    listen.place(),
                    null,
                    certificate == null ? "there is a key, but no certificate" : "there is a certificate, but no key",
                    "write both certificate: and key:, or neither");
            return null;
        }
        try {
            TlsFiles files = new TlsFiles(folder.resolve(certificate), folder.resolve(key));
            files.context();
            return files;
        } catch (IllegalArgumentException unusable) {
            reading.error(listen.place(), null, String.valueOf(unusable.getMessage()), null);
            return null;
        }
    }

    private static @Nullable HedgeSettings hedging(@Nullable Form form) {
        return form == null ? null : new HedgeSettings(form.value(HedgingTable.AFTER), form.value(HedgingTable.SHARE));
    }

    private static OverloadSettings overload(@Nullable Form form) {
        return form == null
                ? OverloadSettings.NONE
                : new OverloadSettings(
                        form.value(OverloadTable.MOST_OPEN),
                        form.value(OverloadTable.NORMAL_SHARE),
                        form.value(OverloadTable.LOW_SHARE));
    }

    private @Nullable Fleet fleet(Form root, @Nullable PlannedTraffic traffic, FleetBuilding fleets) {
        Map<String, Form> models = root.valueOrNull(GatewayTable.MODELS);
        if (models != null && traffic != null) {
            reading.error(
                    root.place(GatewayTable.MODELS),
                    null,
                    "models are listed here and planned too",
                    "leave models out: the plan's serving workloads are the models");
            return null;
        }
        if (traffic != null) {
            return fleets.planned(traffic, root);
        }
        if (models == null || models.isEmpty()) {
            reading.error(
                    root.place(GatewayTable.MODELS),
                    null,
                    "no model is listed and no plan is given",
                    "add models: with the pools of each, or name a plan");
            return null;
        }
        return fleets.listed(models);
    }

    private Map<String, DataClass> dataClasses(Form root, @Nullable PlannedTraffic traffic) {
        Map<String, DataClass> classes = new LinkedHashMap<>();
        if (traffic != null) {
            traffic.scenario()
                    .policy()
                    .dataClasses()
                    .forEach((name, rules) -> classes.put(name, FleetBuilding.dataClass(name, rules)));
        }
        Map<String, Form> stated = root.valueOrNull(GatewayTable.DATA_CLASSES);
        if (stated != null) {
            stated.forEach((name, form) -> {
                if (classes.containsKey(name)) {
                    reading.error(
                            form.place(), name, "the plan's scenario has rules for this class already", "leave it out");
                }
                List<String> suppliers = form.valueOrNull(DataClassTable.SUB_PROCESSORS);
                List<String> countries = form.valueOrNull(DataClassTable.JURISDICTIONS);
                Set<String> upper = new HashSet<>();
                if (countries != null) {
                    countries.forEach(country -> upper.add(country.toUpperCase(Locale.ROOT)));
                }
                classes.put(
                        name,
                        new DataClass(
                                name,
                                suppliers == null ? null : Set.copyOf(suppliers),
                                countries == null ? null : Set.copyOf(upper)));
            });
        }
        return classes;
    }

    private List<KeySettings> keys(Form root) {
        List<KeySettings> keys = new ArrayList<>();
        Map<String, Form> stated = root.valueOrNull(GatewayTable.KEYS);
        if (stated == null) {
            return keys;
        }
        stated.forEach((name, form) -> {
            String hash = form.value(KeyTable.HASH).toLowerCase(Locale.ROOT);
            if (!HASH.matcher(hash).matches()) {
                // It may be the key itself, so it is not shown.
                reading.error(
                        form.place(KeyTable.HASH),
                        null,
                        "this is no SHA-256 in hex, which has 64 digits",
                        "make it with: printf %s KEY | sha256sum");
                return;
            }
            List<String> models = form.valueOrNull(KeyTable.MODELS);
            keys.add(new KeySettings(
                    name,
                    hash,
                    models == null ? Set.of() : Set.copyOf(models),
                    form.valueOrNull(KeyTable.DATA_CLASS),
                    form.valueOrNull(KeyTable.REQUESTS),
                    form.valueOrNull(KeyTable.TOKENS),
                    form.valueOrNull(KeyTable.BUDGET),
                    form.value(KeyTable.PERIOD),
                    form.value(KeyTable.PRIORITY)));
        });
        return keys;
    }

    private static Limits limits(Form form) {
        return new Limits(
                form.value(LimitTable.CONNECT),
                form.value(LimitTable.HEAD),
                form.value(LimitTable.FIRST_TOKEN),
                form.value(LimitTable.TOKEN),
                form.value(LimitTable.TOTAL),
                form.value(LimitTable.CLIENT_HEAD),
                form.value(LimitTable.CLIENT_BODY),
                form.value(LimitTable.CLIENT_IDLE),
                form.value(LimitTable.DRAIN),
                form.value(LimitTable.WAIT),
                HEAD_BYTES,
                form.value(LimitTable.BODY).intValue(),
                form.value(LimitTable.EVENT).intValue(),
                ANSWER_BYTES);
    }

    private static RetrySettings retries(Form form) {
        return new RetrySettings(
                form.value(RetryTable.ATTEMPTS), form.value(RetryTable.BACKOFF), form.value(RetryTable.SHARE), RESERVE);
    }

    private static BreakerSettings breakers(Form form) {
        double open = form.value(BreakerTable.OPEN);
        return new BreakerSettings(
                form.value(BreakerTable.FAILURES), open, Math.max(open, form.value(BreakerTable.LONGEST)), 1);
    }
}
