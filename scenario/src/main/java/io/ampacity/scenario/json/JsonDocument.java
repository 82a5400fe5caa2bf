package io.ampacity.scenario.json;

import io.ampacity.documents.DocumentException;
import io.ampacity.documents.DocumentNode;
import io.ampacity.documents.DocumentNode.MappingNode;
import io.ampacity.documents.DocumentNode.ScalarNode;
import io.ampacity.documents.DocumentNode.SequenceNode;
import io.ampacity.documents.Excerpt;
import io.ampacity.documents.Issue;
import io.ampacity.documents.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/** Reads one JSON document into {@link DocumentNode}s; unlike YAML it may be large, since plans are. */
final class JsonDocument {

    private static final int MAXIMUM_DEPTH = 50;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAXIMUM_DEPTH)
                    .maxNameLength(1_000)
                    .maxStringLength(1_000_000)
                    .build())
            .build();

    private final String name;
    private final JsonParser parser;

    private JsonDocument(String name, JsonParser parser) {
        this.name = name;
        this.parser = parser;
    }

    /**
     * Reads bytes; {@code name} stands for the document in places.
     *
     * @throws DocumentException when they are not one JSON document
     */
    static DocumentNode parse(String name, byte[] bytes) {
        if (bytes.length == 0) {
            throw refusal(new Place(name, 1, 1, ""), "is empty", "write it with: ampacity plan --out");
        }
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), bytes)) {
            JsonDocument document = new JsonDocument(name, parser);
            parser.nextToken();
            DocumentNode root = document.value("");
            if (parser.nextToken() != null) {
                throw refusal(document.place(""), "goes on after its end", "remove what follows the last }");
            }
            return root;
        } catch (JacksonException invalid) {
            TokenStreamLocation location = invalid.getLocation();
            Place place = location == null
                    ? new Place(name, 1, 1, "")
                    : new Place(name, Math.max(1, location.getLineNr()), Math.max(1, location.getColumnNr()), "");
            throw refusal(
                    place,
                    "is not valid JSON: " + Excerpt.of(String.valueOf(invalid.getOriginalMessage())),
                    "the file was cut short or edited by hand");
        }
    }

    private DocumentNode value(String path) {
        JsonToken token = parser.currentToken();
        Place place = place(path);
        if (token == JsonToken.START_OBJECT) {
            return mapping(place, path);
        }
        if (token == JsonToken.START_ARRAY) {
            List<DocumentNode> elements = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                elements.add(value(path + "[" + elements.size() + "]"));
            }
            return new SequenceNode(place, elements);
        }
        String text = parser.getString();
        return new ScalarNode(place, text == null ? "" : text, token == JsonToken.VALUE_STRING);
    }

    private MappingNode mapping(Place place, String path) {
        Map<String, DocumentNode> members = new LinkedHashMap<>();
        Map<String, Place> keyPlaces = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            Place keyPlace = place(path.isEmpty() ? Excerpt.of(key) : path + "." + Excerpt.of(key));
            if (keyPlaces.put(key, keyPlace) != null) {
                throw refusal(keyPlace, "the key " + Excerpt.quoted(key) + " stands twice", "remove one of the two");
            }
            parser.nextToken();
            members.put(key, value(keyPlace.path()));
        }
        return new MappingNode(place, members, keyPlaces);
    }

    private Place place(String path) {
        TokenStreamLocation location = parser.currentTokenLocation();
        return new Place(name, Math.max(1, location.getLineNr()), Math.max(1, location.getColumnNr()), path);
    }

    static DocumentException refusal(Place place, String problem, String advice) {
        return new DocumentException(List.of(Issue.error(place, null, problem, advice)));
    }
}
