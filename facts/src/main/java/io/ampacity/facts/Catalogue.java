package io.ampacity.facts;

import io.ampacity.documents.Nearest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * All facts a question is answered with, each kind by id in the order of its file.
 *
 * <p>Immutable and thread-safe. A kind may be read only when it is first asked for, so that a command that needs chips
 * does not wait for offers.
 */
public final class Catalogue {

    private final Lazy<Map<String, Chip>> chips;
    private final Lazy<Map<String, LanguageModel>> models;
    private final Lazy<Map<String, Region>> regions;
    private final Lazy<Map<String, Offer>> offers;
    private final Lazy<Map<String, GridProfile>> grids;
    private final Map<FactKind, Lazy<Map<String, String>>> names;

    public Catalogue(
            Map<String, Chip> chips,
            Map<String, LanguageModel> models,
            Map<String, Region> regions,
            Map<String, Offer> offers,
            Map<String, GridProfile> grids) {
        this(() -> chips, () -> models, () -> regions, () -> offers, () -> grids);
    }

    /** A catalogue whose kinds are read when first asked for, each once. */
    public Catalogue(
            Supplier<Map<String, Chip>> chips,
            Supplier<Map<String, LanguageModel>> models,
            Supplier<Map<String, Region>> regions,
            Supplier<Map<String, Offer>> offers,
            Supplier<Map<String, GridProfile>> grids) {
        this.chips = new Lazy<>(() -> copy(chips.get()));
        this.models = new Lazy<>(() -> copy(models.get()));
        this.regions = new Lazy<>(() -> copy(regions.get()));
        this.offers = new Lazy<>(() -> copy(offers.get()));
        this.grids = new Lazy<>(() -> copy(grids.get()));
        Map<FactKind, Lazy<Map<String, String>>> byKind = new LinkedHashMap<>();
        for (FactKind kind : FactKind.values()) {
            byKind.put(kind, new Lazy<>(() -> namesOf(kind)));
        }
        this.names = Collections.unmodifiableMap(byKind);
    }

    /** A catalogue that knows nothing. */
    public static Catalogue empty() {
        return new Catalogue(Map.of(), Map.of(), Map.of(), Map.of(), Map.of());
    }

    public Map<String, Chip> chips() {
        return chips.value();
    }

    public Map<String, LanguageModel> models() {
        return models.value();
    }

    public Map<String, Region> regions() {
        return regions.value();
    }

    public Map<String, Offer> offers() {
        return offers.value();
    }

    public Map<String, GridProfile> grids() {
        return grids.value();
    }

    /** The chip of that id or alias, without regard to case. */
    public Optional<Chip> chip(String name) {
        return idOf(FactKind.CHIPS, name).map(chips()::get);
    }

    /** The language model of that id or alias, such as its Hugging Face id. */
    public Optional<LanguageModel> model(String name) {
        return idOf(FactKind.MODELS, name).map(models()::get);
    }

    /** The region of that id, such as {@code aws:eu-central-1}; {@code aws/eu-central-1} is understood too. */
    public Optional<Region> region(String name) {
        return idOf(FactKind.REGIONS, name).map(regions()::get);
    }

    /** The offer of that id. */
    public Optional<Offer> offer(String name) {
        return idOf(FactKind.OFFERS, name).map(offers()::get);
    }

    /** The grid profile of that id. */
    public Optional<GridProfile> grid(String name) {
        return idOf(FactKind.GRIDS, name).map(grids()::get);
    }

    /** The id that a name or alias stands for. */
    public Optional<String> idOf(FactKind kind, String name) {
        return Optional.ofNullable(namesByNormal(kind).get(Nearest.fold(name)));
    }

    /** Up to three ids that look like an unknown name, the closest first. */
    public List<String> suggestions(FactKind kind, String unknown) {
        return Nearest.to(unknown, namesByNormal(kind));
    }

    /** This catalogue with another laid over it: entries of the other replace those of the same id. */
    public Catalogue overlaidBy(Catalogue other) {
        return new Catalogue(
                () -> merged(chips(), other.chips()),
                () -> merged(models(), other.models()),
                () -> merged(regions(), other.regions()),
                () -> merged(offers(), other.offers()),
                () -> merged(grids(), other.grids()));
    }

    @SuppressWarnings("NullAway") // every kind has an entry, by the constructor
    private Map<String, String> namesByNormal(FactKind kind) {
        return names.get(kind).value();
    }

    private Map<String, String> namesOf(FactKind kind) {
        return switch (kind) {
            case CHIPS -> names(chips().values(), Chip::id, chip -> with(chip.aliases(), chip.name()));
            case MODELS -> names(models().values(), LanguageModel::id, model -> with(model.aliases(), model.name()));
            case REGIONS ->
                names(
                        regions().values(),
                        Region::id,
                        region -> List.of(region.id().replace(':', '/')));
            case OFFERS -> names(offers().values(), Offer::id, offer -> List.of());
            case GRIDS -> names(grids().values(), GridProfile::id, grid -> List.of());
        };
    }

    private static <T> Map<String, String> names(
            Collection<T> things,
            java.util.function.Function<T, String> id,
            java.util.function.Function<T, List<String>> aliases) {
        Map<String, String> result = new LinkedHashMap<>();
        things.forEach(thing -> result.put(Nearest.fold(id.apply(thing)), id.apply(thing)));
        for (T thing : new ArrayList<>(things)) {
            aliases.apply(thing).forEach(alias -> result.putIfAbsent(Nearest.fold(alias), id.apply(thing)));
        }
        return Collections.unmodifiableMap(result);
    }

    private static List<String> with(List<String> aliases, String name) {
        List<String> all = new ArrayList<>(aliases);
        all.add(name);
        return all;
    }

    private static <T> Map<String, T> merged(Map<String, T> below, Map<String, T> above) {
        Map<String, T> result = new LinkedHashMap<>(below);
        result.putAll(above);
        return result;
    }

    private static <T> Map<String, T> copy(Map<String, T> entries) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }
}
