package io.ampacity.scenario.reading;

import io.ampacity.documents.DocumentNode.MappingNode;
import io.ampacity.documents.YamlDocument;
import io.ampacity.documents.schema.Form;
import io.ampacity.documents.schema.Nested;
import io.ampacity.documents.schema.SchemaReading;
import io.ampacity.documents.schema.Section;
import io.ampacity.facts.Catalogue;
import io.ampacity.scenario.Scenario;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads a scenario document and finds every mistake in it. Throws nothing for what a document says. */
public final class ScenarioReader {

    private ScenarioReader() {}

    /** The attribute table of a scenario. */
    public static Section language() {
        return ScenarioTable.SECTION;
    }

    /** Reads a file, with the files it extends; names resolve against the catalogue. */
    public static ScenarioReading read(Path file, Catalogue catalogue) {
        SchemaReading reading = new SchemaReading();
        MappingNode document = InheritedDocument.read(file, reading);
        Path folder = file.toAbsolutePath().normalize().getParent();
        return read(document, catalogue, reading, folder);
    }

    /**
     * Reads text; {@code name} stands for it in messages. Files it names, such as traces, are not looked for, and it
     * extends nothing.
     */
    public static ScenarioReading parse(String name, String text, Catalogue catalogue) {
        SchemaReading reading = new SchemaReading();
        MappingNode document = InheritedDocument.root(YamlDocument.parseLeniently(name, text), name, reading);
        if (document != null && document.member(InheritedDocument.EXTENDS) != null) {
            reading.error(
                    document.place().below(InheritedDocument.EXTENDS),
                    null,
                    "only a scenario in a file can extend another",
                    "save it to a file first");
        }
        return read(document, catalogue, reading, null);
    }

    private static ScenarioReading read(
            @Nullable MappingNode document, Catalogue catalogue, SchemaReading reading, @Nullable Path folder) {
        Scenario scenario = null;
        if (document != null) {
            Vocabularies.learn(reading, catalogue);
            Vocabularies.learnDeclarations(reading, document);
            Form root = Nested.of(ScenarioTable.SECTION).read(document, reading);
            if (root != null) {
                scenario = new ScenarioBuilding(catalogue, reading, root, folder).scenario();
            }
        }
        return new ScenarioReading(reading.errors() == 0 ? scenario : null, reading.issues());
    }
}
