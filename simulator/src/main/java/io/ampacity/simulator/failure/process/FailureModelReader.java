package io.ampacity.simulator.failure.process;

import io.ampacity.documents.DocumentException;
import io.ampacity.documents.DocumentNode;
import io.ampacity.documents.DocumentNode.MappingNode;
import io.ampacity.documents.DocumentNode.ScalarNode;
import io.ampacity.documents.DocumentNode.SequenceNode;
import io.ampacity.documents.Issue;
import io.ampacity.simulator.failure.Effect;
import io.ampacity.simulator.failure.FailureEffects;
import io.ampacity.simulator.failure.process.FailingComponent.Common;
import io.ampacity.simulator.failure.process.FailingComponent.Group;
import io.ampacity.simulator.failure.process.FailingComponent.Kind;
import io.ampacity.units.Fraction;
import io.ampacity.units.TimeSpan;
import io.ampacity.units.UnitException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads a {@link FailureModel}, and tells all mistakes at once. */
public final class FailureModelReader {

    private static final Set<String> COMPONENT = Set.of(
            "id",
            "of",
            "mean-time-between",
            "mean-time-to-repair",
            "shape",
            "repair-shape",
            "effect",
            "common",
            "source",
            "as-of");

    private final List<Issue> issues = new ArrayList<>();

    private FailureModelReader() {}

    /** @throws DocumentException when the document is no failure model */
    public static FailureModel read(DocumentNode root) {
        FailureModelReader reader = new FailureModelReader();
        FailureModel model = reader.model(root);
        if (model == null || !reader.issues.isEmpty()) {
            throw new DocumentException(reader.issues);
        }
        return model;
    }

    private @Nullable FailureModel model(DocumentNode root) {
        MappingNode map = mapping(root, Set.of("name", "components"));
        if (map == null) {
            return null;
        }
        List<FailingComponent> components = new ArrayList<>();
        DocumentNode list = map.member("components");
        if (list instanceof SequenceNode sequence && !sequence.elements().isEmpty()) {
            for (DocumentNode element : sequence.elements()) {
                FailingComponent component = component(element);
                if (component != null) {
                    if (components.stream().anyMatch(other -> other.id().equals(component.id()))) {
                        refuse(element, component.id(), "is the id of two components", "give each its own");
                    }
                    components.add(component);
                }
            }
        } else {
            refuse(list == null ? map : list, null, "holds no list of components", "see --failures published");
        }
        String name = text(map, "name", "failures");
        return new FailureModel(name, components);
    }

    private @Nullable FailingComponent component(DocumentNode node) {
        MappingNode map = mapping(node, COMPONENT);
        if (map == null) {
            return null;
        }
        String id = text(map, "id", "");
        if (id.isEmpty()) {
            refuse(map, null, "names no id", "add one such as chip");
        }
        Kind of = choice(map, "of", Kind.values(), null);
        Lifetime between = lifetime(map, "mean-time-between", "shape");
        Lifetime repair = lifetime(map, "mean-time-to-repair", "repair-shape");
        Effect effect = of == null ? null : effect(map, of);
        Common common = common(map.member("common"));
        if (id.isEmpty() || of == null || between == null || repair == null || effect == null) {
            return null;
        }
        return new FailingComponent(id, of, between, repair, effect, common, text(map, "source", ""));
    }

    private @Nullable Effect effect(MappingNode map, Kind of) {
        ScalarNode written = scalar(map, "effect");
        if (written == null) {
            return FailureEffects.usual(of == Kind.LINK, of == Kind.CONTROL_PLANE);
        }
        try {
            return FailureEffects.parse(written.text());
        } catch (IllegalArgumentException refused) {
            refuse(written, written.text(), "is no effect", "down, unreachable, frozen, slow=3 or throttle=0.2");
            return null;
        }
    }

    private @Nullable Common common(@Nullable DocumentNode node) {
        if (node == null) {
            return null;
        }
        MappingNode map = mapping(node, Set.of("group", "share", "hit"));
        if (map == null) {
            return null;
        }
        Group group = choice(map, "group", Group.values(), null);
        Double share = value(map, "share", text -> Fraction.parse(text).value());
        Double hit = map.member("hit") == null
                ? Double.valueOf(1)
                : value(map, "hit", text -> Fraction.parse(text).value());
        if (group == null || share == null || hit == null) {
            return null;
        }
        try {
            return new Common(group, share, hit);
        } catch (IllegalArgumentException refused) {
            refuse(node, null, String.valueOf(refused.getMessage()), null);
            return null;
        }
    }

    private @Nullable Lifetime lifetime(MappingNode map, String mean, String shape) {
        Double seconds = value(map, mean, text -> TimeSpan.parse(text).seconds());
        Double weibull = map.member(shape) == null ? Double.valueOf(1) : value(map, shape, Double::parseDouble);
        if (seconds == null || weibull == null) {
            return null;
        }
        try {
            return new Lifetime(seconds, weibull);
        } catch (IllegalArgumentException refused) {
            DocumentNode at = map.member(mean);
            refuse(at == null ? map : at, null, String.valueOf(refused.getMessage()), null);
            return null;
        }
    }

    private @Nullable Double value(MappingNode map, String key, Function<String, Double> parse) {
        ScalarNode written = scalar(map, key);
        if (written == null) {
            if (map.member(key) == null) {
                refuse(map, null, "names no " + key, "add it");
            }
            return null;
        }
        try {
            return parse.apply(written.text());
        } catch (UnitException refused) {
            refuse(written, written.text(), String.valueOf(refused.getMessage()), refused.advice());
        } catch (NumberFormatException refused) {
            refuse(written, written.text(), "is no number", "1 or 0.8");
        }
        return null;
    }

    private <T extends Enum<T>> @Nullable T choice(MappingNode map, String key, T[] values, @Nullable T usual) {
        ScalarNode written = scalar(map, key);
        if (written == null) {
            if (map.member(key) == null) {
                refuse(map, null, "names no " + key, "one of " + words(values));
            }
            return usual;
        }
        for (T value : values) {
            if (word(value).equals(written.text())) {
                return value;
            }
        }
        refuse(written, written.text(), "is not known here", "one of " + words(values));
        return usual;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String words(Enum<?>[] values) {
        return String.join(
                ", ", Arrays.stream(values).map(FailureModelReader::word).toList());
    }

    private static String text(MappingNode map, String key, String usual) {
        return map.member(key) instanceof ScalarNode scalar && !scalar.isNull() ? scalar.text() : usual;
    }

    private @Nullable ScalarNode scalar(MappingNode map, String key) {
        DocumentNode node = map.member(key);
        if (node == null) {
            return null;
        }
        if (node instanceof ScalarNode scalar && !scalar.isNull()) {
            return scalar;
        }
        refuse(node, null, key + " is no single value", "write it as text");
        return null;
    }

    private @Nullable MappingNode mapping(DocumentNode node, Set<String> known) {
        if (!(node instanceof MappingNode map)) {
            refuse(node, null, "is no mapping", "write key: value lines");
            return null;
        }
        for (String key : map.members().keySet()) {
            if (!known.contains(key)) {
                refuse(
                        map,
                        key,
                        "is not known here",
                        "one of " + String.join(", ", known.stream().sorted().toList()));
            }
        }
        return map;
    }

    private void refuse(DocumentNode at, @Nullable String value, String problem, @Nullable String advice) {
        issues.add(Issue.error(at.place(), value, problem, advice));
    }
}
