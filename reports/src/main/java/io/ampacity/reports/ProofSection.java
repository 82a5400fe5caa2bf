package io.ampacity.reports;

import io.ampacity.reports.ProofView.Loss;
import io.ampacity.reports.ProofView.Percentiles;
import io.ampacity.reports.paper.Block;
import io.ampacity.reports.paper.Cell;
import io.ampacity.reports.paper.Column;
import io.ampacity.reports.paper.Mark;
import io.ampacity.reports.paper.Numerals;
import io.ampacity.reports.paper.PlainText;
import io.ampacity.reports.paper.Section;
import io.ampacity.reports.paper.Tone;
import io.ampacity.scenario.Policy;
import io.ampacity.scenario.Workload;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether the plan held when a trace was replayed on it.
 *
 * <p>A workload keeps its promise when, outside failures, its attainment is at least what was promised. During a loss
 * that the policy wants survived with a share s of the peak, at least s × the promised attainment is asked for: so much
 * of the traffic was to be served at its objective.
 */
final class ProofSection {

    private static final double TOLERANCE = 1e-9;

    private final PlanReading reading;
    private final ProofView proof;
    private final List<Block.Check> checks = new ArrayList<>();

    ProofSection(PlanReading reading, ProofView proof) {
        this.reading = reading;
        this.proof = proof;
        judge();
    }

    /** Whether every promise was kept. */
    boolean holds() {
        return checks.stream().noneMatch(check -> check.mark() == Mark.BROKEN);
    }

    /** Whether at least one promise was put to the test. */
    boolean tests() {
        return checks.stream().anyMatch(check -> check.mark() == Mark.MET);
    }

    /** The first check with such an outcome; null when there is none. */
    Block.@Nullable Check first(Mark mark) {
        return checks.stream().filter(check -> check.mark() == mark).findFirst().orElse(null);
    }

    Section section() {
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block.Paragraph(replayed()));
        blocks.add(new Block.Checks(checks));
        if (!proof.buckets().isEmpty()) {
            blocks.add(new Block.InFull(List.of(ReplayChart.of(reading, proof, 120))));
            blocks.add(new Block.InBrief(List.of(ReplayChart.of(reading, proof, 60))));
        }
        if (!proof.byWorkload().isEmpty()) {
            blocks.add(workloads());
        }
        blocks.add(new Block.InBrief(List.of(latencies(false))));
        blocks.add(new Block.InFull(List.of(latencies(true))));
        if (!proof.bySupplier().isEmpty()) {
            blocks.add(new Block.InFull(List.of(suppliers())));
        }
        return new Section("proof", "Will it hold", blocks);
    }

    private String replayed() {
        ProofView.Requests requests = proof.requests();
        StringBuilder text = new StringBuilder("Replayed ")
                .append(proof.trace())
                .append(" on the fleet of ")
                .append(reading.periodName(proof.period()))
                .append(", ")
                .append(Numerals.seconds(proof.simulatedSeconds()))
                .append(" of traffic: ")
                .append(Numerals.count(requests.arrived()))
                .append(" requests arrived, ")
                .append(Numerals.count(requests.completed()))
                .append(" completed, ")
                .append(Numerals.count(requests.rejected()))
                .append(" were rejected, ")
                .append(Numerals.count(requests.lost()))
                .append(" lost, ")
                .append(Numerals.count(requests.retried()))
                .append(" retried.");
        long missing = requests.arrived() - requests.completed() - requests.rejected() - requests.lost();
        if (missing != 0) {
            text.append(' ').append(Numerals.count(missing)).append(" are not accounted for.");
        }
        return text.toString();
    }

    private void judge() {
        List<Loss> losses = proof.losses();
        if (losses.isEmpty()) {
            for (ProofView.WorkloadProof workload : proof.byWorkload()) {
                Double promised = promised(workload.workload());
                if (promised != null) {
                    check(
                            workload.sloAttainment(),
                            promised,
                            PlainText.name(workload.workload()) + " meets its objective",
                            Numerals.share(workload.sloAttainment()) + " of requests, promised "
                                    + Numerals.asked(promised));
                }
            }
        }
        for (Loss loss : losses) {
            String name = nameOf(loss);
            boolean lost = loss.of() != ProofView.LossOf.TROUBLE;
            phase(loss, "before", (lost ? "Before the loss of " : "Before ") + name, loss.before(), 1.0);
            phase(loss, "during", lost ? "While " + name + " is lost" : "During " + name, loss.during(), service(loss));
            phase(loss, "after", "After " + name + (lost ? " is back" : ""), loss.after(), 1.0);
        }
        for (Policy.Survival survival : reading.scenario.policy().survivals()) {
            boolean replayed = losses.stream().anyMatch(loss -> isOf(loss, survival.loss()));
            if (!replayed) {
                String kind = survival.loss().spoken();
                checks.add(new Block.Check(
                        Mark.UNKNOWN, "The loss of a " + kind, "not replayed; the plan alone says it is survived"));
            }
        }
        for (Workload.Serving workload : reading.serving()) {
            boolean replayed =
                    proof.byWorkload().stream().anyMatch(one -> one.workload().equals(workload.id()));
            if (!replayed && promised(workload.id()) != null) {
                checks.add(new Block.Check(
                        Mark.UNKNOWN, PlainText.name(workload.id()) + " meets its objective", "not replayed"));
            }
        }
        long unanswered = proof.requests().lost();
        if (unanswered > 0) {
            checks.add(new Block.Check(
                    Mark.NOTE,
                    Numerals.count(unanswered) + " requests were lost",
                    Numerals.share((double) unanswered
                                    / Math.max(1, proof.requests().arrived())) + " of all that arrived"));
        }
    }

    /** One line a phase: every workload of the phase against what is asked of it. */
    private void phase(Loss loss, String phaseName, String rule, ProofView.Phase phase, @Nullable Double service) {
        if (Double.isNaN(phase.sloAttainment())) {
            if (phaseName.equals("during")) {
                checks.add(new Block.Check(Mark.UNKNOWN, rule, "no request arrived"));
            }
            return;
        }
        String worst = null;
        double least = Double.POSITIVE_INFINITY;
        double worstAttained = Double.NaN;
        double worstAsked = Double.NaN;
        for (var entry : phase.byWorkload().entrySet()) {
            Double promised = promised(entry.getKey());
            if (promised == null || service == null || Double.isNaN(entry.getValue())) {
                continue;
            }
            double asked = promised * service;
            double room = entry.getValue() - asked;
            if (room < least) {
                least = room;
                worst = entry.getKey();
                worstAttained = entry.getValue();
                worstAsked = asked;
            }
        }
        StringBuilder detail = new StringBuilder(Numerals.share(phase.sloAttainment())).append(" of requests in time");
        if (phaseName.equals("during")) {
            Long retried = loss.retried();
            detail.append(", ").append(Numerals.count(loss.lost())).append(" lost");
            detail.append(retried == null ? "" : ", " + Numerals.count(retried) + " retried");
        }
        if (worst == null) {
            checks.add(new Block.Check(Mark.NOTE, rule, detail + "; nothing was promised"));
            return;
        }
        detail.append("; tightest is ").append(PlainText.name(worst)).append(", ");
        detail.append(Numerals.share(worstAttained))
                .append(" where ")
                .append(Numerals.asked(worstAsked))
                .append(" is asked");
        check(worstAttained, worstAsked, rule, detail.toString());
    }

    private void check(double attained, double asked, String rule, String detail) {
        Mark mark = Double.isNaN(attained) ? Mark.UNKNOWN : attained >= asked - TOLERANCE ? Mark.MET : Mark.BROKEN;
        checks.add(new Block.Check(mark, rule, detail));
    }

    private Block.Table workloads() {
        Loss loss = proof.losses().isEmpty() ? null : proof.losses().getFirst();
        List<Column> columns = new ArrayList<>();
        columns.add(Column.text("workload"));
        columns.add(Column.number("requests").withPriority(3));
        columns.add(Column.number("promised"));
        columns.add(Column.number("attained"));
        if (loss != null) {
            columns.add(Column.number("before"));
            columns.add(Column.number("during"));
            columns.add(Column.number("after"));
        }
        columns.add(Column.number("TTFT p50").withPriority(4));
        columns.add(Column.number("TTFT p99").withPriority(1));
        columns.add(Column.number("limit").withPriority(5));
        columns.add(Column.number("TPOT p50").withPriority(4));
        columns.add(Column.number("TPOT p99").withPriority(2));
        columns.add(Column.number("limit").withPriority(5));
        List<List<Cell>> rows = new ArrayList<>();
        for (ProofView.WorkloadProof workload : proof.byWorkload()) {
            Double promised = promised(workload.workload());
            List<Cell> row = new ArrayList<>();
            row.add(Cell.text(PlainText.name(workload.workload())));
            row.add(Cell.count(workload.requests().arrived()));
            row.add(promised == null ? Cell.text("·").in(Tone.FAINT) : Cell.number(Numerals.asked(promised), promised));
            row.add(Cell.share(workload.sloAttainment()).in(Tone.STRONG));
            if (loss != null) {
                row.add(attained(workload.workload(), loss.before(), 1.0));
                row.add(attained(workload.workload(), loss.during(), service(loss)));
                row.add(attained(workload.workload(), loss.after(), 1.0));
            }
            row.add(time(workload.timeToFirstTokenSeconds().p50()));
            row.add(time(workload.timeToFirstTokenSeconds().p99()));
            row.add(limit(workload.workload(), true));
            row.add(time(workload.timePerOutputTokenSeconds().p50()));
            row.add(time(workload.timePerOutputTokenSeconds().p99()));
            row.add(limit(workload.workload(), false));
            rows.add(row);
        }
        String caption = loss == null
                ? "Requests answered within their limits"
                : "Requests answered within their limits, before, during and after the loss of " + nameOf(loss);
        return new Block.Table(caption, columns, rows, null);
    }

    private Block.Table latencies(boolean full) {
        List<Column> columns = List.of(
                Column.text(full ? "latency" : "latency of all requests"),
                Column.number("mean").withPriority(2),
                Column.number("p50"),
                Column.number("p90").withPriority(3),
                Column.number("p95"),
                Column.number("p99"),
                Column.number("max").withPriority(1));
        List<List<Cell>> rows = new ArrayList<>();
        latency(rows, "TTFT, first token", proof.timeToFirstTokenSeconds());
        latency(rows, "TPOT, each further token", proof.timePerOutputTokenSeconds());
        if (full) {
            latency(rows, "ITL, between tokens", proof.interTokenLatencySeconds());
        }
        latency(rows, "E2E, whole answer", proof.endToEndSeconds());
        return new Block.Table(full ? "Latency of all requests" : "", columns, rows, null);
    }

    private static void latency(List<List<Cell>> rows, String name, Percentiles times) {
        rows.add(List.of(
                Cell.text(name),
                time(times.mean()),
                time(times.p50()),
                time(times.p90()),
                time(times.p95()),
                time(times.p99()),
                time(times.max())));
    }

    private Block.Table suppliers() {
        List<Column> columns = List.of(
                Column.text("supplier"),
                Column.number("requests"),
                Column.number("share"),
                Column.bar(),
                Column.number("electricity"),
                Column.number("CO₂e"),
                Column.number("cost"));
        List<List<Cell>> rows = new ArrayList<>();
        for (ProofView.SupplierProof supplier : proof.bySupplier()) {
            Double joules = supplier.energyJoules();
            Double grams = supplier.carbonGrams();
            Double usd = supplier.costUsd();
            rows.add(List.of(
                    Cell.text(reading.supplierName(supplier.supplier())),
                    Cell.count(supplier.completed()),
                    Cell.share(supplier.share()),
                    Cell.number("", supplier.share()),
                    joules == null ? unknown() : Cell.number(Numerals.energy(joules / 3.6e6), joules / 3.6e6),
                    grams == null ? unknown() : Cell.number(Numerals.carbon(grams / 1000), grams / 1000),
                    usd == null ? unknown() : Cell.usd(usd)));
        }
        return new Block.Table("Who answered, over the whole replay", columns, rows, null);
    }

    private Cell attained(String workload, ProofView.Phase phase, @Nullable Double service) {
        double attained = phase.byWorkload().getOrDefault(workload, Double.NaN);
        if (Double.isNaN(attained)) {
            return Cell.text("·").in(Tone.FAINT);
        }
        Double promised = promised(workload);
        boolean short_ = promised != null && service != null && attained < promised * service - TOLERANCE;
        return Cell.share(attained).in(short_ ? Tone.BAD : Tone.PLAIN);
    }

    private Cell limit(String id, boolean first) {
        if (reading.workload(id) instanceof Workload.Serving serving) {
            var limit = first
                    ? serving.objective().timeToFirstToken()
                    : serving.objective().timePerOutputToken();
            if (limit != null) {
                return Cell.seconds(limit.seconds()).in(Tone.FAINT);
            }
        }
        return Cell.text("·").in(Tone.FAINT);
    }

    private @Nullable Double promised(String id) {
        return reading.workload(id) instanceof Workload.Serving serving
                        && (serving.objective().timeToFirstToken() != null
                                || serving.objective().timePerOutputToken() != null)
                ? Double.valueOf(serving.objective().attainment())
                : null;
    }

    /** Share of service the policy asks for during such a loss; null when it asks for nothing. */
    private @Nullable Double service(Loss loss) {
        Double most = null;
        for (Policy.Survival survival : reading.scenario.policy().survivals()) {
            if (isOf(loss, survival.loss()) && (most == null || survival.service() > most)) {
                most = survival.service();
            }
        }
        return most;
    }

    private static boolean isOf(Loss loss, Policy.LossOf kind) {
        return switch (loss.of()) {
            case SUPPLIER -> kind == Policy.LossOf.SUPPLIER;
            case SITE -> kind == Policy.LossOf.SITE;
            case PART, TROUBLE -> false;
        };
    }

    private String nameOf(Loss loss) {
        return ReplayChart.nameOf(reading, loss);
    }

    private static Cell time(double seconds) {
        return Double.isNaN(seconds) ? Cell.text("·").in(Tone.FAINT) : Cell.seconds(seconds);
    }

    private static Cell unknown() {
        return Cell.text("unknown").in(Tone.FAINT);
    }
}
