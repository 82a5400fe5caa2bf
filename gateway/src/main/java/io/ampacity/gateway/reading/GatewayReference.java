package io.ampacity.gateway.reading;

import io.ampacity.documents.schema.ReferencePage;

/** The reference page of a gateway's document, made of the tables that check it. */
public final class GatewayReference {

    /** Where the page stands, below the root of the project. */
    public static final String PAGE = "docs/reference/gateway.md";

    private GatewayReference() {}

    /** The page. */
    public static String page() {
        return """
                # The gateway's document

                DO NOT EDIT: generated from the attribute tables. Change a table, then run:
                `./mvnw test -pl gateway -am -Dtest=GatewayReferenceTest -Dupdate.documents=true`

                What `ampacity serve --config FILE` reads. [The gateway](../gateway.md) says what it does with it.

                """ + ReferencePage.tables(GatewayTable.SECTION);
    }
}
