package io.ampacity.gateway.reading;

import io.ampacity.documents.schema.Attribute;
import io.ampacity.documents.schema.ById;
import io.ampacity.documents.schema.Form;
import io.ampacity.documents.schema.Nested;
import io.ampacity.documents.schema.Section;
import io.ampacity.documents.schema.Text;
import io.ampacity.documents.schema.Whole;
import io.ampacity.documents.schema.Word;
import io.ampacity.gateway.reading.OperationsTable.HedgingTable;
import io.ampacity.gateway.reading.OperationsTable.LedgerTable;
import io.ampacity.gateway.reading.OperationsTable.OverloadTable;
import io.ampacity.routing.policy.RoutingPolicies;
import java.util.Map;

/** What a gateway's document may say. */
final class GatewayTable {

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
                    "journal", Text.upTo(Common.LONGEST_TEXT), "File that every request is written to.")
            .whenAbsent("none is written, or `requests.jsonl` where there is a ledger")
            .example("requests.jsonl");
    static final Attribute<Form> TELEMETRY = Attribute.<Form>of(
                    "telemetry", Nested.of(TelemetryTable.SECTION), "What a collector of OpenTelemetry is told.")
            .whenAbsent("nothing is told");
    static final Attribute<String> ROUTER = Attribute.of(
                    "router",
                    new Word<>(Common.words(RoutingPolicies.names().toArray(String[]::new))),
                    "Who of those that may is asked.")
            .orElse("plan-weighted");
    static final Attribute<Integer> HOLD_BACK = Attribute.of(
                    "hold-back",
                    Whole.between(0, 100_000),
                    "Tokens of a stream that are held back, so that one which breaks within them can begin again unseen.")
            .orElse("0");
    static final Attribute<Boolean> USAGE_EXTENSION =
            Common.flag("usage-extension", "Whether every answer's usage tells cost, energy and carbon.", "no");
    static final Attribute<Boolean> DRILLS = Common.flag(
            "drills", "Whether `ampacity drill` may break upstreams on purpose, through the operators' port.", "no");
    static final Attribute<Map<String, Form>> UPSTREAMS = Attribute.of(
                    "upstreams", new ById<>("upstream", Nested.of(UpstreamTable.SECTION)), "Servers that may be asked.")
            .mandatory();
    static final Attribute<Map<String, Form>> MODELS = Attribute.of(
                    "models", new ById<>("model", Nested.of(ModelTable.SECTION)), "What clients may ask for.")
            .whenAbsent("the serving workloads of the plan");
    static final Attribute<Form> CANARY = Attribute.<Form>of(
                    "canary", Nested.of(CanaryTable.OF_PLAN), "A plan that is tried beside what is carried out.")
            .whenAbsent("none");
    static final Attribute<Form> SHADOW = Attribute.<Form>of(
                    "shadow", Nested.of(ShadowTable.OF_PLAN), "A plan whose pools are sent copies of requests.")
            .whenAbsent("none");
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
            CANARY,
            SHADOW,
            DATA_CLASSES,
            KEYS,
            LIMITS,
            RETRIES,
            BREAKERS,
            HEDGING,
            OVERLOAD,
            TELEMETRY);

    private GatewayTable() {}
}
