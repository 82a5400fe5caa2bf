package io.ampacity.documents.schema;

import io.ampacity.documents.Nearest;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The names of one kind that a document may use, such as chips. Case and separators are forgiven. Immutable. */
public final class Vocabulary {

    private static final int SHORT_LIST = 12;

    private final String kind;
    private final String whereToFind;
    private final Set<String> ids;
    private final Map<String, String> idByName = new HashMap<>();

    /**
     * @param kind what one of them is, such as {@code chip}
     * @param aliases other names by id
     * @param whereToFind advice where a person finds the names, after "Maybe", such as {@code list them with …}
     */
    public Vocabulary(
            String kind,
            Collection<String> ids,
            Map<String, ? extends Collection<String>> aliases,
            String whereToFind) {
        this.kind = kind;
        this.ids = new LinkedHashSet<>(ids);
        this.whereToFind = whereToFind;
        aliases.forEach((id, names) -> names.forEach(name -> idByName.put(Nearest.fold(name), id)));
        ids.forEach(id -> idByName.put(Nearest.fold(id), id));
    }

    public static Vocabulary of(String kind, Collection<String> ids, String whereToFind) {
        return new Vocabulary(kind, ids, Map.of(), whereToFind);
    }

    public String kind() {
        return kind;
    }

    /** The id that a name or alias stands for. */
    public Optional<String> resolve(String name) {
        if (ids.contains(name)) {
            return Optional.of(name);
        }
        return Optional.ofNullable(idByName.get(Nearest.fold(name)));
    }

    /** What to do about a name that is not known, to be shown after "Maybe". */
    public String advice(String unknown) {
        List<String> near = Nearest.to(unknown, ids);
        if (!near.isEmpty()) {
            return "you meant " + String.join(" or ", near);
        }
        if (ids.isEmpty()) {
            return whereToFind;
        }
        return ids.size() <= SHORT_LIST ? "use one of " + String.join(", ", ids) : whereToFind;
    }
}
