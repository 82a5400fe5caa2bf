package io.ampacity.cli;

import io.ampacity.facts.FactKind;
import io.ampacity.reports.paper.Block;
import io.ampacity.reports.paper.Cell;
import io.ampacity.reports.paper.Column;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code ampacity facts list}: the entries of one kind, or how many there are of each. */
@Command(
        name = "list",
        description = "List the entries of one kind, or how many there are of each kind.",
        footerHeading = "%nExamples:%n",
        footer = {"  ampacity facts list", "  ampacity facts list models", "  ampacity facts list offers h100 on-demand"
        })
final class FactsList extends AbstractAction {

    @Mixin
    private KnownFacts known = new KnownFacts();

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "KIND",
            description = "chips, models, regions, offers or grids.")
    private @Nullable String kind;

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "WORD",
            description = "Only entries whose id, name or contract have all of these words.")
    private List<String> words = List.of();

    @Override
    public Integer call() {
        String wanted = kind;
        if (wanted == null) {
            listKinds();
        } else {
            listEntries(kindOf(wanted));
        }
        return ExitCode.FINE;
    }

    static FactKind kindOf(String name) {
        return FactKind.parse(name)
                .orElseThrow(() -> new BadInput(
                        "There is no kind of facts \"" + name + "\"",
                        "you mean one of " + String.join(", ", FactKind.ids())));
    }

    private void listKinds() {
        Map<String, Object> document = new LinkedHashMap<>();
        List<List<Cell>> rows = new ArrayList<>();
        for (FactKind each : FactKind.values()) {
            int count = FactTable.entries(known.catalogue(), each).size();
            document.put(each.id(), count);
            rows.add(List.of(Cell.text(each.id()), Cell.count(count)));
        }
        if (output().json()) {
            output().document(Map.of("entries", document));
        } else {
            List<Column> columns = List.of(Column.text("kind"), Column.number("entries"));
            output().blocks(new Block.Table("facts", columns, rows, null));
        }
    }

    private void listEntries(FactKind each) {
        List<Record> entries = new ArrayList<>();
        FactTable.entries(known.catalogue(), each).forEach((id, entry) -> {
            if (hasAllWords(entry)) {
                entries.add(entry);
            }
        });
        if (output().json()) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("kind", each.id());
            document.put("entries", entries.stream().map(FactDocument::of).toList());
            output().document(document);
        } else if (entries.isEmpty()) {
            output().text().println("none of the " + each.id() + " has all of: " + String.join(" ", words));
        } else {
            output().blocks(FactTable.of(each, entries));
        }
    }

    private boolean hasAllWords(Record entry) {
        String searched = FactDocument.words(entry).toLowerCase(Locale.ROOT);
        return words.stream().allMatch(word -> searched.contains(word.toLowerCase(Locale.ROOT)));
    }
}
