package io.ampacity.facts;

import io.ampacity.documents.DocumentNode;
import io.ampacity.documents.DocumentNode.MappingNode;
import io.ampacity.documents.DocumentNode.ScalarNode;
import io.ampacity.documents.DocumentNode.SequenceNode;
import io.ampacity.documents.Issue;
import io.ampacity.documents.Nearest;
import io.ampacity.documents.Place;
import io.ampacity.units.Dimension;
import io.ampacity.units.UnitException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the members of one mapping by name, and notes each mistake with its place instead of stopping.
 *
 * <p>After a mistake a stand-in value is handed out; {@link #failed()} tells that the entry must not be used.
 */
final class Fields {

    private final MappingNode node;
    private final Sources sources;
    private final List<Issue> issues;
    private final Set<String> known = new LinkedHashSet<>();
    private boolean failed;

    Fields(MappingNode node, Sources sources, List<Issue> issues) {
        this.node = node;
        this.sources = sources;
        this.issues = issues;
    }

    Place place() {
        return node.place();
    }

    boolean failed() {
        return failed;
    }

    /** Marks the entry as unusable; the reason is noted elsewhere. */
    void fail() {
        failed = true;
    }

    boolean has(String key) {
        return present(key) != null;
    }

    String text(String key) {
        String text = optionalText(key);
        return text == null ? missing(key, "") : text;
    }

    @Nullable String optionalText(String key) {
        DocumentNode value = present(key);
        if (value == null) {
            return null;
        }
        if (value instanceof ScalarNode scalar) {
            return scalar.text();
        }
        error(value.place(), null, "\"" + key + "\" is not a word", "write it as plain text");
        return "";
    }

    int integer(String key, int least) {
        Integer number = optionalInteger(key, least);
        return number == null ? missing(key, least) : number;
    }

    int integerOr(String key, int least, int absent) {
        Integer number = optionalInteger(key, least);
        return number == null ? absent : number;
    }

    @Nullable Integer optionalInteger(String key, int least) {
        Long number = optionalLong(key, least);
        if (number != null && number > Integer.MAX_VALUE) {
            error(placeOf(key), String.valueOf(number), "\"" + key + "\" is " + number + ", too large", null);
            return least;
        }
        return number == null ? null : number.intValue();
    }

    @Nullable Long optionalLong(String key, long least) {
        DocumentNode value = present(key);
        if (value == null) {
            return null;
        }
        if (value instanceof ScalarNode scalar) {
            try {
                long number = Long.parseLong(scalar.text().replace("_", "").strip());
                if (number >= least) {
                    return number;
                }
                error(
                        value.place(),
                        scalar.text(),
                        "\"" + key + "\" is " + number + ", below " + least,
                        "leave it out when it is unknown");
                return least;
            } catch (NumberFormatException notWhole) {
                error(
                        value.place(),
                        shortened(scalar.text()),
                        "\"" + key + "\" is \"" + shortened(scalar.text()) + "\", not a whole number",
                        "write digits only");
                return least;
            }
        }
        error(value.place(), null, "\"" + key + "\" is not a whole number", "write digits only");
        return least;
    }

    boolean flag(String key) {
        DocumentNode value = present(key);
        if (value == null) {
            return false;
        }
        if (value instanceof ScalarNode scalar
                && (scalar.text().equals("true") || scalar.text().equals("false"))) {
            return scalar.text().equals("true");
        }
        error(value.place(), null, "\"" + key + "\" is neither true nor false", "write true or false");
        return false;
    }

    List<String> texts(String key) {
        DocumentNode value = present(key);
        List<String> result = new ArrayList<>();
        if (value instanceof SequenceNode sequence) {
            for (DocumentNode element : sequence.elements()) {
                if (element instanceof ScalarNode scalar) {
                    result.add(scalar.text());
                } else {
                    error(element.place(), null, "an element of \"" + key + "\" is not a word", "write plain words");
                }
            }
        } else if (value != null) {
            error(value.place(), null, "\"" + key + "\" is not a list", "write it as [one, two]");
        }
        return result;
    }

    /** The mapping under a key; null when nothing stands there or it is no mapping, which is noted. */
    @Nullable Fields mapping(String key) {
        DocumentNode value = present(key);
        if (value == null) {
            return null;
        }
        if (value instanceof MappingNode mapping) {
            return new Fields(mapping, sources, issues);
        }
        error(value.place(), null, "\"" + key + "\" is not a mapping", "indent its members below it");
        return null;
    }

    /** The figure under a key; null when it is unknown. A figure below {@code least} is a mistake. */
    @Nullable Figure figure(String key, Dimension dimension, double least) {
        DocumentNode value = present(key);
        if (value == null) {
            return null;
        }
        return switch (value) {
            case MappingNode mapping -> new Fields(mapping, sources, issues).asFigure(this, dimension, least);
            case ScalarNode scalar -> {
                double amount = amount(scalar, key, dimension, least);
                String own = optionalText("source");
                if (own == null) {
                    error(
                            value.place(),
                            scalar.text(),
                            "the figure \"" + key + "\" has no source",
                            "write {value: " + scalar.text() + ", source: …, as-of: …}");
                    yield null;
                }
                Sources.Source source = sources.named(own, optionalText("as-of"));
                yield Figure.of(amount, source.title(), source.asOf());
            }
            case SequenceNode sequence -> {
                error(sequence.place(), null, "\"" + key + "\" is a list, not a figure", "write {value: …, source: …}");
                yield null;
            }
        };
    }

    private @Nullable Figure asFigure(Fields owner, Dimension dimension, double least) {
        double amount = 0;
        if (present("value") instanceof ScalarNode scalar) {
            amount = amount(scalar, "value", dimension, least);
        } else {
            missing("value", "");
        }
        Sources.Source source = source();
        String note = optionalText("note");
        List<Figure.Rejected> rejected = new ArrayList<>();
        if (present("rejected") instanceof SequenceNode sequence) {
            for (DocumentNode element : sequence.elements()) {
                if (element instanceof MappingNode mapping) {
                    Fields other = new Fields(mapping, sources, issues);
                    double value = other.present("value") instanceof ScalarNode scalar
                            ? other.amount(scalar, "value", dimension, Double.NEGATIVE_INFINITY)
                            : other.missing("value", 0.0);
                    rejected.add(new Figure.Rejected(value, other.source(false).title(), other.text("reason")));
                    other.finish();
                    failed |= other.failed();
                } else {
                    error(
                            element.place(),
                            null,
                            "a rejected value is not a mapping",
                            "write {value: …, source: …, reason: …}");
                }
            }
        }
        finish();
        owner.failed |= failed;
        return failed ? null : new Figure(amount, source.title(), source.asOf(), note, rejected);
    }

    /** The source of this entry or figure; a date is asked for. */
    Sources.Source source() {
        return source(true);
    }

    private Sources.Source source(boolean dated) {
        DocumentNode value = present("source");
        String asOf = optionalText("as-of");
        Sources.Source source =
                switch (value) {
                    case ScalarNode scalar -> sources.named(scalar.text(), asOf);
                    case SequenceNode sequence -> sources.joined(texts("source"), asOf);
                    case null, default -> new Sources.Source(missing("source", ""), "");
                };
        if (dated && source.asOf().isEmpty() && value != null) {
            error(
                    value.place(),
                    source.title(),
                    "the source \"" + shortened(source.title()) + "\" has no date",
                    "add as-of: YYYY-MM-DD, or name a key of sources" + oneOf(sources.keys()));
        }
        return source;
    }

    double amount(ScalarNode scalar, String key, Dimension dimension, double least) {
        try {
            double amount = dimension.parse(scalar.text());
            if (amount < least) {
                error(
                        scalar.place(),
                        scalar.text(),
                        "\"" + key + "\" is " + scalar.text() + ", below " + dimension.print(least),
                        "check its sign and unit");
            }
            return amount;
        } catch (UnitException wrong) {
            error(scalar.place(), shortened(scalar.text()), "\"" + key + "\": " + wrong.getMessage(), wrong.advice());
            return Math.max(least, 0);
        }
    }

    /** A word of an enumeration by its id; {@code fallback} after a mistake. */
    <T> T choice(String key, List<T> choices, java.util.function.Function<T, String> id, T fallback) {
        String word = text(key);
        for (T choice : choices) {
            if (id.apply(choice).equals(word)) {
                return choice;
            }
        }
        if (!word.isEmpty()) {
            List<String> ids = choices.stream().map(id).toList();
            error(
                    placeOf(key),
                    word,
                    "\"" + key + "\" is \"" + shortened(word) + "\", which is none of " + String.join(", ", ids),
                    null);
        }
        return fallback;
    }

    /** Notes members that nobody asked for. */
    void finish() {
        node.members().keySet().stream().filter(key -> !known.contains(key)).forEach(key -> {
            List<String> near = Nearest.to(key, known);
            error(
                    node.keyPlaces().getOrDefault(key, node.place()),
                    key,
                    "there is no attribute \"" + shortened(key) + "\" here",
                    near.isEmpty()
                            ? "remove it; known are " + String.join(", ", known)
                            : "you mean " + near.getFirst());
        });
    }

    void error(Place place, @Nullable String value, String problem, @Nullable String advice) {
        failed = true;
        issues.add(Issue.error(place, value, problem, advice));
    }

    Place placeOf(String key) {
        DocumentNode value = node.member(key);
        return value == null ? node.place().below(key) : value.place();
    }

    private @Nullable DocumentNode present(String key) {
        known.add(key);
        DocumentNode value = node.member(key);
        return value instanceof ScalarNode scalar && scalar.isNull() ? null : value;
    }

    private <T> T missing(String key, T standIn) {
        error(node.place().below(key), null, "\"" + key + "\" is missing", "add it");
        return standIn;
    }

    private static String oneOf(Set<String> keys) {
        return keys.isEmpty() ? "" : " (" + String.join(", ", keys) + ")";
    }

    private static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 57) + "...";
    }
}
