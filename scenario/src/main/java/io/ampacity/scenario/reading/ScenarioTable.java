package io.ampacity.scenario.reading;

import io.ampacity.documents.schema.Attribute;
import io.ampacity.documents.schema.ById;
import io.ampacity.documents.schema.Form;
import io.ampacity.documents.schema.Listing;
import io.ampacity.documents.schema.Nested;
import io.ampacity.documents.schema.Section;
import io.ampacity.documents.schema.Text;
import io.ampacity.documents.schema.Whole;
import java.util.List;
import java.util.Map;

/** What a scenario document may say at its root. */
final class ScenarioTable {

    /** The version of the language that this code reads. */
    static final int VERSION = 1;

    static final Attribute<Integer> AMPACITY = Attribute.of(
                    "ampacity", Whole.between(VERSION, VERSION), "Version of this language.")
            .mandatory()
            .example("1");
    static final Attribute<String> NAME = Attribute.of("name", Text.upTo(200), "Name for reports.")
            .mandatory()
            .example("northwind");
    static final Attribute<String> DESCRIPTION =
            Attribute.of("description", Text.upTo(10_000), "What the scenario is about.");
    static final Attribute<String> EXTENDS = Attribute.of(
                    InheritedDocument.EXTENDS,
                    Text.upTo(1_000),
                    "Another scenario, in the same folder or below it, that this one changes: mappings are merged key by key, everything else is replaced.")
            .whenAbsent("it stands alone")
            .example("base.yaml");
    static final Attribute<Form> HORIZON = Attribute.<Form>of(
                    "horizon", Nested.of(HorizonTable.SECTION), "The time the plan covers.")
            .mandatory()
            .example("{start: 2027-01, period: quarter, periods: 4}");
    static final Attribute<Map<String, Form>> SUPPLIERS = Attribute.of(
                    "suppliers",
                    new ById<>("supplier", Nested.of(SupplierTable.SECTION)),
                    "Who may provide compute, by a name you choose.")
            .whenAbsent("only your own organisation")
            .example("{aws: {regions: [aws:eu-central-1]}}");
    static final Attribute<Map<String, Form>> SITES = Attribute.of(
                    "sites",
                    new ById<>("site", Nested.of(SiteTable.SECTION)),
                    "Own and edge sites, and cloud regions to refine, by a name you choose.")
            .whenAbsent("only the regions that suppliers list")
            .example("{frankfurt-dc: {jurisdiction: DE, power: 1.2 MW, pue: 1.25}}");
    static final Attribute<List<Form>> FLEET = Attribute.of(
                    "fleet", Listing.of(Nested.of(FleetTable.SECTION)), "Chips you own already.")
            .whenAbsent("none")
            .example("[{site: frankfurt-dc, chip: h100-sxm, chips: 128}]");
    static final Attribute<Map<String, Form>> WORKLOADS = Attribute.of(
                    "workloads",
                    new ById<>("workload", WorkloadTable.VARIANTS),
                    "What must be served, trained or generated, by a name you choose.")
            .mandatory()
            .example("{assistant: {model: llama-3.1-70b, traffic: {…}}}");
    static final Attribute<Form> POLICY = Attribute.<Form>of(
                    "policy", Nested.of(PolicyTable.SECTION), "Rules a plan never breaks.")
            .orElse("{}")
            .whenAbsent("no rules");
    static final Attribute<Map<String, Form>> FUTURES = Attribute.of(
                    "futures",
                    new ById<>("future", Nested.of(FutureTable.SECTION)),
                    "Ways in which things may come instead, by a name you choose.")
            .whenAbsent("things come as stated")
            .example("{steady: {probability: 70 %}, boom: {probability: 30 %, demand: 160 %}}");
    static final Attribute<Map<String, Form>> PROGRAMMES = Attribute.of(
                    "programmes",
                    new ById<>("programme", Nested.of(ProgrammeTable.SECTION)),
                    "Chips of your own that may be developed, by a name you choose.")
            .whenAbsent("none")
            .example("{titan: {chip: titan-1, first-silicon: 18 months, …}}");

    static final Attribute<Form> NETWORK = Attribute.<Form>of(
                    "network",
                    Nested.of(NetworkTable.SECTION),
                    "Where requests and data come from, and the ways between places.")
            .whenAbsent("users are near to every site, and what data costs is not counted")
            .example("{origins: {europe: {region: aws:eu-central-1}}}");

    static final Attribute<Form> SKILLS = Attribute.<Form>of(
                    "skills", Nested.of(SkillsTable.SECTION), "Families of chips your team can run or learn.")
            .whenAbsent("every family can be run")
            .example("{today: [cuda], learn: {rocm: {train: {cost: 200 kUSD, lead-time: 6 months}}}}");

    static final Attribute<List<Form>> RESALE = Attribute.of(
                    "resale",
                    Listing.of(Nested.of(ResaleTable.SECTION)),
                    "What bought chips can be sold for, at the end of the horizon or before.")
            .whenAbsent("bought chips are used to the end, and a purchase costs its annuity")
            .example("[{chip: h100-sxm, curve: [{age: 12 months, share: 60 %}, {age: 36 months, share: 25 %}]}]");

    static final Section SECTION = Section.of(
            "scenario",
            "The question: what there is, what must be served, and under which rules.",
            AMPACITY,
            NAME,
            DESCRIPTION,
            EXTENDS,
            HORIZON,
            SUPPLIERS,
            SITES,
            FLEET,
            WORKLOADS,
            POLICY,
            FUTURES,
            PROGRAMMES,
            SKILLS,
            NETWORK,
            RESALE);

    private ScenarioTable() {}
}
