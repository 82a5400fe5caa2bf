package io.ampacity.gateway.reading;

import io.ampacity.documents.schema.Amount;
import io.ampacity.documents.schema.Attribute;
import io.ampacity.documents.schema.ById;
import io.ampacity.documents.schema.Form;
import io.ampacity.documents.schema.Listing;
import io.ampacity.documents.schema.Nested;
import io.ampacity.documents.schema.Section;
import io.ampacity.documents.schema.Text;
import io.ampacity.documents.schema.Whole;
import io.ampacity.documents.schema.Word;
import io.ampacity.gateway.protocol.Speech;
import io.ampacity.gateway.reading.OperationsTable.HealthTable;
import io.ampacity.gateway.reading.OperationsTable.HedgingTable;
import io.ampacity.gateway.reading.OperationsTable.LedgerTable;
import io.ampacity.gateway.reading.OperationsTable.OverloadTable;
import io.ampacity.gateway.settings.BudgetPeriod;
import io.ampacity.gateway.settings.Priority;
import io.ampacity.routing.policy.RoutingPolicies;
import io.ampacity.units.Dimension;
import java.util.List;
import java.util.Map;

/** What a gateway's document may say. */
final class GatewayTable {

    private static final int LONGEST_PORT = 65_535;
    private static final int LONGEST_TEXT = 500;

    private static Attribute<Double> seconds(String key, String usual, String description) {
        return Attribute.of(key, Amount.of(Dimension.TIME).positive().atMost(86_400), description)
                .orElse(usual);
    }

    /** Where it listens. */
    static final class ListenTable {
        static final Attribute<String> HOST = Attribute.of(
                        "host",
                        Text.upTo(LONGEST_TEXT),
                        "Address to listen on; `0.0.0.0` for every one of this machine.")
                .orElse("127.0.0.1");
        static final Attribute<Integer> PORT = Attribute.of(
                        "port", Whole.between(0, LONGEST_PORT), "0 takes one that is free.")
                .example("8080");

        static final Attribute<String> CERTIFICATE = Attribute.of(
                        "certificate",
                        Text.upTo(LONGEST_TEXT),
                        "PEM file of its certificate, and of those that vouch for it: with it, only TLS is spoken.")
                .whenAbsent("connections are plain")
                .example("gateway.pem");
        static final Attribute<String> KEY = Attribute.of(
                        "key", Text.upTo(LONGEST_TEXT), "PEM file of the certificate's key, without a password.")
                .whenAbsent("connections are plain")
                .example("gateway.key");

        static final Section SECTION =
                Section.of("listener", "Where clients' connections are taken.", HOST, PORT, CERTIFICATE, KEY);
        static final Attribute<Form> OIDC = Attribute.<Form>of(
                        "oidc", Nested.of(OidcTable.SECTION), "Whose tokens operators show.")
                .whenAbsent("everybody who reaches the port may do all");
        static final Section OPERATORS =
                Section.of("operator listener", "Where operators' connections are taken.", HOST, PORT, OIDC);

        private ListenTable() {}
    }

    /** Tokens' prices. */
    static final class PriceTable {
        private static Attribute<Double> price(String key, String description) {
            return Attribute.of(
                            key,
                            Amount.of(Dimension.MONEY)
                                    .followedBy("/Mtokens")
                                    .atLeast(0)
                                    .atMost(100_000),
                            description)
                    .example("0.60 USD/Mtokens");
        }

        static final Attribute<Double> PROMPT =
                price("prompt", "Of a million prompt tokens.").mandatory();
        static final Attribute<Double> CACHED =
                price("cached", "Of those that a cache gave.").whenAbsent("as prompt");
        static final Attribute<Double> CACHE_WRITE =
                price("cache-write", "Of those that a cache took.").whenAbsent("as prompt");
        static final Attribute<Double> OUTPUT = price("output", "Of a million output tokens, reasoning included.")
                .mandatory();
        static final Attribute<String> AS_OF = Attribute.of("as-of", Text.upTo(10), "Day on which they were looked up.")
                .mandatory()
                .example("2026-11-01");
        static final Attribute<String> SOURCE = Attribute.of("source", Text.upTo(LONGEST_TEXT), "Where.")
                .mandatory()
                .example("contract of 2026");

        static final Section SECTION =
                Section.of("token prices", "What tokens cost.", PROMPT, CACHED, CACHE_WRITE, OUTPUT, AS_OF, SOURCE);

        private PriceTable() {}
    }

    /** What a model runs on. */
    static final class HardwareTable {
        static final Attribute<String> MODEL = Attribute.of(
                        "model", Text.upTo(LONGEST_TEXT), "Catalogue id of the language model.")
                .mandatory()
                .example("llama-3.1-70b");
        static final Attribute<String> CHIP = Attribute.of("chip", Text.upTo(LONGEST_TEXT), "Catalogue id of the chip.")
                .mandatory()
                .example("h100-sxm");
        static final Attribute<Integer> TENSOR_PARALLEL = Attribute.of(
                        "tensor-parallel", Whole.between(1, 1024), "Chips that share each layer.")
                .orElse("1");
        static final Attribute<Integer> BATCH = Attribute.of(
                        "batch", Whole.between(1, 100_000), "Sequences that run at once, as a rule.")
                .orElse("32");
        static final Attribute<Double> PUE = Attribute.of(
                        "pue",
                        Amount.of(Dimension.FRACTION).atLeast(1).atMost(5),
                        "Power of the whole site over that of its computers.")
                .orElse("1.3");
        static final Attribute<Double> INTENSITY = Attribute.of(
                        "carbon-intensity",
                        Amount.of(Dimension.CARBON_INTENSITY).atLeast(0),
                        "Of the site's electricity.")
                .whenAbsent("unknown")
                .example("350 g/kWh");

        static final Section SECTION = Section.of(
                "hardware",
                "What a model runs on, from which energy is estimated.",
                MODEL,
                CHIP,
                TENSOR_PARALLEL,
                BATCH,
                PUE,
                INTENSITY);

        private HardwareTable() {}
    }

    /** A server that may be asked. */
    static final class UpstreamTable {
        static final Attribute<String> ADDRESS = Attribute.of(
                        "address",
                        Text.upTo(LONGEST_TEXT),
                        "`http` or `https`, host, port, and what stands before `/chat/completions`.")
                .mandatory()
                .example("https://llm.example.com/v1");
        static final Attribute<Speech> PROTOCOL = Attribute.of(
                        "protocol",
                        Word.of(Speech.class),
                        "What it speaks; requests in another protocol are translated where that loses nothing.")
                .orElse("openai");
        static final Attribute<String> VERSION = Attribute.of(
                        "api-version", Text.upTo(64), "Of its protocol: Azure wants one.")
                .whenAbsent("the usual one")
                .example("2024-10-21");
        static final Attribute<String> REGION = Attribute.of(
                        "region", Text.upTo(64), "That requests to Bedrock are signed for.")
                .whenAbsent("us-east-1")
                .example("eu-central-1");
        static final Attribute<String> SUPPLIER = Attribute.of(
                        "supplier",
                        Text.upTo(64),
                        "Who operates it; `own` is your own organisation, all others are sub-processors.")
                .mandatory()
                .example("azure");
        static final Attribute<String> SITE =
                Attribute.of("site", Text.upTo(64), "Where it stands.").whenAbsent("its own name");
        static final Attribute<String> JURISDICTION = Attribute.of(
                        "jurisdiction", Text.upTo(2), "Country of that place, two letters.")
                .whenAbsent("unknown, which satisfies no rule")
                .example("DE");
        static final Attribute<String> QUOTA_GROUP = Attribute.of(
                        "quota-group", Text.upTo(64), "What fails, and is throttled, together.")
                .whenAbsent("its own name");
        static final Attribute<List<String>> ENDPOINTS = Attribute.of(
                        "endpoints",
                        Listing.distinct(
                                new Word<>(words("chat", "completions", "responses", "embeddings", "messages"))),
                        "What it understands without translation.")
                .whenAbsent(
                        "what its protocol has: chat, completions and embeddings of OpenAI's, messages of Anthropic's");
        static final Attribute<Boolean> IMAGES = flag("images", "Whether it takes pictures.", "no");
        static final Attribute<io.ampacity.gateway.protocol.Prefill> PREFILL = Attribute.of(
                        "prefill",
                        Word.of(io.ampacity.gateway.protocol.Prefill.class),
                        "How it goes on from words of the assistant: vLLM and SGLang by `continue`.")
                .orElse("none");
        static final Attribute<Boolean> CONTINUOUS_USAGE = flag(
                "continuous-usage",
                "Whether it tells usage in each event when asked (vLLM), so that broken answers are counted exactly.",
                "no");
        static final Attribute<String> CREDENTIAL = Attribute.of(
                        "credential", Text.upTo(LONGEST_TEXT), "`env:NAME` or `file:PATH` of what it is shown.")
                .whenAbsent("it is shown nothing")
                .example("env:AZURE_KEY");
        static final Attribute<String> TRUST = Attribute.of(
                        "trust", Text.upTo(LONGEST_TEXT), "PEM file of the certificates it is checked with.")
                .whenAbsent("those of this machine");
        static final Attribute<String> MODEL = Attribute.of(
                        "model", Text.upTo(LONGEST_TEXT), "Name that it knows its model by, where a pool names none.")
                .whenAbsent("as clients name it");
        static final Attribute<Form> HEALTH = Attribute.<Form>of(
                        "health", Nested.of(HealthTable.SECTION), "How it is asked whether it is well.")
                .whenAbsent("only its answers tell");
        static final Attribute<Form> PRICE = Attribute.<Form>of(
                        "price", Nested.of(PriceTable.SECTION), "What its tokens cost, where a pool tells none.")
                .whenAbsent("unknown, which raises an alarm");
        static final Attribute<Form> HARDWARE = Attribute.<Form>of(
                        "hardware", Nested.of(HardwareTable.SECTION), "What it runs on, where a pool tells nothing.")
                .whenAbsent("unknown");

        static final Section SECTION = Section.of(
                "upstream",
                "A server that may be asked. Nothing that a request says can add one.",
                ADDRESS,
                PROTOCOL,
                VERSION,
                REGION,
                SUPPLIER,
                SITE,
                JURISDICTION,
                QUOTA_GROUP,
                ENDPOINTS,
                IMAGES,
                PREFILL,
                CONTINUOUS_USAGE,
                CREDENTIAL,
                TRUST,
                HEALTH,
                MODEL,
                PRICE,
                HARDWARE);

        private UpstreamTable() {}
    }

    /** How a pool is tried. */
    static final class CanaryTable {
        static final Attribute<Double> SHARE = Attribute.of(
                        "share",
                        Amount.of(Dimension.FRACTION).positive().atMost(0.5),
                        "Of the model's requests, chosen by their ids.")
                .orElse("5 %");
        static final Attribute<Double> WORSE_BY = Attribute.of(
                        "worse-by",
                        Amount.of(Dimension.FRACTION).atLeast(1.01).atMost(1000),
                        "Factor of the others' share of failures, or of their mean time to the first token, above which it"
                                + " is stopped.")
                .orElse("2");
        static final Attribute<Integer> REQUESTS = Attribute.of(
                        "requests",
                        Whole.between(io.ampacity.gateway.settings.CanarySettings.FEWEST_FAILURES, 1_000_000),
                        "Of its own, over which it is compared, then anew. Three failures are the fewest that stop it.")
                .orElse("100");

        static final Section SECTION = Section.of(
                "canary",
                "A pool on trial: it gets its share and nothing else, and nothing once it is worse than the others.",
                SHARE,
                WORSE_BY,
                REQUESTS);

        private CanaryTable() {}
    }

    /** A model on an upstream. */
    static final class PoolTable {
        static final Attribute<String> UPSTREAM = Attribute.of(
                        "upstream", new io.ampacity.documents.schema.Name("upstream", "frankfurt"), "Who is asked.")
                .mandatory();
        static final Attribute<Double> WEIGHT = Attribute.of(
                        "weight",
                        Amount.of(Dimension.FRACTION).atLeast(0).atMost(1_000_000),
                        "Its part of the traffic, against the others; 0 only stands in.")
                .orElse("1");
        static final Attribute<String> MODEL = Attribute.of(
                        "model", Text.upTo(LONGEST_TEXT), "Name that the upstream knows the model by.")
                .whenAbsent("as the upstream says");
        static final Attribute<Form> PRICE = Attribute.<Form>of(
                        "price", Nested.of(PriceTable.SECTION), "What tokens cost here.")
                .whenAbsent("as the upstream says");
        static final Attribute<Form> HARDWARE = Attribute.<Form>of(
                        "hardware", Nested.of(HardwareTable.SECTION), "What it runs on here.")
                .whenAbsent("as the upstream says");

        static final Attribute<Form> CANARY = Attribute.<Form>of(
                        "canary", Nested.of(CanaryTable.SECTION), "How it is tried; its weight does not count then.")
                .whenAbsent("it is not on trial");

        static final Section SECTION =
                Section.of("pool", "A model on one upstream.", UPSTREAM, WEIGHT, MODEL, PRICE, HARDWARE, CANARY);

        private PoolTable() {}
    }

    /** A model that clients may ask for. */
    static final class ModelTable {
        static final Attribute<String> DATA_CLASS = Attribute.of(
                        "data-class",
                        new io.ampacity.documents.schema.Name("data class", "personal"),
                        "Rules that every request to it falls under.")
                .whenAbsent("none");
        static final Attribute<List<Form>> POOLS = Attribute.of(
                        "pools", Listing.of(Nested.of(PoolTable.SECTION)), "Who answers.")
                .mandatory();

        static final Attribute<Form> SHADOW = Attribute.<Form>of(
                        "shadow", Nested.of(ShadowTable.SECTION), "Who is sent copies of its requests, to compare.")
                .whenAbsent("nobody");

        static final Section SECTION =
                Section.of("model", "A model that clients may ask for.", DATA_CLASS, POOLS, SHADOW);

        private ModelTable() {}
    }

    /** Rules of a class of data. */
    static final class DataClassTable {
        static final Attribute<List<String>> SUB_PROCESSORS = Attribute.of(
                        "sub-processors",
                        Listing.distinct(Text.upTo(64)),
                        "Suppliers that may process it; your own organisation always may.")
                .whenAbsent("any supplier may")
                .example("[azure]");
        static final Attribute<List<String>> JURISDICTIONS = Attribute.of(
                        "jurisdictions", Listing.distinct(Text.upTo(2)), "Countries where it may be processed.")
                .whenAbsent("anywhere")
                .example("[DE, FR]");

        static final Section SECTION =
                Section.of("data class", "Where data of a class may be processed.", SUB_PROCESSORS, JURISDICTIONS);

        private DataClassTable() {}
    }

    /** A key that clients may show. */
    static final class KeyTable {
        static final Attribute<String> HASH = Attribute.of(
                        "sha256", Text.upTo(64), "SHA-256 of the key, in hex; the key itself is stored nowhere.")
                .mandatory()
                .example("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08");
        static final Attribute<List<String>> MODELS = Attribute.of(
                        "models", Listing.distinct(Text.upTo(LONGEST_TEXT)), "Models it may ask for.")
                .whenAbsent("all");
        static final Attribute<String> DATA_CLASS = Attribute.of(
                        "data-class",
                        new io.ampacity.documents.schema.Name("data class", "personal"),
                        "Rules that its requests fall under, beside those of the model.")
                .whenAbsent("none");
        static final Attribute<Double> REQUESTS = Attribute.of(
                        "requests-per-minute", Amount.of(Dimension.COUNT).positive(), "Most it may ask.")
                .whenAbsent("no limit");
        static final Attribute<Double> TOKENS = Attribute.of(
                        "tokens-per-minute", Amount.of(Dimension.COUNT).positive(), "Most it may use.")
                .whenAbsent("no limit");
        static final Attribute<Double> BUDGET = Attribute.of(
                        "budget",
                        Amount.of(Dimension.MONEY).positive(),
                        "Most it may spend in a period: money is set aside before a call, and a stream is cut where none"
                                + " is left. Pools of unknown price are not asked then.")
                .whenAbsent("no limit")
                .example("500 USD");
        static final Attribute<BudgetPeriod> PERIOD = Attribute.of(
                        "budget-period",
                        Word.of(BudgetPeriod.class),
                        "How often the budget begins anew, by UTC. Without a ledger it also does when the gateway starts.")
                .orElse("month");
        static final Attribute<Priority> PRIORITY = Attribute.of(
                        "priority",
                        Word.of(Priority.class),
                        "When not all can be served; a request can lower its own with `X-Ampacity-Priority`.")
                .orElse("normal");

        static final Section SECTION = Section.of(
                "key",
                "A key that clients may show.",
                HASH,
                MODELS,
                DATA_CLASS,
                REQUESTS,
                TOKENS,
                BUDGET,
                PERIOD,
                PRIORITY);

        private KeyTable() {}
    }

    /** Times and sizes. */
    static final class LimitTable {
        static final Attribute<Double> CONNECT = seconds("connect", "2 s", "Name, connection and TLS together.");
        static final Attribute<Double> HEAD = seconds("head", "10 s", "Until a stream's head.");
        static final Attribute<Double> FIRST_TOKEN =
                seconds("first-token", "20 s", "From the head to the first token.");
        static final Attribute<Double> TOKEN = seconds("token", "15 s", "Between two events of a stream.");
        static final Attribute<Double> TOTAL = seconds("total", "10 min", "A request, all attempts together.");
        static final Attribute<Double> CLIENT_HEAD =
                seconds("client-head", "10 s", "That a client may take for a request's head.");
        static final Attribute<Double> CLIENT_BODY = seconds("client-body", "60 s", "That it may take for its body.");
        static final Attribute<Double> CLIENT_IDLE =
                seconds("client-idle", "75 s", "That its connection may rest between requests.");
        static final Attribute<Double> DRAIN =
                seconds("drain", "30 s", "That open requests get when the gateway stops.");
        static final Attribute<Double> WAIT =
                seconds("longest-wait", "2 s", "That a request is held while every upstream asks to be left alone.");
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

    /** Second and further attempts. */
    static final class RetryTable {
        static final Attribute<Integer> ATTEMPTS = Attribute.of(
                        "attempts", Whole.between(1, 20), "Most of one request, the first included.")
                .orElse("3");
        static final Attribute<Double> BACKOFF =
                seconds("backoff", "100 ms", "Wait before everybody who failed is asked again; doubles each time.");
        static final Attribute<Double> SHARE = Attribute.of(
                        "share",
                        Amount.of(Dimension.FRACTION).atLeast(0).atMost(10),
                        "Retries for each request that arrives, so that an outage does not double the load.")
                .orElse("20 %");

        static final Section SECTION = Section.of("retries", "Second and further attempts.", ATTEMPTS, BACKOFF, SHARE);

        private RetryTable() {}
    }

    /** When a quota group is given a rest. */
    static final class BreakerTable {
        static final Attribute<Integer> FAILURES = Attribute.of(
                        "failures", Whole.between(1, 1000), "In a row, until it opens.")
                .orElse("5");
        static final Attribute<Double> OPEN = seconds("open", "5 s", "Until one request tries again.");
        static final Attribute<Double> LONGEST = seconds("longest", "60 s", "The wait doubles up to this.");

        static final Section SECTION =
                Section.of("breakers", "When a quota group that fails is given a rest.", FAILURES, OPEN, LONGEST);

        private BreakerTable() {}
    }

    static final Attribute<Form> LISTEN = Attribute.<Form>of(
                    "listen", Nested.of(ListenTable.SECTION), "Where clients come.")
            .orElse("{}");
    static final Attribute<Form> ADMIN = Attribute.<Form>of(
                    "admin", Nested.of(ListenTable.OPERATORS), "Where operators look.")
            .orElse("{}");
    static final Attribute<Integer> THREADS =
            Attribute.of("threads", Whole.between(1, 1024), "Event loops.").whenAbsent("one a processor");
    static final Attribute<String> REPLICA = Attribute.of(
                    "replica", Text.upTo(100), "Name of this gateway among those that share a ledger.")
            .whenAbsent("the name of the machine");
    static final Attribute<Form> LEDGER = Attribute.<Form>of(
                    "ledger", Nested.of(LedgerTable.SECTION), "Where the books are kept.")
            .whenAbsent("none are kept beside the journal");
    static final Attribute<Form> OVERLOAD = Attribute.<Form>of(
                    "overload", Nested.of(OverloadTable.SECTION), "When requests are turned away.")
            .whenAbsent("never");
    static final Attribute<Form> HEDGING = Attribute.<Form>of(
                    "hedging", Nested.of(HedgingTable.SECTION), "When a second upstream is asked beside the first.")
            .whenAbsent("never");
    static final Attribute<String> JOURNAL = Attribute.of(
                    "journal", Text.upTo(LONGEST_TEXT), "File that every request is written to.")
            .whenAbsent("none is written, or `requests.jsonl` where there is a ledger")
            .example("requests.jsonl");
    static final Attribute<Form> TELEMETRY = Attribute.<Form>of(
                    "telemetry", Nested.of(TelemetryTable.SECTION), "What a collector of OpenTelemetry is told.")
            .whenAbsent("nothing is told");
    static final Attribute<String> ROUTER = Attribute.of(
                    "router",
                    new Word<>(words(RoutingPolicies.names().toArray(String[]::new))),
                    "Who of those that may is asked.")
            .orElse("plan-weighted");
    static final Attribute<Integer> HOLD_BACK = Attribute.of(
                    "hold-back",
                    Whole.between(0, 100_000),
                    "Tokens of a stream that are held back, so that one which breaks within them can begin again unseen.")
            .orElse("0");
    static final Attribute<Boolean> USAGE_EXTENSION =
            flag("usage-extension", "Whether every answer's usage tells cost, energy and carbon.", "no");
    static final Attribute<Boolean> DRILLS = flag(
            "drills", "Whether `ampacity drill` may break upstreams on purpose, through the operators' port.", "no");
    static final Attribute<Map<String, Form>> UPSTREAMS = Attribute.of(
                    "upstreams", new ById<>("upstream", Nested.of(UpstreamTable.SECTION)), "Servers that may be asked.")
            .mandatory();
    static final Attribute<Map<String, Form>> MODELS = Attribute.of(
                    "models", new ById<>("model", Nested.of(ModelTable.SECTION)), "What clients may ask for.")
            .whenAbsent("the serving workloads of the plan");
    static final Attribute<Map<String, Form>> DATA_CLASSES = Attribute.of(
                    "data-classes", new ById<>("data class", Nested.of(DataClassTable.SECTION)), "Rules by name.")
            .whenAbsent("none, or those of the plan's scenario");
    static final Attribute<Map<String, Form>> KEYS = Attribute.of(
                    "keys", new ById<>("key", Nested.of(KeyTable.SECTION)), "Who may ask.")
            .whenAbsent("everybody may");
    static final Attribute<Form> LIMITS = Attribute.<Form>of(
                    "limits", Nested.of(LimitTable.SECTION), "How long and how large anything may be.")
            .orElse("{}");
    static final Attribute<Form> RETRIES = Attribute.<Form>of(
                    "retries", Nested.of(RetryTable.SECTION), "Second and further attempts.")
            .orElse("{}");
    static final Attribute<Form> BREAKERS = Attribute.<Form>of(
                    "breakers", Nested.of(BreakerTable.SECTION), "When a quota group is given a rest.")
            .orElse("{}");

    static final Section SECTION = Section.of(
            "gateway",
            "What a gateway is told.",
            LISTEN,
            ADMIN,
            THREADS,
            REPLICA,
            JOURNAL,
            LEDGER,
            ROUTER,
            HOLD_BACK,
            USAGE_EXTENSION,
            DRILLS,
            UPSTREAMS,
            MODELS,
            DATA_CLASSES,
            KEYS,
            LIMITS,
            RETRIES,
            BREAKERS,
            HEDGING,
            OVERLOAD,
            TELEMETRY);

    private GatewayTable() {}

    private static Attribute<Boolean> flag(String key, String description, String usual) {
        Map<String, Boolean> words = new java.util.LinkedHashMap<>();
        words.put("yes", true);
        words.put("no", false);
        words.put("true", true);
        words.put("false", false);
        return Attribute.of(key, new Word<>(words), description).orElse(usual);
    }

    private static Map<String, String> words(String... words) {
        Map<String, String> meanings = new java.util.LinkedHashMap<>();
        for (String word : words) {
            meanings.put(word, word);
        }
        return meanings;
    }
}
