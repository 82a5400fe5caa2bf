package io.ampacity.cli;

import io.ampacity.facts.BuiltInCatalogue;
import io.ampacity.facts.Catalogue;
import io.ampacity.facts.CatalogueReader;
import io.ampacity.facts.Chip;
import io.ampacity.facts.FactKind;
import io.ampacity.facts.LanguageModel;
import io.ampacity.facts.Offer;
import io.ampacity.facts.Region;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of the commands that look things up: the built-in facts, with the user's own laid over them. */
final class KnownFacts {

    @Option(
            names = "--facts",
            paramLabel = "FILE",
            description = "Your own facts (YAML); they come before the built-in ones.",
            order = 90)
    private List<Path> files = List.of();

    private @Nullable Catalogue catalogue;

    /** All that is known; read once. */
    Catalogue catalogue() {
        Catalogue known = catalogue;
        if (known == null) {
            known = BuiltInCatalogue.load();
            for (Path file : files) {
                known = known.overlaidBy(CatalogueReader.read(file).orThrow());
            }
            catalogue = known;
        }
        return known;
    }

    Chip chip(String name) {
        return catalogue().chip(name).orElseThrow(unknown(FactKind.CHIPS, "chip", name));
    }

    LanguageModel model(String name) {
        return catalogue().model(name).orElseThrow(unknown(FactKind.MODELS, "model", name));
    }

    Region region(String name) {
        return catalogue().region(name).orElseThrow(unknown(FactKind.REGIONS, "region", name));
    }

    Offer offer(String name) {
        return catalogue().offer(name).orElseThrow(unknown(FactKind.OFFERS, "offer", name));
    }

    private Supplier<BadInput> unknown(FactKind kind, String word, String name) {
        return () -> {
            List<String> similar = catalogue().suggestions(kind, name);
            String list = "ampacity facts list " + kind.id() + " shows what there is";
            return new BadInput(
                    "There is no " + word + " \"" + name + "\"",
                    similar.isEmpty() ? list : "you mean " + String.join(" or ", similar) + "; " + list);
        };
    }
}
