package io.ampacity.documents;

import io.ampacity.documents.DocumentNode.MappingNode;
import io.ampacity.documents.DocumentNode.ScalarNode;
import io.ampacity.documents.DocumentNode.SequenceNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;

/**
 * Reads one YAML 1.2 document (and so JSON) into {@link DocumentNode}s.
 *
 * <p>Input is hostile: size, nesting and alias use are bounded before a tree is built, so that junk and "billion
 * laughs" end as an {@link Issue} and not as a full heap.
 */
public final class YamlDocument {

    /** Documents larger than this are refused unread. */
    public static final long MAXIMUM_BYTES = 8L << 20;

    private static final int MAXIMUM_NODES = 1_000_000;
    private static final int MAXIMUM_DEPTH = 50;

    private YamlDocument() {}

    /**
     * Reads a file.
     *
     * @throws DocumentException when the file is missing, unreadable, too large, not UTF-8 or not YAML
     */
    public static DocumentNode read(Path file) {
        Place start = new Place(file.toString(), 1, 1, "");
        try {
            if (Files.isDirectory(file)) {
                throw refuse(start, "is a folder, not a file", "name a .yaml file inside it");
            }
            try (InputStream in = Files.newInputStream(file)) {
                return parse(file.toString(), in.readNBytes((int) MAXIMUM_BYTES + 1));
            }
        } catch (NoSuchFileException missing) {
            throw refuse(
                    start,
                    "there is no such file",
                    "check the path from " + Path.of("").toAbsolutePath());
        } catch (IOException unreadable) {
            throw refuse(start, "cannot be read: " + unreadable.getMessage(), "check its permissions");
        }
    }

    /** Reads bytes; {@code name} stands for the document in places. Errors as for {@link #read(Path)}. */
    public static DocumentNode parse(String name, byte[] bytes) {
        Place start = new Place(name, 1, 1, "");
        if (bytes.length > MAXIMUM_BYTES) {
            throw refuse(
                    start, "is larger than " + (MAXIMUM_BYTES >> 20) + " MiB", "split it, or check that it is YAML");
        }
        try {
            return parse(
                    name,
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .onMalformedInput(CodingErrorAction.REPORT)
                            .onUnmappableCharacter(CodingErrorAction.REPORT)
                            .decode(ByteBuffer.wrap(bytes))
                            .toString());
        } catch (CharacterCodingException notText) {
            throw refuse(start, "is not UTF-8 text", "save it as UTF-8, or check that it is YAML");
        }
    }

    /** Reads text; {@code name} stands for the document in places. Errors as for {@link #read(Path)}. */
    public static DocumentNode parse(String name, String text) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(name)
                .setUseMarks(true)
                .setAllowDuplicateKeys(true)
                .setMaxAliasesForCollections(50)
                .setCodePointLimit((int) MAXIMUM_BYTES)
                .build();
        try {
            Iterator<Node> documents =
                    new Compose(settings).composeAllFromString(text).iterator();
            if (!documents.hasNext()) {
                throw refuse(new Place(name, 1, 1, ""), "is empty", "start from a file in examples/");
            }
            Node root = documents.next();
            if (documents.hasNext()) {
                throw refuse(
                        place(name, documents.next().getStartMark(), ""),
                        "holds a second document",
                        "remove it and its ---");
            }
            return new Conversion(name).convert(root, "", 0);
        } catch (MarkedYamlEngineException invalid) {
            throw refuse(
                    place(name, invalid.getProblemMark().or(invalid::getContextMark), ""),
                    "is not valid YAML: " + oneLine(invalid.getProblem()),
                    "check indentation, quotes and colons near this line");
        } catch (YamlEngineException invalid) {
            throw refuse(
                    new Place(name, 1, 1, ""),
                    "is not valid YAML: " + oneLine(String.valueOf(invalid.getMessage())),
                    "check that it is text in YAML");
        } catch (StackOverflowError tooDeep) {
            throw refuse(new Place(name, 1, 1, ""), "is nested too deeply", "check that it is a scenario");
        }
    }

    private static String oneLine(String message) {
        String line = message.lines().findFirst().orElse("");
        return line.length() > 200 ? line.substring(0, 197) + "..." : line;
    }

    private static Place place(String name, Optional<Mark> mark, String path) {
        return mark.map(m -> new Place(name, m.getLine() + 1, m.getColumn() + 1, path))
                .orElseGet(() -> new Place(name, 1, 1, path));
    }

    private static DocumentException refuse(Place place, String problem, String advice) {
        return new DocumentException(List.of(Issue.error(place, null, problem, advice)));
    }

    /** Turns the library's nodes into ours, counting what aliases multiply. */
    private static final class Conversion {
        private final String name;
        private int nodes;

        Conversion(String name) {
            this.name = name;
        }

        DocumentNode convert(Node node, String path, int depth) {
            Place place = place(name, node.getStartMark(), path);
            if (++nodes > MAXIMUM_NODES) {
                throw refuse(place, "grows beyond " + MAXIMUM_NODES + " values", "remove aliases that repeat aliases");
            }
            if (depth > MAXIMUM_DEPTH) {
                throw refuse(
                        place, "is nested deeper than " + MAXIMUM_DEPTH, "check for an alias that contains itself");
            }
            return switch (node) {
                case org.snakeyaml.engine.v2.nodes.ScalarNode scalar ->
                    new ScalarNode(place, scalar.getValue(), scalar.getScalarStyle() != ScalarStyle.PLAIN);
                case org.snakeyaml.engine.v2.nodes.SequenceNode sequence -> {
                    List<DocumentNode> elements = new ArrayList<>();
                    for (Node element : sequence.getValue()) {
                        elements.add(convert(element, path + "[" + elements.size() + "]", depth + 1));
                    }
                    yield new SequenceNode(place, elements);
                }
                case org.snakeyaml.engine.v2.nodes.MappingNode mapping -> mapping(mapping, place, path, depth);
                default -> throw refuse(place, "holds a kind of YAML node that is not supported", "write it out");
            };
        }

        private MappingNode mapping(
                org.snakeyaml.engine.v2.nodes.MappingNode mapping, Place place, String path, int depth) {
            Map<String, DocumentNode> members = new LinkedHashMap<>();
            Map<String, Place> keyPlaces = new LinkedHashMap<>();
            for (NodeTuple tuple : mapping.getValue()) {
                Place keyPlace = place(name, tuple.getKeyNode().getStartMark(), path);
                if (!(tuple.getKeyNode() instanceof org.snakeyaml.engine.v2.nodes.ScalarNode scalar)) {
                    throw refuse(keyPlace, "has a key that is not a word", "write keys as plain words");
                }
                String key = scalar.getValue();
                String below = path.isEmpty() ? key : path + "." + key;
                if (members.containsKey(key)) {
                    throw refuse(
                            new Place(name, keyPlace.line(), keyPlace.column(), below),
                            "the key \"" + key + "\" stands twice",
                            "remove one of the two");
                }
                members.put(key, convert(tuple.getValueNode(), below, depth + 1));
                keyPlaces.put(key, new Place(name, keyPlace.line(), keyPlace.column(), below));
            }
            return new MappingNode(place, members, keyPlaces);
        }
    }
}
