package io.ampacity.reports;

import io.ampacity.planner.claims.Claims;
import io.ampacity.planner.claims.Figure;
import io.ampacity.planner.claims.Reconciliation;
import io.ampacity.planner.claims.Relation;
import io.ampacity.reports.paper.Block;
import io.ampacity.reports.paper.Cell;
import io.ampacity.reports.paper.Column;
import io.ampacity.reports.paper.Numerals;
import io.ampacity.reports.paper.Paper;
import io.ampacity.reports.paper.Section;
import io.ampacity.reports.paper.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The paper that says whether published figures fit together. */
public final class ClaimsPaper {

    /** A factor so near 1 that it is a matter of rounding. */
    private static final double ROUNDING = 1.005;

    private final Reconciliation found;
    private final Claims claims;

    private ClaimsPaper(Reconciliation found) {
        this.found = found;
        this.claims = found.claims();
    }

    public static Paper of(Reconciliation found) {
        return new ClaimsPaper(found).paper();
    }

    private Paper paper() {
        List<Section> sections = new ArrayList<>();
        sections.add(new Section("relations", "At face value", faceValues()));
        if (found.consistent()) {
            sections.add(new Section("fits", "What fits", nearest(), left()));
        } else {
            sections.add(new Section("fits", "What would fit", nearest()));
            sections.add(new Section("alone", "If one figure alone gave way", alone()));
        }
        sections.add(new Section("sources", "Who says so", sources()));
        return new Paper(claims.title(), claims.question(), verdict(), headline(), sections);
    }

    private Verdict verdict() {
        List<Figure> moved = found.moved().stream()
                .filter(figure -> found.factor(figure) > ROUNDING)
                .toList();
        String what = moved.isEmpty()
                ? ""
                : String.join(", ", moved.stream().limit(3).map(this::movement).toList());
        if (!found.consistent()) {
            return new Verdict(
                    Verdict.Standing.FAILS,
                    "They contradict each other",
                    "No choice inside the ranges meets all relations; the least that would is " + what + ".");
        }
        return moved.isEmpty()
                ? new Verdict(Verdict.Standing.HOLDS, "They fit", "Every figure may stay where it most probably lies.")
                : new Verdict(
                        Verdict.Standing.HOLDS,
                        "They can fit",
                        "Inside their ranges; the least that must move is " + what + ".");
    }

    private String movement(Figure figure) {
        return figure.what() + " from " + amount(figure, figure.likely()) + " to "
                + amount(figure, found.nearest().getOrDefault(figure.id(), figure.likely()));
    }

    private Block.Tiles headline() {
        double worst = found.atFaceValue().values().stream()
                .mapToDouble(ratio -> Math.exp(Math.abs(Math.log(ratio))))
                .max()
                .orElse(1);
        return new Block.Tiles(List.of(
                new Block.Tile(
                        "figures",
                        Cell.count(claims.figures().size()),
                        claims.figures().stream()
                                        .filter(each -> each.kind() == Figure.Kind.CLAIM)
                                        .count()
                                + " of them claims"),
                new Block.Tile("relations", Cell.count(claims.relations().size()), "products that must be equal"),
                new Block.Tile("worst at face value", factor(worst), "between the sides of one relation")));
    }

    private Block faceValues() {
        List<List<Cell>> rows = new ArrayList<>();
        for (Relation relation : claims.relations()) {
            Double ratio = found.atFaceValue().get(relation.name());
            rows.add(List.of(
                    Cell.text(relation.name()),
                    Cell.text(relation.text()),
                    ratio == null ? Cell.text("open") : factor(ratio)));
        }
        return new Block.Table(
                "each relation with every figure at its most probable value",
                List.of(
                        Column.text("relation"),
                        Column.text("must be equal").withPriority(1),
                        Column.number("left / right")),
                rows,
                "Open: a figure in it is unknown, and follows from the others.");
    }

    private Block nearest() {
        List<List<Cell>> rows = new ArrayList<>();
        for (Figure figure : claims.figures()) {
            boolean unknown = figure.kind() == Figure.Kind.UNKNOWN;
            double at = found.nearest().getOrDefault(figure.id(), figure.likely());
            boolean moved = !unknown && found.factor(figure) > ROUNDING;
            rows.add(List.of(
                    Cell.text(figure.what()),
                    Cell.text(figure.kind().name().toLowerCase(Locale.ROOT)),
                    Cell.text(unknown ? "" : amount(figure, figure.likely())),
                    Cell.text(amount(figure, at)),
                    moved ? factor(at / figure.likely()) : Cell.EMPTY));
        }
        return new Block.Table(
                found.consistent() ? "the choice that strays least" : "the choice that leaves ranges least",
                List.of(
                        Column.text("figure"),
                        Column.text("is").withPriority(1),
                        Column.number("most probably"),
                        Column.number("fits at"),
                        Column.number("moved")),
                rows,
                null);
    }

    private Block left() {
        List<List<Cell>> rows = new ArrayList<>();
        for (Figure figure : claims.figures()) {
            Reconciliation.Span left = found.left().get(figure.id());
            if (left != null && !figure.isFixed()) {
                rows.add(List.of(
                        Cell.text(figure.what()),
                        Cell.text(span(figure.low(), figure.high())),
                        Cell.text(span(left.low(), left.high())),
                        Cell.text(figure.unit())));
            }
        }
        return new Block.Table(
                "what the others leave of each range",
                List.of(
                        Column.text("figure"),
                        Column.number("may be"),
                        Column.number("others leave"),
                        Column.text("unit").withPriority(1)),
                rows,
                null);
    }

    private Block sources() {
        List<Block.Entry> entries = new ArrayList<>();
        for (Figure figure : claims.figures()) {
            String source = figure.source();
            if (source != null) {
                entries.add(new Block.Entry(figure.what(), source));
            }
        }
        return new Block.InFull(List.of(new Block.Entries(entries)));
    }

    private Block alone() {
        List<List<Cell>> rows = new ArrayList<>();
        for (Figure figure : claims.figures()) {
            Double needed = found.alone(figure);
            if (needed != null) {
                double beyond = needed > figure.high() ? needed / figure.high() : figure.low() / needed;
                rows.add(List.of(
                        Cell.text(figure.what()),
                        Cell.text(span(figure.low(), figure.high())),
                        Cell.text(amount(figure, needed)),
                        factor(beyond)));
            }
        }
        if (rows.isEmpty()) {
            return new Block.Paragraph("No figure alone could make the others fit: at least two are wrong.");
        }
        return new Block.Table(
                "where it would have to lie for all others to fit inside their ranges",
                List.of(
                        Column.text("figure"),
                        Column.number("may be"),
                        Column.number("would have to be"),
                        Column.number("beyond its range by")),
                rows,
                null);
    }

    private static Cell factor(double factor) {
        return Cell.number("× " + Numerals.significant(factor), factor);
    }

    private static String span(double low, double high) {
        return low == high ? number(low) : number(low) + " – " + number(high);
    }

    private static String amount(Figure figure, double value) {
        return number(value) + (figure.unit().isEmpty() ? "" : Numerals.JOIN + figure.unit());
    }

    private static String number(double value) {
        return value >= 10_000 ? Numerals.many(value) : Numerals.significant(value);
    }
}
