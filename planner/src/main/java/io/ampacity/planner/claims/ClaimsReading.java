package io.ampacity.planner.claims;

import io.ampacity.documents.DocumentException;
import io.ampacity.documents.Issue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came out of a document of claims.
 *
 * @param claims null when an issue is an error
 * @param issues every mistake, in document order
 */
public record ClaimsReading(@Nullable Claims claims, List<Issue> issues) {

    public ClaimsReading {
        issues = List.copyOf(issues);
    }

    /**
     * The claims.
     *
     * @throws DocumentException with every mistake when there are none
     */
    public Claims orThrow() {
        if (claims == null) {
            throw new DocumentException(issues);
        }
        return claims;
    }
}
