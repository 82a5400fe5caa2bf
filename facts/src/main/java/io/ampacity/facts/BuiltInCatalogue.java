package io.ampacity.facts;

import io.ampacity.documents.YamlDocument;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The catalogue that ships with the product: one YAML file a kind, beside this class. */
public final class BuiltInCatalogue {

    private static final Catalogue CATALOGUE = new Catalogue(
            () -> read(FactKind.CHIPS).chips(),
            () -> read(FactKind.MODELS).models(),
            () -> read(FactKind.REGIONS).regions(),
            () -> read(FactKind.OFFERS).offers(),
            () -> read(FactKind.GRIDS).grids());

    private BuiltInCatalogue() {}

    /** The catalogue; each kind is read when first asked for, once a process. */
    public static Catalogue load() {
        return CATALOGUE;
    }

    private static Catalogue read(FactKind kind) {
        String name = kind.id() + ".yaml";
        try (InputStream in = BuiltInCatalogue.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the file " + name + " is missing from this build");
            }
            return CatalogueReader.read(YamlDocument.parse("facts/" + name, in.readAllBytes()))
                    .orThrow();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the file " + name + " of this build cannot be read", unreadable);
        }
    }
}
