package io.ampacity.documents.schema;

import io.ampacity.documents.DocumentNode;
import io.ampacity.documents.DocumentNode.MappingNode;
import io.ampacity.documents.DocumentNode.ScalarNode;
import io.ampacity.documents.DocumentNode.SequenceNode;
import io.ampacity.documents.Excerpt;
import io.ampacity.documents.Issue;
import io.ampacity.documents.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One pass over a document: the names it may use, and the mistakes found so far. Not thread-safe. */
public final class SchemaReading {

    /** Mistakes beyond this number are counted and not kept: a file of junk has no use for more. */
    private static final int MOST_ISSUES = 200;

    private final Map<String, Vocabulary> vocabularies = new HashMap<>();
    private final List<Issue> issues = new ArrayList<>();
    private int errors;
    private int dropped;

    /** Makes names of a kind known. */
    public void learn(Vocabulary vocabulary) {
        vocabularies.put(vocabulary.kind(), vocabulary);
    }

    /** The names of a kind. */
    public Vocabulary vocabulary(String kind) {
        Vocabulary vocabulary = vocabularies.get(kind);
        if (vocabulary == null) {
            throw new IllegalStateException("no vocabulary of kind " + kind + " was learnt");
        }
        return vocabulary;
    }

    public void error(Place place, @Nullable String value, String problem, @Nullable String advice) {
        add(Issue.error(place, value, problem, advice));
    }

    public void warning(Place place, @Nullable String value, String problem, @Nullable String advice) {
        add(Issue.warning(place, value, problem, advice));
    }

    public void add(Issue issue) {
        if (issue.isError()) {
            errors++;
        }
        if (issues.size() < MOST_ISSUES) {
            issues.add(issue);
        } else {
            dropped++;
        }
    }

    /** Errors so far, so that a caller can tell whether a part of the document was sound. */
    public int errors() {
        return errors;
    }

    /** Whether more mistakes would only be counted, so that no work need go into their advice. */
    public boolean isSaturated() {
        return issues.size() >= MOST_ISSUES;
    }

    /** Every mistake in document order; warnings and errors mixed. */
    public List<Issue> issues() {
        List<Issue> ordered = new ArrayList<>(issues.stream().distinct().toList());
        ordered.sort(Comparator.comparing((Issue issue) -> issue.place().document())
                .thenComparingInt(issue -> issue.place().line())
                .thenComparingInt(issue -> issue.place().column()));
        if (dropped > 0) {
            Place last = ordered.getLast().place();
            ordered.add(Issue.error(
                    last, null, "and " + dropped + " more mistakes", "this is not the file that was meant"));
        }
        return List.copyOf(ordered);
    }

    /** A single value, or null with a mistake noted when something else stands there. */
    public @Nullable ScalarNode scalar(DocumentNode node, String wanted, String example) {
        return switch (node) {
            case ScalarNode scalar when !scalar.isNull() -> scalar;
            case ScalarNode _ -> wrongShape(node, "nothing stands here, but " + wanted + " is needed", example);
            case MappingNode _ -> wrongShape(node, "a mapping stands here, but " + wanted + " is needed", example);
            case SequenceNode _ -> wrongShape(node, "a list stands here, but " + wanted + " is needed", example);
        };
    }

    private @Nullable ScalarNode wrongShape(DocumentNode node, String problem, String example) {
        error(node.place(), null, problem, "write it like " + example);
        return null;
    }

    /** Where a scalar's text is worth showing. */
    static @Nullable String text(DocumentNode node) {
        return node instanceof ScalarNode scalar ? Excerpt.of(scalar.text()) : null;
    }
}
