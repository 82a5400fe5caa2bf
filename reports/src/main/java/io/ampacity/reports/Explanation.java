package io.ampacity.reports;

import io.ampacity.reports.paper.Block;
import io.ampacity.reports.paper.Cell;
import io.ampacity.reports.paper.Column;
import io.ampacity.reports.paper.Numerals;
import io.ampacity.reports.paper.PlainText;
import io.ampacity.scenario.Plan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Why a plan costs what it costs, from the plan alone: what each supplier takes and carries, and which limits hold the
 * cost up. Money is nominal, energy apart, as the plan states it.
 *
 * @param suppliers the dearest first
 */
public record Explanation(Plan plan, List<SupplierPart> suppliers) {

    /**
     * What one supplier takes and carries.
     *
     * @param capacityUsd cost of its chips over all periods
     * @param share part of the cost of all chips, 0 to 1; NaN when nothing costs anything
     * @param chipsAtMost chips held of it at once, at most
     * @param workloads part of each serving workload's traffic, a mean over the periods, 0 to 1
     */
    public record SupplierPart(
            String supplier, double capacityUsd, double share, int chipsAtMost, Map<String, Double> workloads) {

        public SupplierPart {
            workloads = Map.copyOf(new TreeMap<>(workloads));
        }
    }

    public Explanation {
        suppliers = List.copyOf(suppliers);
    }

    public static Explanation of(Plan plan) {
        Map<String, Double> usd = new LinkedHashMap<>();
        Map<String, int[]> chips = new LinkedHashMap<>();
        for (Plan.Capacity capacity : plan.capacity()) {
            usd.merge(capacity.supplier(), capacity.costUsd(), Double::sum);
            chips.computeIfAbsent(
                                    capacity.supplier(),
                                    _ -> new int[plan.periods().size()])[capacity.period()] +=
                    capacity.count();
        }
        double all = usd.values().stream().mapToDouble(Double::doubleValue).sum();
        List<SupplierPart> parts = new ArrayList<>();
        usd.forEach((supplier, cost) -> {
            int most = 0;
            for (int count : Objects.requireNonNull(chips.get(supplier))) {
                most = Math.max(most, count);
            }
            parts.add(
                    new SupplierPart(supplier, cost, all > 0 ? cost / all : Double.NaN, most, traffic(plan, supplier)));
        });
        parts.sort(
                Comparator.comparingDouble(SupplierPart::capacityUsd).reversed().thenComparing(SupplierPart::supplier));
        return new Explanation(plan, parts);
    }

    private static Map<String, Double> traffic(Plan plan, String supplier) {
        Map<String, Double> shares = new TreeMap<>();
        for (Plan.Placement placement : plan.placement()) {
            if (placement.supplier().equals(supplier) && placement.share() > 0) {
                shares.merge(
                        placement.workload(), placement.share() / plan.periods().size(), Double::sum);
            }
        }
        return shares;
    }

    /** The whole of it in numbers, for JSON. */
    public Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("scenarioName", plan.scenarioName());
        document.put("status", plan.status());
        document.put("objectiveUsd", plan.objectiveUsd());
        document.put("boundUsd", plan.boundUsd());
        document.put("gap", plan.gap());
        document.put("totals", totals());
        document.put("suppliers", suppliers);
        document.put("bindingLimits", limits());
        document.put("relaxations", relaxations());
        document.put("warnings", plan.warnings());
        return document;
    }

    private Map<String, Double> totals() {
        Map<String, Double> totals = new LinkedHashMap<>();
        for (Plan.PeriodTotals period : plan.totals()) {
            totals.merge("costUsd", period.costUsd(), Double::sum);
            totals.merge("capacityUsd", period.capacityUsd(), Double::sum);
            totals.merge("energyUsd", period.energyUsd(), Double::sum);
            totals.merge("projectsUsd", period.projectsUsd(), Double::sum);
            totals.merge("networkUsd", period.networkUsd(), Double::sum);
            totals.merge("carbonPriceUsd", period.carbonPriceUsd(), Double::sum);
            totals.merge("energyKwh", period.energyKwh(), Double::sum);
            totals.merge("carbonKg", period.carbonKg(), Double::sum);
        }
        return totals;
    }

    private List<Map<String, Object>> limits() {
        List<Map<String, Object>> limits = new ArrayList<>();
        for (Plan.BindingLimit limit : plan.bindingLimits()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("limit", limit.limit());
            one.put("period", period(limit.period()));
            one.put("shadowPrice", limit.shadowPrice());
            one.put("unit", limit.unit());
            one.put("explanation", limit.explanation());
            limits.add(one);
        }
        return limits;
    }

    private List<Map<String, Object>> relaxations() {
        List<Map<String, Object>> relaxations = new ArrayList<>();
        for (Plan.Relaxation relaxation : plan.relaxations()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("limit", relaxation.limit());
            one.put("period", period(relaxation.period()));
            one.put("by", relaxation.by());
            one.put("unit", relaxation.unit());
            one.put("explanation", relaxation.explanation());
            relaxations.add(one);
        }
        return relaxations;
    }

    private @Nullable String period(@Nullable Integer period) {
        return period == null ? null : plan.periods().get(period);
    }

    /** The whole of it to read. */
    public List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        if (plan.status() == Plan.Status.INFEASIBLE) {
            blocks.add(new Block.Paragraph("No plan keeps all limits of " + plan.scenarioName()
                    + " at once. The cheapest way out is to relax, all together:"));
            blocks.add(new Block.Points(plan.relaxations().stream()
                    .map(one -> new Block.Point(name(one.limit(), one.period()), one.explanation()))
                    .toList()));
            return blocks;
        }
        blocks.add(new Block.Paragraph(summary()));
        blocks.add(supplierTable());
        if (plan.bindingLimits().isEmpty()) {
            blocks.add(new Block.Paragraph("No limit holds the cost up: the demand itself does."));
        } else {
            blocks.add(limitTable());
        }
        if (!plan.warnings().isEmpty()) {
            blocks.add(new Block.Paragraph("What could not be counted:"));
            blocks.add(new Block.Points(plan.warnings().stream()
                    .map(text -> new Block.Point("", text))
                    .toList()));
        }
        return blocks;
    }

    private String summary() {
        Map<String, Double> totals = totals();
        double cost = totals.getOrDefault("costUsd", 0.0);
        return plan.scenarioName() + " costs " + Numerals.usd(cost) + " over "
                + plan.periods().size()
                + (plan.periods().size() == 1 ? " period: " : " periods: ")
                + Numerals.usd(totals.getOrDefault("capacityUsd", 0.0)) + " for chips, "
                + Numerals.usd(totals.getOrDefault("energyUsd", 0.0)) + " for energy, "
                + Numerals.usd(totals.getOrDefault("carbonPriceUsd", 0.0)) + " as the price of carbon. "
                + (plan.gap() <= 0
                        ? "No plan is cheaper."
                        : "No plan is cheaper by more than " + Numerals.share(plan.gap()) + ".");
    }

    private Block limitTable() {
        List<List<Cell>> rows = new ArrayList<>();
        for (Plan.BindingLimit limit : plan.bindingLimits()) {
            String when = period(limit.period());
            rows.add(List.of(
                    Cell.text(PlainText.name(limit.limit())),
                    Cell.text(when == null ? "all" : PlainText.name(when)),
                    Cell.text(limit.unit().isBlank() ? "unit" : PlainText.name(limit.unit())),
                    Cell.usd(limit.shadowPrice())));
        }
        return new Block.Table(
                "What holds the cost up, the dearest first, in discounted money",
                List.of(Column.text("limit"), Column.text("period"), Column.text("one more"), Column.number("saves")),
                rows,
                null);
    }

    private Block supplierTable() {
        List<List<Cell>> rows = new ArrayList<>();
        for (SupplierPart part : suppliers) {
            List<String> carried = new ArrayList<>();
            new TreeMap<>(part.workloads())
                    .forEach((workload, share) -> carried.add(PlainText.name(workload) + " " + Numerals.weight(share)));
            rows.add(List.of(
                    Cell.text(PlainText.name(part.supplier())),
                    Cell.usd(part.capacityUsd()),
                    Cell.share(part.share()),
                    Cell.count(part.chipsAtMost()),
                    Cell.text(String.join(", ", carried))));
        }
        return new Block.Table(
                "What each supplier takes",
                List.of(
                        Column.text("supplier"),
                        Column.number("chips cost"),
                        Column.number("share"),
                        Column.number("chips at most"),
                        Column.text("carries, mean over time").withPriority(1)),
                rows,
                null);
    }

    private String name(String limit, @Nullable Integer period) {
        String when = period(period);
        return PlainText.name(limit) + (when == null ? "" : ", " + PlainText.name(when));
    }
}
