package io.ampacity.scenario.reading;

import io.ampacity.documents.schema.Name;

/** The kinds of names a scenario uses, each looked up in the vocabulary of its kind. */
final class Names {

    static final Name CHIP = new Name("chip", "h100-sxm");
    static final Name MODEL = new Name("model", "llama-3.1-70b");
    static final Name REGION = new Name("region", "aws:eu-central-1");
    static final Name PROVIDER = new Name("provider", "aws");
    static final Name GRID = new Name("grid", "DE-LU");
    static final Name COUNTRY = new Name("country", "DE");
    static final Name CONTRACT = new Name("contract", "on-demand");
    static final Name SITE = new Name("site", "frankfurt-dc");
    static final Name SUPPLIER = new Name("supplier", "aws");
    static final Name DATA_CLASS = new Name("data class", "personal");

    /** The supplier that stands for the user's own organisation. */
    static final String OWN = "own";

    private Names() {}
}
