package io.ampacity.scenario.json;

import io.ampacity.documents.schema.Attribute;
import io.ampacity.documents.schema.Form;
import io.ampacity.documents.schema.Listing;
import io.ampacity.documents.schema.Nested;
import io.ampacity.documents.schema.Real;
import io.ampacity.documents.schema.Section;
import io.ampacity.documents.schema.Text;
import io.ampacity.documents.schema.ValueType;
import io.ampacity.documents.schema.Whole;
import io.ampacity.documents.schema.Word;
import io.ampacity.facts.Engine;
import io.ampacity.facts.Precision;
import io.ampacity.scenario.Plan;
import java.util.List;

/** What a plan document says. */
final class PlanTable {

    /** The version of the document that this code reads and writes. */
    static final int VERSION = 1;

    private static final ValueType<String> SHORT = Text.verbatim(500);
    private static final ValueType<Integer> COUNT = Whole.between(0, Integer.MAX_VALUE);
    private static final ValueType<Integer> DEGREE = Whole.between(1, 1_000_000);

    /** Keys of several sections. */
    static final Attribute<String> PERIOD =
            Attribute.of("period", SHORT, "Name of the period.").mandatory();

    static final Attribute<String> ANY_PERIOD =
            Attribute.of("period", SHORT, "Name of the period.").whenAbsent("the whole horizon");
    static final Attribute<String> SITE = text("site", "Site id.");
    static final Attribute<String> SUPPLIER = text("supplier", "Supplier id.");
    static final Attribute<String> CHIP = text("chip", "Chip id.");
    static final Attribute<String> LIMIT = text("limit", "Which limit, as the scenario names it.");
    static final Attribute<String> UNIT = text("unit", "Unit of the amount.");
    static final Attribute<String> EXPLANATION = Attribute.of(
                    "explanation", Text.verbatim(10_000), "The same in a sentence.")
            .orElse("");

    /** Chips held in a period. */
    static final class CapacityTable {
        static final Attribute<String> CONTRACT = text("contract", "`owned`, or the contract of the offer.");
        static final Attribute<Integer> CHIPS =
                Attribute.of("count", COUNT, "Chips available for use.").mandatory();
        static final Attribute<Integer> ADDED = Attribute.of("added", COUNT, "Chips newly taken in this period.")
                .mandatory();
        static final Attribute<Double> COST =
                amount("costUsd", "Nominal cost of holding them in this period, energy apart, in USD.");
        static final Section SECTION = Section.of(
                "capacity", "Chips held in a period.", PERIOD, SITE, SUPPLIER, CHIP, CONTRACT, CHIPS, ADDED, COST);

        private CapacityTable() {}
    }

    /** How a replica is laid out. */
    static final class DeploymentTable {
        static final Attribute<Integer> TENSOR = degree("tensorParallel", "Chips that share each layer.");
        static final Attribute<Integer> PIPELINE = degree("pipelineParallel", "Groups of layers.");
        static final Attribute<Integer> EXPERT = degree("expertParallel", "Chips over which experts are spread.");
        static final Attribute<Integer> DATA = degree("dataParallel", "Copies of attention inside the replica.");
        static final Attribute<Precision> WEIGHTS = Attribute.of(
                        "weights", Word.of(Precision.class), "Format of the weights.")
                .mandatory();
        static final Attribute<Precision> KV_CACHE = Attribute.of(
                        "kvCache", Word.of(Precision.class), "Format of the KV cache.")
                .mandatory();
        static final Attribute<Engine> ENGINE = Attribute.of("engine", Word.of(Engine.class), "Serving software.")
                .mandatory();
        static final Section SECTION = Section.of(
                "deployment",
                "How one replica is laid out over a group of chips.",
                TENSOR,
                PIPELINE,
                EXPERT,
                DATA,
                WEIGHTS,
                KV_CACHE,
                ENGINE);

        private DeploymentTable() {}
    }

    /** A workload on a pool of equal replicas. */
    static final class PlacementTable {
        static final Attribute<String> WORKLOAD = text("workload", "Workload id.");
        static final Attribute<Form> DEPLOYMENT = Attribute.<Form>of(
                        "deployment", Nested.of(DeploymentTable.SECTION), "Layout of a replica.")
                .whenAbsent("a training run, which is one gang");
        static final Attribute<Integer> REPLICAS =
                Attribute.of("replicas", COUNT, "Replicas kept running.").mandatory();
        static final Attribute<Integer> CHIPS = Attribute.of("chips", COUNT, "Chips of all replicas, or of the gang.")
                .mandatory();
        static final Attribute<Double> RATE = amount("requestsPerSecond", "Planned mean rate.");
        static final Attribute<Double> PEAK = amount("peakRequestsPerSecond", "Planned rate in the busiest hour.");
        static final Attribute<Double> CAPACITY =
                amount("capacityRequestsPerSecond", "Most that these replicas carry at the objective.");
        static final Attribute<Double> SHARE =
                amount("share", "Routing weight: this pool's part of the workload's traffic, 0 to 1.");
        static final Attribute<Double> TOKENS = amount("tokens", "Tokens trained or generated in the period.");
        static final Section SECTION = Section.of(
                "placement",
                "A workload on a pool of equal replicas.",
                PERIOD,
                WORKLOAD,
                SITE,
                SUPPLIER,
                CHIP,
                DEPLOYMENT,
                REPLICAS,
                CHIPS,
                RATE,
                PEAK,
                CAPACITY,
                SHARE,
                TOKENS);

        private PlacementTable() {}
    }

    /** What a period takes. */
    static final class TotalsTable {
        static final Attribute<Double> COST =
                amount("costUsd", "Capacity, projects, energy, data and carbon price together, in USD.");
        static final Attribute<Double> CAPACITY = amount("capacityUsd", "Cost of holding chips, in USD.");
        static final Attribute<Double> ENERGY_COST = amount("energyUsd", "Cost of electricity, in USD.");
        static final Attribute<Double> CARBON_PRICE = amount("carbonPriceUsd", "The policy's price of carbon, in USD.");
        static final Attribute<Double> ENERGY = amount("energyKwh", "Electricity, cooling included, in kWh.");
        static final Attribute<Double> CARBON = amount("carbonKg", "Greenhouse gas in kgCO2e.");
        static final Attribute<Double> WATER = amount("waterLitres", "Water in litres.");
        static final Attribute<Double> PROJECTS = amount(
                        "projectsUsd", "Cost of programmes, expansions and learning, chips apart, in USD.")
                .whenAbsent("0");
        static final Attribute<Double> CAPITAL = amount(
                        "capitalUsd",
                        "Money paid for what is bought and built, whole, in the period it comes in, in USD.")
                .whenAbsent("0");
        static final Attribute<Double> OPERATING = amount(
                        "operatingUsd",
                        "Money paid for everything else: rent, energy, data, space, running projects, in USD.")
                .whenAbsent("0");
        static final Attribute<Double> NETWORK = amount("networkUsd", "Cost of data that moves between places, in USD.")
                .whenAbsent("0");
        static final Section SECTION = Section.of(
                "totals",
                "What a period takes.",
                PERIOD,
                COST,
                CAPACITY,
                ENERGY_COST,
                CARBON_PRICE,
                ENERGY,
                CARBON,
                WATER,
                PROJECTS,
                CAPITAL,
                OPERATING,
                NETWORK);

        private TotalsTable() {}
    }

    /** Something undertaken once. */
    static final class ProjectTable {
        static final Attribute<String> PROJECT = text("project", "Which one, as the scenario names it.");
        static final Attribute<Integer> STEPS = Attribute.of("count", COUNT, "How many: 1, or steps of an expansion.")
                .mandatory();
        static final Attribute<String> READY = Attribute.of("ready", SHORT, "Period from which it is of use as stated.")
                .whenAbsent("beyond the horizon");
        static final Section SECTION = Section.of(
                "project",
                "Something undertaken once, such as a chip programme or a step of a site's power; `period` is when it starts.",
                PERIOD,
                PROJECT,
                STEPS,
                READY);

        private ProjectTable() {}
    }

    /** Bought chips that are sold. */
    static final class SaleTable {
        static final Attribute<String> CONTRACT = text("contract", "Contract they were bought under.");
        static final Attribute<String> ORDERED = Attribute.of("ordered", SHORT, "Period in which they were ordered.")
                .mandatory();
        static final Attribute<Integer> CHIPS =
                Attribute.of("count", COUNT, "Chips sold.").mandatory();
        static final Attribute<Double> PROCEEDS = amount("proceedsUsd", "What they are sold for, in USD.");
        static final Section SECTION = Section.of(
                "sale",
                "Bought chips that are sold at the start of a period.",
                PERIOD,
                SITE,
                SUPPLIER,
                CHIP,
                CONTRACT,
                ORDERED,
                CHIPS,
                PROCEEDS);

        private SaleTable() {}
    }

    /** The plan for one future. */
    static final class FutureTable {
        static final Attribute<String> NAME = text("future", "Name of the future.");
        static final Attribute<Double> PROBABILITY = amount("probability", "How likely it is, 0 to 1.");
        static final Attribute<Double> OBJECTIVE =
                amount("objectiveUsd", "Discounted cost in this future, carbon price included, in USD.");
        static final Attribute<List<Form>> CAPACITY = list("capacity", CapacityTable.SECTION);
        static final Attribute<List<Form>> PLACEMENT = list("placement", PlacementTable.SECTION);
        static final Attribute<List<Form>> TOTALS = list("totals", TotalsTable.SECTION);
        static final Attribute<List<Form>> SALES = list("sales", SaleTable.SECTION);
        static final Section SECTION = Section.of(
                "plan for a future",
                "The plan for each future of the scenario. Commitments are the same in all; capacity, placement and totals of the document itself are those of the likeliest.",
                NAME,
                PROBABILITY,
                OBJECTIVE,
                CAPACITY,
                PLACEMENT,
                TOTALS,
                SALES);

        private FutureTable() {}
    }

    static final Attribute<Double> SHADOW_PRICE =
            amount("shadowPrice", "Money saved, in discounted USD, by one more unit of the limit.");
    static final Attribute<Double> BY = amount("by", "How much to relax it, in its unit.");

    static final Section BINDING_LIMIT = Section.of(
            "binding limit", "A limit that holds the cost up.", LIMIT, ANY_PERIOD, SHADOW_PRICE, UNIT, EXPLANATION);
    static final Section RELAXATION = Section.of(
            "relaxation",
            "A limit to relax, as part of the cheapest set that makes the question answerable.",
            LIMIT,
            ANY_PERIOD,
            BY,
            UNIT,
            EXPLANATION);

    static final Attribute<Integer> DOCUMENT_VERSION = Attribute.of(
                    "version", Whole.between(VERSION, VERSION), "Version of this document.")
            .mandatory();
    static final Attribute<String> SCENARIO_NAME = text("scenarioName", "Name of the scenario it answers.");
    static final Attribute<String> SCENARIO_HASH =
            text("scenarioHash", "SHA-256 of the scenario it answers, in hexadecimal digits.");
    static final Attribute<String> SCENARIO_FILE = Attribute.of(
                    "scenarioFile", Text.verbatim(10_000), "File that the scenario was read from.")
            .whenAbsent("the scenario was in no file");
    static final Attribute<Plan.Status> STATUS = Attribute.of(
                    "status", Word.of(Plan.Status.class), "Whether it is proven best, only good, or there is none.")
            .mandatory();
    static final Attribute<Double> OBJECTIVE =
            amount("objectiveUsd", "Discounted cost, carbon price included: what was minimised, in USD.");
    static final Attribute<Double> BOUND = amount("boundUsd", "Proven lower bound on the objective, in USD.");
    static final Attribute<Double> GAP = amount("gap", "(objective − bound) / objective.");
    static final Attribute<List<String>> PERIODS = Attribute.of(
                    "periods", Listing.distinct(SHORT), "Names of the periods in order.")
            .mandatory();
    static final Attribute<List<Form>> CAPACITY = list("capacity", CapacityTable.SECTION);
    static final Attribute<List<Form>> PLACEMENT = list("placement", PlacementTable.SECTION);
    static final Attribute<List<Form>> TOTALS = list("totals", TotalsTable.SECTION);
    static final Attribute<List<Form>> BINDING_LIMITS = list("bindingLimits", BINDING_LIMIT);
    static final Attribute<List<Form>> RELAXATIONS = list("relaxations", RELAXATION);
    static final Attribute<List<String>> WARNINGS =
            Attribute.of("warnings", Listing.of(Text.verbatim(10_000)), "What could not be counted.");
    static final Attribute<List<Form>> FUTURES = list("futures", FutureTable.SECTION);
    static final Attribute<List<Form>> PROJECTS = list("projects", ProjectTable.SECTION);
    static final Attribute<List<Form>> SALES = list("sales", SaleTable.SECTION);

    static final Attribute<List<String>> CHANGES = Attribute.of(
                    "changes",
                    Listing.of(Text.verbatim(1_000)),
                    "Changes to the scenario that the plan answers instead of it, as `ampacity replan` takes them.")
            .whenAbsent("none");

    static final Section SECTION = Section.of(
            "plan",
            "The answer: what is bought, rented or reserved, what runs where, what it costs, and why not less.",
            DOCUMENT_VERSION,
            SCENARIO_NAME,
            SCENARIO_HASH,
            SCENARIO_FILE,
            STATUS,
            OBJECTIVE,
            BOUND,
            GAP,
            PERIODS,
            CAPACITY,
            PLACEMENT,
            TOTALS,
            BINDING_LIMITS,
            RELAXATIONS,
            WARNINGS,
            FUTURES,
            PROJECTS,
            CHANGES,
            SALES);

    private PlanTable() {}

    private static Attribute<String> text(String key, String description) {
        return Attribute.of(key, SHORT, description).mandatory();
    }

    /** A number; absent where there is none, such as the objective of an infeasible plan. */
    private static Attribute<Double> amount(String key, String description) {
        return Attribute.<Double>of(key, new Real(), description).whenAbsent("unknown");
    }

    private static Attribute<Integer> degree(String key, String description) {
        return Attribute.of(key, DEGREE, description).mandatory();
    }

    private static Attribute<List<Form>> list(String key, Section section) {
        return Attribute.<List<Form>>of(key, Listing.of(Nested.of(section)), section.description())
                .whenAbsent("none");
    }
}
