package io.ampacity.facts.imports;

import io.ampacity.documents.DocumentException;
import io.ampacity.documents.Issue;
import java.util.List;

/**
 * What a reader took from a file.
 *
 * @param records entries without a mistake, in the order of the file
 * @param issues every mistake and every doubt, in the order of the file
 */
public record Imported<T>(List<T> records, List<Issue> issues) {

    public Imported {
        records = List.copyOf(records);
        issues = List.copyOf(issues);
    }

    /** Whether a mistake kept an entry out. */
    public boolean hasErrors() {
        return issues.stream().anyMatch(Issue::isError);
    }

    /**
     * The one record of a file that holds one.
     *
     * @throws DocumentException when there is none
     */
    public T only() {
        if (records.size() != 1) {
            throw new DocumentException(issues.stream().filter(Issue::isError).toList());
        }
        return records.getFirst();
    }
}
