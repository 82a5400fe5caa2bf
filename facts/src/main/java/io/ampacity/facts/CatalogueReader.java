package io.ampacity.facts;

import io.ampacity.documents.DocumentException;
import io.ampacity.documents.DocumentNode;
import io.ampacity.documents.DocumentNode.MappingNode;
import io.ampacity.documents.Issue;
import io.ampacity.documents.YamlDocument;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads facts from YAML: any of the sections {@code sources}, {@code chips}, {@code models}, {@code regions},
 * {@code offers} and {@code grids}, in one file or several.
 *
 * <p>All mistakes are found in one pass. An entry with a mistake is left out; the others are read.
 */
public final class CatalogueReader {

    private CatalogueReader() {}

    /**
     * What a file held.
     *
     * @param issues every mistake, in document order
     */
    public record Reading(Catalogue catalogue, List<Issue> issues) {

        public Reading {
            issues = List.copyOf(issues);
        }

        /**
         * The catalogue of a file without errors.
         *
         * @throws DocumentException with all errors when there is one
         */
        public Catalogue orThrow() {
            List<Issue> errors = issues.stream().filter(Issue::isError).toList();
            if (!errors.isEmpty()) {
                throw new DocumentException(errors);
            }
            return catalogue;
        }
    }

    /**
     * Reads a file.
     *
     * @throws DocumentException when it is missing or no YAML at all
     */
    public static Reading read(Path file) {
        return read(YamlDocument.read(file));
    }

    /** Reads text; {@code name} stands for the document in places. Throws as {@link #read(Path)} does. */
    public static Reading read(String name, String text) {
        return read(YamlDocument.parse(name, text));
    }

    /** Reads a document that may hold facts among its members. */
    public static Reading read(DocumentNode root) {
        List<Issue> issues = new ArrayList<>();
        if (!(root instanceof MappingNode top)) {
            issues.add(Issue.error(
                    root.place(),
                    null,
                    "this is not a mapping of facts",
                    "start with one of " + String.join(", ", FactKind.ids())));
            return new Reading(Catalogue.empty(), issues);
        }
        top.members().keySet().stream()
                .filter(key -> !key.equals("sources") && !FactKind.ids().contains(key))
                .forEach(key -> issues.add(Issue.error(
                        top.keyPlaces().getOrDefault(key, top.place()),
                        key,
                        "there is no kind of facts \"" + key + "\"",
                        "you mean one of " + String.join(", ", FactKind.ids()))));
        Sources sources = Sources.read(section(top, "sources", issues), issues);
        Map<String, Chip> chips = entries(top, FactKind.CHIPS, sources, issues, ChipReader::read);
        Map<String, LanguageModel> models = entries(top, FactKind.MODELS, sources, issues, LanguageModelReader::read);
        Map<String, Region> regions = entries(top, FactKind.REGIONS, sources, issues, RegionReader::read);
        Map<String, GridProfile> grids = entries(top, FactKind.GRIDS, sources, issues, GridProfileReader::read);
        Map<String, Offer> offers = new LinkedHashMap<>();
        entries(top, FactKind.OFFERS, sources, issues, OfferReader::read)
                .values()
                .forEach(some -> some.forEach(offer -> offers.put(offer.id(), offer)));
        issues.sort(
                java.util.Comparator.<Issue>comparingInt(issue -> issue.place().line())
                        .thenComparingInt(issue -> issue.place().column()));
        return new Reading(new Catalogue(chips, models, regions, offers, grids), issues);
    }

    private interface EntryReader<T> {
        @Nullable T read(String id, Fields fields);
    }

    private static <T> Map<String, T> entries(
            MappingNode top, FactKind kind, Sources sources, List<Issue> issues, EntryReader<T> reader) {
        Map<String, T> result = new LinkedHashMap<>();
        MappingNode section = section(top, kind.id(), issues);
        if (section != null) {
            section.members().forEach((id, value) -> {
                if (value instanceof MappingNode mapping) {
                    Fields fields = new Fields(mapping, sources, issues);
                    T entry = reader.read(id, fields);
                    fields.finish();
                    if (entry != null && !fields.failed()) {
                        result.put(id, entry);
                    }
                } else {
                    issues.add(Issue.error(
                            value.place(),
                            null,
                            "the entry \"" + id + "\" is not a mapping",
                            "indent its members below it"));
                }
            });
        }
        return result;
    }

    private static @Nullable MappingNode section(MappingNode top, String key, List<Issue> issues) {
        DocumentNode node = top.member(key);
        if (node == null || node instanceof MappingNode) {
            return (MappingNode) node;
        }
        issues.add(Issue.error(node.place(), null, "\"" + key + "\" is not a mapping", "indent its entries below it"));
        return null;
    }
}
