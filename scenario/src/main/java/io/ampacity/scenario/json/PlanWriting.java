package io.ampacity.scenario.json;

import io.ampacity.documents.schema.Attribute;
import io.ampacity.documents.schema.Word;
import io.ampacity.facts.Deployment;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.json.PlanTable.CapacityTable;
import io.ampacity.scenario.json.PlanTable.DeploymentTable;
import io.ampacity.scenario.json.PlanTable.FutureTable;
import io.ampacity.scenario.json.PlanTable.PlacementTable;
import io.ampacity.scenario.json.PlanTable.ProjectTable;
import io.ampacity.scenario.json.PlanTable.SaleTable;
import io.ampacity.scenario.json.PlanTable.TotalsTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Turns a plan into maps and lists with the keys of {@link PlanTable}. */
final class PlanWriting {

    private final Plan plan;

    private PlanWriting(Plan plan) {
        this.plan = plan;
    }

    static Map<String, Object> tree(Plan plan) {
        return new PlanWriting(plan).root();
    }

    private Map<String, Object> root() {
        return new Members()
                .add(PlanTable.DOCUMENT_VERSION, plan.version())
                .add(PlanTable.SCENARIO_NAME, plan.scenarioName())
                .add(PlanTable.SCENARIO_HASH, plan.scenarioHash())
                .add(PlanTable.SCENARIO_FILE, plan.scenarioFile())
                .word(PlanTable.STATUS, plan.status())
                .number(PlanTable.OBJECTIVE, plan.objectiveUsd())
                .number(PlanTable.BOUND, plan.boundUsd())
                .number(PlanTable.GAP, plan.gap())
                .add(PlanTable.PERIODS, plan.periods())
                .list(PlanTable.CAPACITY, plan.capacity(), this::capacity)
                .list(PlanTable.PLACEMENT, plan.placement(), this::placement)
                .list(PlanTable.TOTALS, plan.totals(), this::totals)
                .list(PlanTable.BINDING_LIMITS, plan.bindingLimits(), this::bindingLimit)
                .list(PlanTable.RELAXATIONS, plan.relaxations(), this::relaxation)
                .add(PlanTable.WARNINGS, plan.warnings())
                .list(PlanTable.FUTURES, plan.futures(), this::future)
                .list(PlanTable.PROJECTS, plan.projects(), this::project)
                .add(PlanTable.CHANGES, plan.changes())
                .list(PlanTable.SALES, plan.sales(), this::sale)
                .members;
    }

    private Members project(Plan.Project project) {
        return new Members()
                .add(PlanTable.PERIOD, period(project.period()))
                .add(ProjectTable.PROJECT, project.project())
                .add(ProjectTable.STEPS, project.count())
                .add(ProjectTable.READY, anyPeriod(project.readyPeriod()));
    }

    private Members future(Plan.FuturePlan future) {
        return new Members()
                .add(FutureTable.NAME, future.future())
                .number(FutureTable.PROBABILITY, future.probability())
                .number(FutureTable.OBJECTIVE, future.objectiveUsd())
                .list(FutureTable.CAPACITY, future.capacity(), this::capacity)
                .list(FutureTable.PLACEMENT, future.placement(), this::placement)
                .list(FutureTable.TOTALS, future.totals(), this::totals)
                .list(FutureTable.SALES, future.sales(), this::sale);
    }

    private Members sale(Plan.Sale sale) {
        return new Members()
                .add(PlanTable.PERIOD, period(sale.period()))
                .add(PlanTable.SITE, sale.site())
                .add(PlanTable.SUPPLIER, sale.supplier())
                .add(PlanTable.CHIP, sale.chip())
                .add(SaleTable.CONTRACT, sale.contract())
                .add(SaleTable.ORDERED, period(sale.ordered()))
                .add(SaleTable.CHIPS, sale.count())
                .number(SaleTable.PROCEEDS, sale.proceedsUsd());
    }

    private Members capacity(Plan.Capacity capacity) {
        return new Members()
                .add(PlanTable.PERIOD, period(capacity.period()))
                .add(PlanTable.SITE, capacity.site())
                .add(PlanTable.SUPPLIER, capacity.supplier())
                .add(PlanTable.CHIP, capacity.chip())
                .add(CapacityTable.CONTRACT, capacity.contract())
                .add(CapacityTable.CHIPS, capacity.count())
                .add(CapacityTable.ADDED, capacity.added())
                .number(CapacityTable.COST, capacity.costUsd());
    }

    private Members placement(Plan.Placement placement) {
        Deployment deployment = placement.deployment();
        return new Members()
                .add(PlanTable.PERIOD, period(placement.period()))
                .add(PlacementTable.WORKLOAD, placement.workload())
                .add(PlanTable.SITE, placement.site())
                .add(PlanTable.SUPPLIER, placement.supplier())
                .add(PlanTable.CHIP, placement.chip())
                .add(PlacementTable.DEPLOYMENT, deployment == null ? null : deployment(deployment).members)
                .add(PlacementTable.REPLICAS, placement.replicas())
                .add(PlacementTable.CHIPS, placement.chips())
                .number(PlacementTable.RATE, placement.requestsPerSecond())
                .number(PlacementTable.PEAK, placement.peakRequestsPerSecond())
                .number(PlacementTable.CAPACITY, placement.capacityRequestsPerSecond())
                .number(PlacementTable.SHARE, placement.share())
                .number(PlacementTable.TOKENS, placement.tokens());
    }

    private static Members deployment(Deployment deployment) {
        return new Members()
                .add(DeploymentTable.TENSOR, deployment.tensorParallel())
                .add(DeploymentTable.PIPELINE, deployment.pipelineParallel())
                .add(DeploymentTable.EXPERT, deployment.expertParallel())
                .add(DeploymentTable.DATA, deployment.dataParallel())
                .word(DeploymentTable.WEIGHTS, deployment.weights())
                .word(DeploymentTable.KV_CACHE, deployment.kvCache())
                .word(DeploymentTable.ENGINE, deployment.engine());
    }

    private Members totals(Plan.PeriodTotals totals) {
        return new Members()
                .add(PlanTable.PERIOD, period(totals.period()))
                .number(TotalsTable.COST, totals.costUsd())
                .number(TotalsTable.CAPACITY, totals.capacityUsd())
                .number(TotalsTable.ENERGY_COST, totals.energyUsd())
                .number(TotalsTable.CARBON_PRICE, totals.carbonPriceUsd())
                .number(TotalsTable.ENERGY, totals.energyKwh())
                .number(TotalsTable.CARBON, totals.carbonKg())
                .number(TotalsTable.WATER, totals.waterLitres())
                .number(TotalsTable.PROJECTS, totals.projectsUsd())
                .number(TotalsTable.CAPITAL, totals.capitalUsd())
                .number(TotalsTable.OPERATING, totals.operatingUsd())
                .number(TotalsTable.NETWORK, totals.networkUsd());
    }

    private Members bindingLimit(Plan.BindingLimit limit) {
        return new Members()
                .add(PlanTable.LIMIT, limit.limit())
                .add(PlanTable.ANY_PERIOD, anyPeriod(limit.period()))
                .number(PlanTable.SHADOW_PRICE, limit.shadowPrice())
                .add(PlanTable.UNIT, limit.unit())
                .add(PlanTable.EXPLANATION, limit.explanation());
    }

    private Members relaxation(Plan.Relaxation relaxation) {
        return new Members()
                .add(PlanTable.LIMIT, relaxation.limit())
                .add(PlanTable.ANY_PERIOD, anyPeriod(relaxation.period()))
                .number(PlanTable.BY, relaxation.by())
                .add(PlanTable.UNIT, relaxation.unit())
                .add(PlanTable.EXPLANATION, relaxation.explanation());
    }

    private String period(int index) {
        if (index < 0 || index >= plan.periods().size()) {
            throw new IllegalArgumentException("the plan names period " + index + " but has only "
                    + plan.periods().size() + " periods");
        }
        return plan.periods().get(index);
    }

    private @Nullable String anyPeriod(@Nullable Integer index) {
        return index == null ? null : period(index);
    }

    /** An object under construction. */
    private static final class Members {
        private final Map<String, Object> members = new LinkedHashMap<>();

        @SuppressWarnings("NullAway") // JSON knows null, and maps of trees hold it
        Members add(Attribute<?> attribute, @Nullable Object value) {
            members.put(attribute.key(), value);
            return this;
        }

        Members number(Attribute<Double> attribute, double value) {
            return add(attribute, Double.isFinite(value) ? Double.valueOf(value) : null);
        }

        Members word(Attribute<?> attribute, Enum<?> value) {
            return add(attribute, Word.written(value));
        }

        <T> Members list(Attribute<?> attribute, List<T> elements, Function<T, Members> member) {
            return add(
                    attribute,
                    elements.stream().map(each -> member.apply(each).members).toList());
        }
    }
}
