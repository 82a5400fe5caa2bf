package io.ampacity.scenario.reading;

import io.ampacity.documents.DocumentNode;
import io.ampacity.documents.DocumentNode.MappingNode;
import io.ampacity.documents.DocumentNode.ScalarNode;
import io.ampacity.documents.Excerpt;
import io.ampacity.documents.Place;
import io.ampacity.documents.YamlDocument;
import io.ampacity.documents.schema.SchemaReading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A document with the documents it extends laid below it.
 *
 * <p>A scenario may come from a stranger, and messages quote what they find. So a document extends only files in its
 * own folder or below it, links followed.
 */
final class InheritedDocument {

    static final String EXTENDS = "extends";

    private static final int LONGEST_CHAIN = 10;

    private final SchemaReading reading;
    private final Path folder;
    private final List<Path> chain = new ArrayList<>();

    private InheritedDocument(SchemaReading reading, Path folder) {
        this.reading = reading;
        this.folder = folder;
    }

    /** Reads a file; null, with the reason noted, when there is no mapping to go on with. */
    static @Nullable MappingNode read(Path file, SchemaReading reading) {
        Path parent = file.toAbsolutePath().normalize().getParent();
        Path folder = parent == null ? file.toAbsolutePath() : parent;
        return new InheritedDocument(reading, folder).resolve(file);
    }

    private @Nullable MappingNode resolve(Path file) {
        chain.add(file.toAbsolutePath().normalize());
        MappingNode document = root(YamlDocument.readLeniently(file), file.toString(), reading);
        if (document == null
                || !(document.member(EXTENDS) instanceof ScalarNode base)
                || base.isNull()
                || base.text().isBlank()) {
            return document;
        }
        Path next = baseFile(file, base);
        MappingNode below = next == null ? null : resolve(next);
        return below == null ? document : merged(below, document);
    }

    /** The mapping at the root of what was read; null, with the reason noted, when there is none. */
    static @Nullable MappingNode root(YamlDocument.Reading document, String name, SchemaReading reading) {
        document.issues().forEach(reading::add);
        return switch (document.root()) {
            case MappingNode mapping -> mapping;
            case null -> null;
            case DocumentNode other -> {
                reading.error(
                        other.place(),
                        null,
                        "is not a scenario: a mapping with keys such as name and workloads is needed",
                        "start from a file in examples/");
                yield null;
            }
        };
    }

    private @Nullable Path baseFile(Path file, ScalarNode base) {
        Place place = base.place();
        Path next;
        try {
            Path parent = file.toAbsolutePath().getParent();
            next = (parent == null ? file : parent).resolve(base.text().strip()).normalize();
        } catch (InvalidPathException invalid) {
            reading.error(place, base.text(), Excerpt.quoted(base.text()) + " is not a path", "name a file beside it");
            return null;
        }
        if (!isInside(next)) {
            reading.error(
                    place,
                    base.text(),
                    Excerpt.quoted(base.text()) + " lies outside the folder of the scenario, " + folder,
                    "copy it into that folder");
            return null;
        }
        if (!Files.exists(next)) {
            reading.error(
                    place,
                    base.text(),
                    "there is no file " + Excerpt.quoted(base.text()) + " to extend",
                    "write the path from the folder of this document");
            return null;
        }
        if (chain.contains(next)) {
            reading.error(
                    place,
                    base.text(),
                    "documents extend each other in a circle: "
                            + chain.stream().map(this::shown).collect(Collectors.joining(" → ")) + " → " + shown(next),
                    "remove one extends");
            return null;
        }
        if (chain.size() >= LONGEST_CHAIN) {
            reading.error(
                    place,
                    base.text(),
                    "more than " + LONGEST_CHAIN + " documents extend one another",
                    "merge some of them");
            return null;
        }
        return next;
    }

    private boolean isInside(Path file) {
        try {
            return Files.exists(file) ? file.toRealPath().startsWith(folder.toRealPath()) : file.startsWith(folder);
        } catch (IOException unreadable) {
            return false;
        }
    }

    private String shown(Path file) {
        return file.startsWith(folder) ? folder.relativize(file).toString() : file.toString();
    }

    private static MappingNode merged(MappingNode below, MappingNode above) {
        Map<String, DocumentNode> members = new LinkedHashMap<>(below.members());
        Map<String, Place> keyPlaces = new LinkedHashMap<>(below.keyPlaces());
        above.members().forEach((key, value) -> {
            DocumentNode result = members.get(key) instanceof MappingNode old && value instanceof MappingNode now
                    ? merged(old, now)
                    : value;
            members.put(key, result);
            keyPlaces.put(key, above.keyPlaces().getOrDefault(key, value.place()));
        });
        return new MappingNode(above.place(), members, keyPlaces);
    }
}
