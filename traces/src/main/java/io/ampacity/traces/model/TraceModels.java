package io.ampacity.traces.model;

import io.ampacity.documents.DocumentException;
import io.ampacity.documents.Issue;
import io.ampacity.documents.Place;
import io.ampacity.documents.YamlDocument;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** The models that come with the product: published traces in a page of numbers each. */
public final class TraceModels {

    private static final List<String> NAMES =
            List.of("azure-conversation-2023", "azure-code-2023", "mooncake-conversation");

    private TraceModels() {}

    /** The names of the built-in models. */
    public static List<String> names() {
        return NAMES;
    }

    /**
     * A built-in model.
     *
     * @throws DocumentException when there is none of that name
     */
    public static TraceModel builtIn(String name) {
        if (!NAMES.contains(name)) {
            throw new DocumentException(List.of(Issue.error(
                    new Place(name, 1, 1, ""),
                    name,
                    "\"" + name + "\" is no built-in trace model",
                    "use one of " + String.join(", ", NAMES) + ", or name a file")));
        }
        try (InputStream in = TraceModels.class.getResourceAsStream(name + ".yaml")) {
            if (in == null) {
                throw new IllegalStateException("the resource of the built-in trace model " + name + " is missing");
            }
            return TraceModelReader.read(YamlDocument.parse(name, in.readAllBytes()));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
