package io.ampacity.documents;

import java.util.List;
import java.util.stream.Collectors;

/** A document that cannot be used, with every reason found. */
public final class DocumentException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Issue> issues;

    public DocumentException(List<Issue> issues) {
        super(issues.stream().map(Issue::toString).collect(Collectors.joining(System.lineSeparator())));
        this.issues = List.copyOf(issues);
    }

    /** Every reason, in document order; never empty. */
    public List<Issue> issues() {
        return issues;
    }
}
