package io.ampacity.scenario.reading;

import io.ampacity.documents.DocumentNode;
import io.ampacity.documents.DocumentNode.MappingNode;
import io.ampacity.documents.DocumentNode.ScalarNode;
import io.ampacity.documents.DocumentNode.SequenceNode;
import io.ampacity.documents.schema.SchemaReading;
import io.ampacity.documents.schema.Vocabulary;
import io.ampacity.facts.Catalogue;
import io.ampacity.facts.Chip;
import io.ampacity.facts.LanguageModel;
import io.ampacity.facts.Offer;
import io.ampacity.facts.Region;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Fills the vocabularies of a reading: what the catalogue knows, and what the document itself declares. */
final class Vocabularies {

    /** Member states of the European Union. */
    static final List<String> EUROPEAN_UNION = List.of(
            "AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU", "IE", "IT", "LV", "LT", "LU",
            "MT", "NL", "PL", "PT", "RO", "SK", "SI", "ES", "SE");

    private static final Vocabulary COUNTRIES = countries();

    private Vocabularies() {}

    static void learn(SchemaReading reading, Catalogue catalogue) {
        reading.learn(new Vocabulary(
                "chip",
                catalogue.chips().keySet(),
                catalogue.chips().values().stream().collect(Collectors.toMap(Chip::id, Chip::aliases)),
                "list the known ones with: ampacity facts list chips"));
        reading.learn(new Vocabulary(
                "model",
                catalogue.models().keySet(),
                catalogue.models().values().stream()
                        .collect(Collectors.toMap(LanguageModel::id, LanguageModel::aliases)),
                "list the known ones with: ampacity facts list models"));
        reading.learn(new Vocabulary(
                "region",
                catalogue.regions().keySet(),
                bareNames(catalogue.regions().keySet()),
                "list the known ones with: ampacity facts list regions"));
        reading.learn(Vocabulary.of(
                "grid", catalogue.grids().keySet(), "list the known ones with: ampacity facts list grids"));
        reading.learn(Vocabulary.of(
                "provider", providers(catalogue), "list the known ones with: ampacity facts list offers"));
        Set<String> families = families(catalogue);
        reading.learn(Vocabulary.of("chip family", families, "write one of " + String.join(", ", families)));
        reading.learn(Vocabulary.of("contract", contracts(catalogue), "write on-demand, spot or reserved"));
        reading.learn(COUNTRIES);
    }

    /** Learns what the document declares, whether or not the declarations are sound. */
    static void learnDeclarations(SchemaReading reading, MappingNode document) {
        Vocabulary regions = reading.vocabulary("region");
        Set<String> suppliers = new LinkedHashSet<>();
        Set<String> sites = new LinkedHashSet<>();
        if (document.member("suppliers") instanceof MappingNode mapping) {
            suppliers.addAll(mapping.members().keySet());
            for (DocumentNode supplier : mapping.members().values()) {
                if (supplier instanceof MappingNode each) {
                    texts(each.member("regions"))
                            .forEach(name -> regions.resolve(name).ifPresent(sites::add));
                }
            }
        }
        suppliers.add(Names.OWN);
        if (document.member("sites") instanceof MappingNode mapping) {
            mapping.members()
                    .keySet()
                    .forEach(key -> sites.add(regions.resolve(key).orElse(key)));
        }
        reading.learn(Vocabulary.of("supplier", suppliers, "declare it under suppliers"));
        reading.learn(new Vocabulary("site", sites, bareNames(sites), "declare it under sites"));
        Set<String> origins = document.member("network") instanceof MappingNode network
                        && network.member("origins") instanceof MappingNode mapping
                ? mapping.members().keySet()
                : Set.of();
        reading.learn(Vocabulary.of("origin", origins, "declare it under network.origins"));
        Set<String> places = new LinkedHashSet<>(sites);
        places.addAll(origins);
        reading.learn(new Vocabulary("place", places, bareNames(sites), "declare it under sites or network.origins"));
        Set<String> dataClasses = document.member("policy") instanceof MappingNode policy
                        && policy.member("data-classes") instanceof MappingNode mapping
                ? mapping.members().keySet()
                : Set.of();
        reading.learn(Vocabulary.of("data class", dataClasses, "declare it under policy.data-classes"));
    }

    static Set<String> providers(Catalogue catalogue) {
        Set<String> providers = new TreeSet<>();
        catalogue.offers().values().stream().map(Offer::supplier).forEach(providers::add);
        catalogue.regions().values().stream().map(Region::provider).forEach(providers::add);
        return providers;
    }

    /** Families of all chips there are. */
    static Set<String> families(Catalogue catalogue) {
        return catalogue.chips().values().stream().map(Chip::family).collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> contracts(Catalogue catalogue) {
        Set<String> contracts = new LinkedHashSet<>(List.of("on-demand", "spot", "reserved"));
        catalogue.offers().values().stream()
                .map(offer -> offer.contract().id())
                .filter(id -> !id.equals("purchase"))
                .sorted()
                .forEach(contracts::add);
        return List.copyOf(contracts);
    }

    /** The part of a region's id after its provider, where only one provider has such a region. */
    private static Map<String, List<String>> bareNames(Collection<String> regions) {
        Map<String, List<String>> idsByName = new LinkedHashMap<>();
        for (String id : regions) {
            String name = id.substring(id.indexOf(':') + 1);
            idsByName.computeIfAbsent(name, _ -> new ArrayList<>()).add(id);
        }
        Map<String, List<String>> names = new LinkedHashMap<>();
        idsByName.forEach((name, ids) -> {
            if (ids.size() == 1) {
                names.put(ids.getFirst(), List.of(name));
            }
        });
        return names;
    }

    private static Vocabulary countries() {
        Set<String> codes = new TreeSet<>(Set.of(Locale.getISOCountries()));
        Map<String, List<String>> names = new LinkedHashMap<>();
        for (String code : codes) {
            names.put(code, List.of(Locale.of("", code).getDisplayCountry(Locale.ENGLISH)));
        }
        names.put("GB", List.of("UK", "United Kingdom", "Great Britain"));
        names.put("US", List.of("USA", "United States"));
        codes.addAll(Set.of("EU", "EEA"));
        return new Vocabulary("country", codes, names, "write two letters of ISO 3166-1, such as DE");
    }

    private static List<String> texts(@Nullable DocumentNode node) {
        return switch (node) {
            case null -> List.of();
            case ScalarNode scalar -> List.of(scalar.text());
            case SequenceNode list ->
                list.elements().stream()
                        .filter(ScalarNode.class::isInstance)
                        .map(each -> ((ScalarNode) each).text())
                        .toList();
            case MappingNode _ -> List.of();
        };
    }
}
