package io.ampacity.planner.claims;

import io.ampacity.documents.schema.ReferencePage;

/** The reference page of documents of claims, {@code docs/reference/claims.md}. */
public final class ClaimsReference {

    private ClaimsReference() {}

    /** The page, in Markdown, from the attribute table that also validates. */
    public static String page() {
        return """
                <!-- DO NOT EDIT: generated from the attribute tables by ClaimsReference. Change a table, then run:
                ./mvnw test -pl planner -am -Dtest=ClaimsReferenceTest -Dupdate.documents=true -->

                # The language of claims

                Claims are one YAML file for `ampacity reconcile`: published figures, assumptions with their ranges, and what
                must be equal. A figure with a value and no range is fixed; one with a range and no value is unknown, and
                follows from the others. Relations are products and quotients:

                ```yaml
                title: Is 16 billion a year the whole cost?
                figures:
                  cost-per-query: {value: 0.04, unit: USD, claim: yes, source: "Bernstein in Reuters, 2023-10-06"}
                  yearly-cost: {value: 16 B, unit: USD, claim: yes}
                  searches-a-day: {value: 13.7 B, low: 8.5 B, high: 16 B}
                relations:
                  cost: yearly-cost = searches-a-day * 0.1 * 365 * cost-per-query
                ```

                """ + ReferencePage.tables(ClaimsTable.SECTION);
    }
}
