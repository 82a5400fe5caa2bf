package io.ampacity.facts;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** All facts a question is answered with, each kind by id in the order of its file. Immutable. */
public record Catalogue(
        Map<String, Chip> chips,
        Map<String, LanguageModel> models,
        Map<String, Region> regions,
        Map<String, Offer> offers,
        Map<String, GridProfile> grids) {

    public Catalogue {
        chips = Collections.unmodifiableMap(new LinkedHashMap<>(chips));
        models = Collections.unmodifiableMap(new LinkedHashMap<>(models));
        regions = Collections.unmodifiableMap(new LinkedHashMap<>(regions));
        offers = Collections.unmodifiableMap(new LinkedHashMap<>(offers));
        grids = Collections.unmodifiableMap(new LinkedHashMap<>(grids));
    }
}
