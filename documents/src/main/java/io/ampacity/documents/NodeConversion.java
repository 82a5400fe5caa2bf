package io.ampacity.documents;

import io.ampacity.documents.DocumentNode.MappingNode;
import io.ampacity.documents.DocumentNode.ScalarNode;
import io.ampacity.documents.DocumentNode.SequenceNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;

/** Turns the YAML library's nodes into ours, following merge keys and counting what aliases multiply. */
final class NodeConversion {

    private static final int MAXIMUM_NODES = 300_000;
    private static final int MAXIMUM_DEPTH = 50;
    private static final String MERGE_KEY = "<<";
    private static final Set<String> PLAIN_TAGS = Set.of("str", "int", "float", "bool", "null", "map", "seq");
    private static final String TAG_PREFIX = "tag:yaml.org,2002:";

    private final String name;
    private final List<Issue> issues = new ArrayList<>();
    private int nodes;

    NodeConversion(String name) {
        this.name = name;
    }

    /** Mistakes that leave the tree usable. */
    List<Issue> issues() {
        return issues;
    }

    /** The tree; throws {@link DocumentException} when it grows beyond all bounds. */
    DocumentNode convert(Node root) {
        return convert(root, "", 0);
    }

    private DocumentNode convert(Node node, String path, int depth) {
        Place place = place(node.getStartMark(), path);
        if (++nodes > MAXIMUM_NODES) {
            throw refusal(place, "grows beyond " + MAXIMUM_NODES + " values", "remove aliases that repeat aliases");
        }
        if (depth > MAXIMUM_DEPTH) {
            throw refusal(place, "is nested deeper than " + MAXIMUM_DEPTH, "check for an alias that contains itself");
        }
        checkTag(node, place);
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
            default -> throw refusal(place, "holds a kind of YAML node that is not supported", "write it out");
        };
    }

    private void checkTag(Node node, Place place) {
        String tag = node.getTag().getValue();
        boolean plain = tag.startsWith(TAG_PREFIX) && PLAIN_TAGS.contains(tag.substring(TAG_PREFIX.length()));
        if (!plain && !tag.equals("!")) {
            issues.add(Issue.error(
                    place, tag, "has the tag " + Excerpt.quoted(tag) + ", and tags are not supported", "remove it"));
        }
    }

    private MappingNode mapping(
            org.snakeyaml.engine.v2.nodes.MappingNode mapping, Place place, String path, int depth) {
        Map<String, DocumentNode> members = new LinkedHashMap<>();
        Map<String, Place> keyPlaces = new LinkedHashMap<>();
        List<Node> merged = new ArrayList<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Place keyPlace = place(tuple.getKeyNode().getStartMark(), path);
            if (!(tuple.getKeyNode() instanceof org.snakeyaml.engine.v2.nodes.ScalarNode scalar)) {
                issues.add(Issue.error(keyPlace, null, "has a key that is not a word", "write keys as plain words"));
                continue;
            }
            String key = scalar.getValue();
            if (key.equals(MERGE_KEY) && scalar.getScalarStyle() == ScalarStyle.PLAIN) {
                merged.add(tuple.getValueNode());
                continue;
            }
            Place below = new Place(name, keyPlace.line(), keyPlace.column(), below(path, key));
            if (members.containsKey(key)) {
                issues.add(Issue.error(
                        below,
                        key,
                        "the key " + Excerpt.quoted(key) + " stands twice, first on line "
                                + keyPlaces.getOrDefault(key, below).line(),
                        "remove one of the two"));
                continue;
            }
            members.put(key, convert(tuple.getValueNode(), below.path(), depth + 1));
            keyPlaces.put(key, below);
        }
        merged.forEach(node -> merge(node, place, path, depth, members, keyPlaces));
        return new MappingNode(place, members, keyPlaces);
    }

    /** Adds what {@code << } names; what the mapping says itself wins, and so does the first of several. */
    private void merge(
            Node node,
            Place place,
            String path,
            int depth,
            Map<String, DocumentNode> members,
            Map<String, Place> keyPlaces) {
        switch (convert(node, path, depth + 1)) {
            case MappingNode base -> add(base, members, keyPlaces);
            case SequenceNode bases
            when bases.elements().stream().allMatch(MappingNode.class::isInstance) ->
                ((org.snakeyaml.engine.v2.nodes.SequenceNode) node)
                        .getValue()
                        .forEach(base -> merge(base, place, path, depth + 1, members, keyPlaces));
            case SequenceNode _, ScalarNode _ ->
                issues.add(Issue.error(
                        place(node.getStartMark(), path),
                        MERGE_KEY,
                        "the merge key << names something that is not a mapping",
                        "name an anchor of a mapping, such as <<: *defaults"));
        }
    }

    private static void add(MappingNode base, Map<String, DocumentNode> members, Map<String, Place> keyPlaces) {
        base.members().forEach((key, value) -> {
            if (!members.containsKey(key)) {
                members.put(key, value);
                keyPlaces.put(key, base.keyPlaces().getOrDefault(key, value.place()));
            }
        });
    }

    static String below(String path, String key) {
        String shown = Excerpt.of(key);
        return path.isEmpty() ? shown : path + "." + shown;
    }

    private Place place(Optional<Mark> mark, String path) {
        return mark.map(m -> new Place(name, m.getLine() + 1, m.getColumn() + 1, path))
                .orElseGet(() -> new Place(name, 1, 1, path));
    }

    private static DocumentException refusal(Place place, String problem, String advice) {
        return new DocumentException(List.of(Issue.error(place, null, problem, advice)));
    }
}
