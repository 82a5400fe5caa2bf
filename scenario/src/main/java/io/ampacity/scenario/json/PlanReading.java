package io.ampacity.scenario.json;

import io.ampacity.documents.DocumentException;
import io.ampacity.documents.DocumentNode;
import io.ampacity.documents.Issue;
import io.ampacity.documents.Nearest;
import io.ampacity.documents.schema.Attribute;
import io.ampacity.documents.schema.Form;
import io.ampacity.documents.schema.Nested;
import io.ampacity.documents.schema.SchemaReading;
import io.ampacity.facts.Deployment;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.json.PlanTable.CapacityTable;
import io.ampacity.scenario.json.PlanTable.DeploymentTable;
import io.ampacity.scenario.json.PlanTable.FutureTable;
import io.ampacity.scenario.json.PlanTable.PlacementTable;
import io.ampacity.scenario.json.PlanTable.ProjectTable;
import io.ampacity.scenario.json.PlanTable.SaleTable;
import io.ampacity.scenario.json.PlanTable.TotalsTable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes a {@link Plan} of a document that keeps to {@link PlanTable}. */
final class PlanReading {

    private final SchemaReading reading;
    private final Form root;
    private final Map<String, Integer> periods = new HashMap<>();

    private PlanReading(SchemaReading reading, Form root) {
        this.reading = reading;
        this.root = root;
        List<String> names = Objects.requireNonNullElse(root.valueOrNull(PlanTable.PERIODS), List.of());
        names.forEach(name -> periods.put(name, periods.size()));
    }

    /** The plan; throws with every mistake when there is one. */
    static Plan plan(DocumentNode document) {
        SchemaReading reading = new SchemaReading();
        Form root = Nested.of(PlanTable.SECTION).read(document, reading);
        Plan plan = root != null && root.isSound() ? new PlanReading(reading, root).plan() : null;
        if (plan == null || reading.errors() > 0) {
            throw new DocumentException(
                    reading.issues().stream().filter(Issue::isError).toList());
        }
        return plan;
    }

    private Plan plan() {
        return new Plan(
                root.value(PlanTable.DOCUMENT_VERSION),
                root.value(PlanTable.SCENARIO_NAME),
                root.value(PlanTable.SCENARIO_HASH),
                root.value(PlanTable.STATUS),
                number(root, PlanTable.OBJECTIVE),
                number(root, PlanTable.BOUND),
                number(root, PlanTable.GAP),
                root.value(PlanTable.PERIODS),
                list(PlanTable.CAPACITY, this::capacity),
                list(PlanTable.PLACEMENT, this::placement),
                list(PlanTable.TOTALS, this::totals),
                list(PlanTable.BINDING_LIMITS, this::bindingLimit),
                list(PlanTable.RELAXATIONS, this::relaxation),
                Objects.requireNonNullElse(root.valueOrNull(PlanTable.WARNINGS), List.of()),
                list(PlanTable.FUTURES, this::future),
                root.valueOrNull(PlanTable.SCENARIO_FILE),
                list(PlanTable.PROJECTS, this::project),
                Objects.requireNonNullElse(root.valueOrNull(PlanTable.CHANGES), List.of()),
                list(PlanTable.SALES, this::sale));
    }

    private Plan.Sale sale(Form form) {
        return new Plan.Sale(
                period(form, PlanTable.PERIOD),
                form.value(PlanTable.SITE),
                form.value(PlanTable.SUPPLIER),
                form.value(PlanTable.CHIP),
                form.value(SaleTable.CONTRACT),
                period(form, SaleTable.ORDERED),
                form.value(SaleTable.CHIPS),
                number(form, SaleTable.PROCEEDS));
    }

    private Plan.FuturePlan future(Form form) {
        return new Plan.FuturePlan(
                form.value(FutureTable.NAME),
                number(form, FutureTable.PROBABILITY),
                number(form, FutureTable.OBJECTIVE),
                list(form, FutureTable.CAPACITY, this::capacity),
                list(form, FutureTable.PLACEMENT, this::placement),
                list(form, FutureTable.TOTALS, this::totals),
                list(form, FutureTable.SALES, this::sale));
    }

    private <T> List<T> list(Attribute<List<Form>> attribute, Function<Form, T> element) {
        return list(root, attribute, element);
    }

    private static <T> List<T> list(Form form, Attribute<List<Form>> attribute, Function<Form, T> element) {
        List<Form> forms = form.valueOrNull(attribute);
        return forms == null ? List.of() : forms.stream().map(element).toList();
    }

    private Plan.Capacity capacity(Form form) {
        return new Plan.Capacity(
                period(form, PlanTable.PERIOD),
                form.value(PlanTable.SITE),
                form.value(PlanTable.SUPPLIER),
                form.value(PlanTable.CHIP),
                form.value(CapacityTable.CONTRACT),
                form.value(CapacityTable.CHIPS),
                form.value(CapacityTable.ADDED),
                number(form, CapacityTable.COST));
    }

    private Plan.Placement placement(Form form) {
        Form deployment = form.valueOrNull(PlacementTable.DEPLOYMENT);
        return new Plan.Placement(
                period(form, PlanTable.PERIOD),
                form.value(PlacementTable.WORKLOAD),
                form.value(PlanTable.SITE),
                form.value(PlanTable.SUPPLIER),
                form.value(PlanTable.CHIP),
                deployment == null ? null : deployment(deployment),
                form.value(PlacementTable.REPLICAS),
                form.value(PlacementTable.CHIPS),
                number(form, PlacementTable.RATE),
                number(form, PlacementTable.PEAK),
                number(form, PlacementTable.CAPACITY),
                number(form, PlacementTable.SHARE),
                number(form, PlacementTable.TOKENS));
    }

    private static Deployment deployment(Form form) {
        return new Deployment(
                form.value(DeploymentTable.TENSOR),
                form.value(DeploymentTable.PIPELINE),
                form.value(DeploymentTable.EXPERT),
                form.value(DeploymentTable.DATA),
                form.value(DeploymentTable.WEIGHTS),
                form.value(DeploymentTable.KV_CACHE),
                form.value(DeploymentTable.ENGINE));
    }

    private Plan.PeriodTotals totals(Form form) {
        return new Plan.PeriodTotals(
                period(form, PlanTable.PERIOD),
                number(form, TotalsTable.COST),
                number(form, TotalsTable.CAPACITY),
                number(form, TotalsTable.ENERGY_COST),
                number(form, TotalsTable.CARBON_PRICE),
                number(form, TotalsTable.ENERGY),
                number(form, TotalsTable.CARBON),
                number(form, TotalsTable.WATER),
                zeroOr(form.valueOrNull(TotalsTable.PROJECTS)),
                zeroOr(form.valueOrNull(TotalsTable.CAPITAL)),
                zeroOr(form.valueOrNull(TotalsTable.OPERATING)),
                zeroOr(form.valueOrNull(TotalsTable.NETWORK)));
    }

    private static double zeroOr(@Nullable Double value) {
        return value == null ? 0 : value;
    }

    private Plan.Project project(Form form) {
        return new Plan.Project(
                form.value(ProjectTable.PROJECT),
                period(form, PlanTable.PERIOD),
                form.value(ProjectTable.STEPS),
                form.states(ProjectTable.READY) ? Integer.valueOf(period(form, ProjectTable.READY)) : null);
    }

    private Plan.BindingLimit bindingLimit(Form form) {
        return new Plan.BindingLimit(
                form.value(PlanTable.LIMIT),
                anyPeriod(form),
                number(form, PlanTable.SHADOW_PRICE),
                form.value(PlanTable.UNIT),
                form.value(PlanTable.EXPLANATION));
    }

    private Plan.Relaxation relaxation(Form form) {
        return new Plan.Relaxation(
                form.value(PlanTable.LIMIT),
                anyPeriod(form),
                number(form, PlanTable.BY),
                form.value(PlanTable.UNIT),
                form.value(PlanTable.EXPLANATION));
    }

    private @Nullable Integer anyPeriod(Form form) {
        return form.states(PlanTable.ANY_PERIOD) ? Integer.valueOf(period(form, PlanTable.ANY_PERIOD)) : null;
    }

    private int period(Form form, Attribute<String> attribute) {
        String name = form.value(attribute);
        Integer index = periods.get(name);
        if (index == null) {
            List<String> near = Nearest.to(name, periods.keySet());
            reading.error(
                    form.place(attribute),
                    name,
                    "\"" + name + "\" is not one of the plan's periods",
                    "you meant " + String.join(" or ", near.isEmpty() ? periods.keySet() : near));
            return 0;
        }
        return index;
    }

    private static double number(Form form, Attribute<Double> attribute) {
        Double value = form.valueOrNull(attribute);
        return value == null ? Double.NaN : value;
    }
}
