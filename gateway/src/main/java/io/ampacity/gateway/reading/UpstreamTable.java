package io.ampacity.gateway.reading;

import io.ampacity.documents.schema.Attribute;
import io.ampacity.documents.schema.Form;
import io.ampacity.documents.schema.Listing;
import io.ampacity.documents.schema.Nested;
import io.ampacity.documents.schema.Section;
import io.ampacity.documents.schema.Text;
import io.ampacity.documents.schema.Word;
import io.ampacity.gateway.protocol.Prefill;
import io.ampacity.gateway.protocol.Speech;
import io.ampacity.gateway.reading.OperationsTable.HealthTable;
import java.util.List;

/** A server that may be asked. */
final class UpstreamTable {

    static final Attribute<String> ADDRESS = Attribute.of(
                    "address",
                    Text.upTo(Common.LONGEST_TEXT),
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
                            new Word<>(Common.words("chat", "completions", "responses", "embeddings", "messages"))),
                    "What it understands without translation.")
            .whenAbsent("what its protocol has: chat, completions and embeddings of OpenAI's, messages of Anthropic's");
    static final Attribute<Boolean> IMAGES = Common.flag("images", "Whether it takes pictures.", "no");
    static final Attribute<Prefill> PREFILL = Attribute.of(
                    "prefill",
                    Word.of(Prefill.class),
                    "How it goes on from words of the assistant: vLLM and SGLang by `continue`.")
            .orElse("none");
    static final Attribute<Boolean> CONTINUOUS_USAGE = Common.flag(
            "continuous-usage",
            "Whether it tells usage in each event when asked (vLLM), so that broken answers are counted exactly.",
            "no");
    static final Attribute<String> CREDENTIAL = Attribute.of(
                    "credential", Text.upTo(Common.LONGEST_TEXT), "`env:NAME` or `file:PATH` of what it is shown.")
            .whenAbsent("it is shown nothing")
            .example("env:AZURE_KEY");
    static final Attribute<String> TRUST = Attribute.of(
                    "trust", Text.upTo(Common.LONGEST_TEXT), "PEM file of the certificates it is checked with.")
            .whenAbsent("those of this machine");
    static final Attribute<String> MODEL = Attribute.of(
                    "model",
                    Text.upTo(Common.LONGEST_TEXT),
                    "Name that it knows its model by, where a pool names none.")
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
