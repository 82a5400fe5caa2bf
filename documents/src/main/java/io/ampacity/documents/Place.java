package io.ampacity.documents;

/**
 * Where a value stands: its document, line and column (from 1) and its dotted path, such as {@code workloads[2].slo}.
 */
public record Place(String document, int line, int column, String path) {

    /** The place of a member below this one, for a value that is missing. */
    public Place below(String key) {
        return new Place(document, line, column, path.isEmpty() ? key : path + "." + key);
    }

    @Override
    public String toString() {
        return document + ":" + line + ":" + column + (path.isEmpty() ? "" : " " + path);
    }
}
