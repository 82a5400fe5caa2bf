package io.ampacity.facts.view;

import io.ampacity.facts.Catalogue;
import io.ampacity.facts.Chip;
import io.ampacity.facts.FactKind;
import io.ampacity.facts.GridProfile;
import io.ampacity.facts.LanguageModel;
import io.ampacity.facts.Offer;
import io.ampacity.facts.ParameterCount;
import io.ampacity.facts.Precision;
import io.ampacity.facts.Region;
import io.ampacity.units.Dimension;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Shows a catalogue: rows for a list, lines for one thing, maps for JSON. Stateless but for the catalogue. */
public final class FactsView {

    private static final String UNKNOWN = "-";

    private final Catalogue catalogue;

    public FactsView(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /**
     * A list to print as a table.
     *
     * @param rows one a thing, each as long as the header; {@code -} stands for unknown
     */
    public record Listing(List<String> header, List<List<String>> rows) {

        public Listing {
            header = List.copyOf(header);
            rows = rows.stream().map(List::copyOf).toList();
        }
    }

    /** How many things of each kind there are, in the order of {@link FactKind}. */
    public Map<String, Integer> counts() {
        Map<String, Integer> counts = new java.util.LinkedHashMap<>();
        for (FactKind kind : FactKind.values()) {
            counts.put(kind.id(), ids(kind).size());
        }
        return counts;
    }

    /** All ids of a kind. */
    public List<String> ids(FactKind kind) {
        return List.copyOf(
                switch (kind) {
                    case CHIPS -> catalogue.chips().keySet();
                    case MODELS -> catalogue.models().keySet();
                    case REGIONS -> catalogue.regions().keySet();
                    case OFFERS -> catalogue.offers().keySet();
                    case GRIDS -> catalogue.grids().keySet();
                });
    }

    /**
     * The rows of a kind.
     *
     * @param words only things whose row holds all of these, without regard to case; none keeps all
     */
    public Listing list(FactKind kind, List<String> words) {
        Listing all =
                switch (kind) {
                    case CHIPS -> chips();
                    case MODELS -> models();
                    case REGIONS -> regions();
                    case OFFERS -> offers();
                    case GRIDS -> grids();
                };
        List<List<String>> kept = all.rows().stream()
                .filter(row -> {
                    String text = String.join(" ", row).toLowerCase(Locale.ROOT);
                    return words.stream().allMatch(word -> text.contains(word.toLowerCase(Locale.ROOT)));
                })
                .toList();
        return new Listing(all.header(), kept);
    }

    /** One thing in full by key, with units in the keys, for JSON; empty when the name is unknown. */
    public Optional<Map<String, Object>> map(FactKind kind, String name) {
        return switch (kind) {
            case CHIPS -> catalogue.chip(name).map(FactMaps::chip);
            case MODELS -> catalogue.model(name).map(FactMaps::model);
            case REGIONS -> catalogue.region(name).map(FactMaps::region);
            case OFFERS -> catalogue.offer(name).map(FactMaps::offer);
            case GRIDS -> catalogue.grid(name).map(FactMaps::grid);
        };
    }

    /** One thing in full as YAML that reads back, each figure with source and date; empty when the name is unknown. */
    public Optional<List<String>> show(FactKind kind, String name) {
        return catalogue
                .idOf(kind, name)
                .map(id -> CatalogueWriter.entry(kind, id, catalogue).lines().toList());
    }

    /** What to answer to an unknown name: {@code there is no chip "h10"; maybe you mean h100-sxm}. */
    public String unknown(FactKind kind, String name) {
        String single = kind.id().substring(0, kind.id().length() - 1);
        List<String> near = catalogue.suggestions(kind, name);
        return "there is no " + single + " \"" + name + "\"; maybe "
                + (near.isEmpty()
                        ? "list them with: ampacity facts list " + kind.id()
                        : "you mean " + String.join(" or ", near));
    }

    private Listing chips() {
        List<List<String>> rows = new ArrayList<>();
        for (Chip chip : catalogue.chips().values()) {
            rows.add(List.of(
                    chip.id(),
                    chip.vendor(),
                    String.valueOf(chip.year()),
                    amount(chip.peakFlops().get(Precision.BF16), Dimension.FLOP_RATE),
                    amount(chip.peakFlops().get(Precision.FP8), Dimension.FLOP_RATE),
                    amount(chip.memoryBytes(), Dimension.BYTES),
                    amount(chip.memoryBandwidth(), Dimension.BYTE_RATE),
                    amount(chip.tdpWatts(), Dimension.POWER),
                    amount(chip.scaleUpBandwidth(), Dimension.BYTE_RATE),
                    chip.scaleUpDomain() == null
                            ? UNKNOWN
                            : chip.scaleUpDomain().toString()));
        }
        return new Listing(
                List.of("chip", "vendor", "year", "bf16", "fp8", "memory", "bandwidth", "power", "link", "domain"),
                rows);
    }

    private Listing models() {
        List<List<String>> rows = new ArrayList<>();
        for (LanguageModel model : catalogue.models().values()) {
            ParameterCount count = ParameterCount.of(model);
            rows.add(List.of(
                    model.id(),
                    model.maker(),
                    billions(count.total()),
                    billions(count.active()),
                    String.valueOf(model.layers()),
                    String.valueOf(model.hiddenSize()),
                    attention(model),
                    feedForward(model),
                    model.nativePrecision().id(),
                    model.maximumContext() == null
                            ? UNKNOWN
                            : String.format(Locale.ROOT, "%,d", model.maximumContext())));
        }
        return new Listing(
                List.of(
                        "model",
                        "maker",
                        "parameters",
                        "active",
                        "layers",
                        "hidden",
                        "attention",
                        "feed-forward",
                        "precision",
                        "context"),
                rows);
    }

    private static String billions(double count) {
        return String.format(Locale.ROOT, count < 10e9 ? "%.2f B" : "%.1f B", count / 1e9);
    }

    private static String attention(LanguageModel model) {
        String kind =
                switch (model.attention()) {
                    case LanguageModel.Attention.GroupedQuery grouped ->
                        grouped.keyValueHeads() == model.queryHeads()
                                ? "multi-head"
                                : "grouped " + grouped.keyValueHeads();
                    case LanguageModel.Attention.Latent latent -> "latent " + latent.keyValueRank();
                };
        return kind
                + (model.layerKinds().sliding() > 0 ? ", sliding" : "")
                + (model.layerKinds().linear() > 0 ? ", linear" : "");
    }

    private static String feedForward(LanguageModel model) {
        return switch (model.feedForward()) {
            case LanguageModel.FeedForward.Dense dense -> "dense";
            case LanguageModel.FeedForward.MixtureOfExperts mixture ->
                mixture.expertsPerToken() + " of " + mixture.experts() + " experts";
        };
    }

    private Listing regions() {
        List<List<String>> rows = new ArrayList<>();
        for (Region region : catalogue.regions().values()) {
            rows.add(List.of(
                    region.id(),
                    region.name(),
                    region.jurisdiction(),
                    number(region.averageDirect()),
                    number(region.averageLifeCycle()),
                    number(region.marginal()),
                    number(region.pue()),
                    number(region.wue()),
                    region.carbonFreeEnergy() == null
                            ? UNKNOWN
                            : Dimension.FRACTION.print(region.carbonFreeEnergy().value()),
                    region.gridProfile() == null ? UNKNOWN : region.gridProfile()));
        }
        return new Listing(
                List.of(
                        "region",
                        "name",
                        "law",
                        "direct g/kWh",
                        "life-cycle g/kWh",
                        "marginal g/kWh",
                        "PUE",
                        "WUE L/kWh",
                        "carbon-free",
                        "grid"),
                rows);
    }

    private Listing offers() {
        List<List<String>> rows = new ArrayList<>();
        for (Offer offer : catalogue.offers().values()) {
            rows.add(List.of(
                    offer.id(),
                    offer.supplier(),
                    offer.region() == null ? UNKNOWN : offer.region(),
                    offer.chip(),
                    offer.contract().id(),
                    number(offer.pricePerChipHour()),
                    number(offer.purchasePrice()),
                    String.valueOf(offer.chipsPerInstance())));
        }
        return new Listing(
                List.of("offer", "supplier", "region", "chip", "contract", "USD/chip-hour", "USD/chip", "smallest"),
                rows);
    }

    private Listing grids() {
        List<List<String>> rows = new ArrayList<>();
        for (GridProfile grid : catalogue.grids().values()) {
            rows.add(List.of(
                    grid.id(),
                    grid.name(),
                    grid.carbonDirect() == null
                            ? UNKNOWN
                            : String.format(
                                    Locale.ROOT, "%.1f", grid.carbonDirect().mean()),
                    grid.price() == null
                            ? UNKNOWN
                            : String.format(Locale.ROOT, "%.4f", grid.price().mean()),
                    grid.asOf()));
        }
        return new Listing(List.of("grid", "name", "direct g/kWh", "USD/kWh", "as-of"), rows);
    }

    private static String amount(io.ampacity.facts.@Nullable Figure figure, Dimension dimension) {
        return figure == null ? UNKNOWN : dimension.print(figure.value());
    }

    private static String number(io.ampacity.facts.@Nullable Figure figure) {
        return figure == null ? UNKNOWN : CatalogueWriter.plain(figure.value());
    }
}
