package io.ampacity.cli;

import io.ampacity.facts.Catalogue;
import io.ampacity.facts.Contract;
import io.ampacity.facts.FactKind;
import io.ampacity.facts.Figure;
import io.ampacity.facts.MonthHourTable;
import io.ampacity.reports.paper.Block;
import io.ampacity.reports.paper.Cell;
import io.ampacity.reports.paper.Column;
import io.ampacity.reports.paper.Numerals;
import io.ampacity.units.Dimension;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code ampacity facts show}: all that is known of one thing, with where each figure comes from. */
@Command(
        name = "show",
        description = "Show all that is known of one thing, and where each figure comes from.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ampacity facts show h100-sxm",
            "  ampacity facts show models llama-3.1-70b",
            "  ampacity facts show aws:eu-central-1 --json"
        })
final class FactsShow extends AbstractAction {

    @Mixin
    private KnownFacts known = new KnownFacts();

    @Parameters(
            arity = "1..2",
            paramLabel = "[KIND] ID",
            description = "The id or alias of an entry, after its kind when several kinds have it.")
    private List<String> words = List.of();

    @Override
    public Integer call() {
        String name = words.getLast();
        List<FactKind> kinds =
                words.size() == 2 ? List.of(FactsList.kindOf(words.getFirst())) : List.of(FactKind.values());
        Catalogue catalogue = known.catalogue();
        for (FactKind kind : kinds) {
            Optional<String> id = catalogue.idOf(kind, name);
            if (id.isPresent()) {
                show(
                        kind,
                        Objects.requireNonNull(
                                FactTable.entries(catalogue, kind).get(id.get())));
                return ExitCode.FINE;
            }
        }
        throw unknown(catalogue, kinds, name);
    }

    private static BadInput unknown(Catalogue catalogue, List<FactKind> kinds, String name) {
        Set<String> similar = new LinkedHashSet<>();
        kinds.forEach(kind -> similar.addAll(catalogue.suggestions(kind, name)));
        return new BadInput(
                "There is no \"" + name + "\" among the "
                        + String.join(", ", kinds.stream().map(FactKind::id).toList()),
                similar.isEmpty()
                        ? "ampacity facts list shows what there is"
                        : "you mean " + String.join(" or ", similar));
    }

    private void show(FactKind kind, Record entry) {
        if (output().json()) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("kind", kind.id());
            document.putAll(FactDocument.of(entry));
            output().document(document);
            return;
        }
        List<List<Cell>> rows = new ArrayList<>();
        List<Block> blocks = new ArrayList<>();
        List<Block.Point> remarks = new ArrayList<>();
        rows(entry, "", rows, remarks);
        List<Column> columns =
                List.of(Column.text("what"), Column.text("value"), Column.text("source"), Column.text("as of"));
        blocks.add(new Block.Table(kind.id(), columns, rows, null));
        if (!remarks.isEmpty()) {
            blocks.add(new Block.Points(remarks));
        }
        output().blocks(blocks.toArray(Block[]::new));
    }

    private static void rows(Record entry, String prefix, List<List<Cell>> rows, List<Block.Point> remarks) {
        for (RecordComponent component : entry.getClass().getRecordComponents()) {
            String name = prefix + component.getName();
            Object value = FactDocument.value(entry, component);
            if (component.getName().equals("note")) {
                if (value != null) {
                    remarks.add(new Block.Point("note", String.valueOf(value)));
                }
                continue;
            }
            switch (value) {
                case null -> rows.add(row(name, "unknown", "", ""));
                case Figure figure -> rows.add(row(name, component.getName(), figure, remarks));
                case Map<?, ?> map ->
                    map.forEach((key, member) -> {
                        if (member instanceof Figure figure) {
                            rows.add(row(name + " " + key, component.getName(), figure, remarks));
                        }
                    });
                case MonthHourTable table ->
                    rows.add(row(
                            name, "mean " + Numerals.significant(table.mean()) + " of 12 months × 24 hours", "", ""));
                case Contract contract -> {
                    rows.add(row(name, contract.id(), "", ""));
                    rows((Record) contract, name + ".", rows, remarks);
                }
                case Record inner -> {
                    if (inner.getClass().getInterfaces().length > 0) {
                        rows.add(row(name, inner.getClass().getSimpleName(), "", ""));
                    }
                    rows(inner, name + ".", rows, remarks);
                }
                case List<?> list ->
                    rows.add(row(
                            name,
                            String.join(", ", list.stream().map(String::valueOf).toList()),
                            "",
                            ""));
                default -> rows.add(row(name, String.valueOf(value), "", ""));
            }
        }
    }

    private static List<Cell> row(String name, String component, Figure figure, List<Block.Point> remarks) {
        if (figure.note() != null) {
            remarks.add(new Block.Point(name, figure.note()));
        }
        for (Figure.Rejected rejected : figure.rejected()) {
            remarks.add(new Block.Point(
                    name,
                    "not " + print(component, rejected.value()) + " of " + rejected.source() + ": "
                            + rejected.reason()));
        }
        return row(name, print(component, figure.value()), figure.source(), figure.asOf());
    }

    private static List<Cell> row(String name, String value, String source, String asOf) {
        return List.of(Cell.text(name), Cell.text(value), Cell.text(source), Cell.text(asOf));
    }

    private static String print(String component, double value) {
        Dimension dimension = FactDocument.dimension(component);
        return dimension == null ? Numerals.significant(value) : dimension.print(value);
    }
}
