package io.ampacity.facts.view;

import static io.ampacity.units.Dimension.BYTES;
import static io.ampacity.units.Dimension.BYTE_RATE;
import static io.ampacity.units.Dimension.CARBON;
import static io.ampacity.units.Dimension.CARBON_INTENSITY;
import static io.ampacity.units.Dimension.COUNT;
import static io.ampacity.units.Dimension.DATA_PRICE;
import static io.ampacity.units.Dimension.ENERGY_PRICE;
import static io.ampacity.units.Dimension.FLOP_RATE;
import static io.ampacity.units.Dimension.FRACTION;
import static io.ampacity.units.Dimension.HOURLY_PRICE;
import static io.ampacity.units.Dimension.MONEY;
import static io.ampacity.units.Dimension.POWER;
import static io.ampacity.units.Dimension.WATER_INTENSITY;

import io.ampacity.facts.Catalogue;
import io.ampacity.facts.Chip;
import io.ampacity.facts.Contract;
import io.ampacity.facts.FactKind;
import io.ampacity.facts.Figure;
import io.ampacity.facts.GridProfile;
import io.ampacity.facts.LanguageModel;
import io.ampacity.facts.LanguageModel.Attention;
import io.ampacity.facts.LanguageModel.FeedForward;
import io.ampacity.facts.MonthHourTable;
import io.ampacity.facts.Offer;
import io.ampacity.facts.Precision;
import io.ampacity.facts.Region;
import io.ampacity.units.Dimension;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes facts as YAML that {@link io.ampacity.facts.CatalogueReader} reads back to the same values. */
public final class CatalogueWriter {

    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

    private final StringBuilder out = new StringBuilder();

    private CatalogueWriter() {}

    /** A whole catalogue; kinds without entries are left out. */
    public static String write(Catalogue catalogue) {
        return write(catalogue.chips(), catalogue.models(), catalogue.regions(), catalogue.offers(), catalogue.grids());
    }

    /** Model configurations, as a facts file. */
    public static String models(List<LanguageModel> models) {
        return write(Map.of(), models.stream().collect(ordered(LanguageModel::id)), Map.of(), Map.of(), Map.of());
    }

    /** Offers, as a facts file. */
    public static String offers(List<Offer> offers) {
        return write(Map.of(), Map.of(), Map.of(), offers.stream().collect(ordered(Offer::id)), Map.of());
    }

    /** Regions, as a facts file. */
    public static String regions(List<Region> regions) {
        return write(Map.of(), Map.of(), regions.stream().collect(ordered(Region::id)), Map.of(), Map.of());
    }

    /** One entry, as a facts file. */
    static String entry(FactKind kind, String id, Catalogue catalogue) {
        return write(
                only(kind == FactKind.CHIPS, catalogue.chips(), id),
                only(kind == FactKind.MODELS, catalogue.models(), id),
                only(kind == FactKind.REGIONS, catalogue.regions(), id),
                only(kind == FactKind.OFFERS, catalogue.offers(), id),
                only(kind == FactKind.GRIDS, catalogue.grids(), id));
    }

    private static <T> java.util.stream.Collector<T, ?, Map<String, T>> ordered(
            java.util.function.Function<T, String> id) {
        return Collectors.toMap(id, thing -> thing, (first, second) -> second, LinkedHashMap::new);
    }

    private static <T> Map<String, T> only(boolean wanted, Map<String, T> all, String id) {
        T thing = wanted ? all.get(id) : null;
        return thing == null ? Map.of() : Map.of(id, thing);
    }

    private static String write(
            Map<String, Chip> chips,
            Map<String, LanguageModel> models,
            Map<String, Region> regions,
            Map<String, Offer> offers,
            Map<String, GridProfile> grids) {
        CatalogueWriter writer = new CatalogueWriter();
        writer.section(FactKind.CHIPS, chips, writer::chip);
        writer.section(FactKind.MODELS, models, writer::model);
        writer.section(FactKind.REGIONS, regions, writer::region);
        writer.section(FactKind.OFFERS, machines(offers), writer::machine);
        writer.section(FactKind.GRIDS, grids, writer::grid);
        return writer.out.toString();
    }

    private interface Entry<T> {
        void write(T thing);
    }

    private <T> void section(FactKind kind, Map<String, T> things, Entry<T> entry) {
        if (things.isEmpty()) {
            return;
        }
        out.append(kind.id()).append(":\n");
        things.forEach((id, thing) -> {
            out.append("  ").append(quoted(id)).append(":\n");
            entry.write(thing);
        });
    }

    /** Offers by the id of their entry, which holds one price a contract. */
    private static Map<String, List<Offer>> machines(Map<String, Offer> offers) {
        Map<String, List<Offer>> machines = new LinkedHashMap<>();
        offers.forEach((id, offer) -> {
            String ending = "/" + offer.contract().id();
            String key = id.endsWith(ending) ? id.substring(0, id.length() - ending.length()) : id;
            machines.computeIfAbsent(key, none -> new ArrayList<>()).add(offer);
        });
        return machines;
    }

    private void chip(Chip chip) {
        line("name", quoted(chip.name()));
        line("aliases", list(chip.aliases()));
        line("vendor", quoted(chip.vendor()));
        line("family", quoted(chip.family()));
        line("year", chip.year());
        if (!chip.peakFlops().isEmpty()) {
            out.append("    peak:\n");
            chip.peakFlops()
                    .forEach((Precision precision, Figure figure) -> out.append("      ")
                            .append(precision.id())
                            .append(": ")
                            .append(figure(figure, FLOP_RATE))
                            .append('\n'));
        }
        figure("memory", chip.memoryBytes(), BYTES);
        figure("memory-bandwidth", chip.memoryBandwidth(), BYTE_RATE);
        figure("tdp", chip.tdpWatts(), POWER);
        figure("idle", chip.idleWatts(), POWER);
        figure("all-in", chip.allInWatts(), POWER);
        figure("scale-up", chip.scaleUpBandwidth(), BYTE_RATE);
        line("scale-up-domain", chip.scaleUpDomain());
        line("chips-per-server", chip.chipsPerServer());
        figure("scale-out", chip.scaleOutBandwidth(), BYTE_RATE);
        figure("list-price", chip.listPriceUsd(), MONEY);
        figure("embodied", chip.embodiedGrams(), CARBON);
        if (!chip.parts().isEmpty()) {
            out.append("    parts:\n");
            chip.parts()
                    .forEach((part, making) -> out.append("      ")
                            .append(part.id())
                            .append(": {makers: ")
                            .append(list(making.makers()))
                            .append(", source: ")
                            .append(quoted(making.source()))
                            .append(", as-of: ")
                            .append(quoted(making.asOf()))
                            .append("}\n"));
        }
        text("note", chip.note());
    }

    private void model(LanguageModel model) {
        line("name", quoted(model.name()));
        line("aliases", list(model.aliases()));
        line("maker", quoted(model.maker()));
        line("layers", model.layers());
        line("hidden", model.hiddenSize());
        line("query-heads", model.queryHeads());
        line("vocabulary", model.vocabulary());
        line("tied-embeddings", model.tiedEmbeddings());
        line("context", model.maximumContext());
        line("attention", attention(model.attention()));
        line("layer-kinds", kinds(model.layerKinds()));
        line("feed-forward", feedForward(model.feedForward()));
        line("precision", model.nativePrecision().id());
        figure("parameters", model.publishedParameters(), COUNT);
        figure("active-parameters", model.publishedActiveParameters(), COUNT);
        line("source", quoted(model.source()));
        line("as-of", quoted(model.asOf()));
        text("note", model.note());
    }

    private static String attention(Attention attention) {
        return switch (attention) {
            case Attention.GroupedQuery grouped ->
                "{key-value-heads: " + grouped.keyValueHeads() + ", head-size: " + grouped.headSize() + "}";
            case Attention.Latent latent ->
                "{latent-rank: " + latent.keyValueRank() + ", rope-head-size: " + latent.ropeHeadSize()
                        + ", content-head-size: " + latent.contentHeadSize() + ", value-head-size: "
                        + latent.valueHeadSize()
                        + (latent.queryRank() == null ? "" : ", query-rank: " + latent.queryRank()) + "}";
        };
    }

    private static String kinds(LanguageModel.LayerKinds kinds) {
        List<String> parts = new ArrayList<>();
        parts.add("full: " + kinds.full());
        if (kinds.sliding() > 0) {
            parts.add("sliding: " + kinds.sliding());
            parts.add("window: " + kinds.window());
        }
        if (kinds.slidingAttention() != null) {
            parts.add("sliding-attention: " + attention(kinds.slidingAttention()));
        }
        if (kinds.linear() > 0) {
            parts.add("linear: " + kinds.linear());
        }
        if (kinds.linearLayer() != null) {
            parts.add("linear-parameters: " + kinds.linearLayer().parameters());
            parts.add("linear-state: " + kinds.linearLayer().stateValues());
        }
        return "{" + String.join(", ", parts) + "}";
    }

    private static String feedForward(FeedForward feedForward) {
        return switch (feedForward) {
            case FeedForward.Dense dense -> "{size: " + dense.size() + ", matrices: " + dense.matrices() + "}";
            case FeedForward.MixtureOfExperts mixture ->
                "{experts: " + mixture.experts() + ", experts-per-token: " + mixture.expertsPerToken()
                        + ", expert-size: " + mixture.expertSize() + ", shared-experts: " + mixture.sharedExperts()
                        + ", shared-expert-size: " + mixture.sharedExpertSize() + ", dense-layers: "
                        + mixture.denseLayers() + ", dense-size: " + mixture.denseSize() + ", matrices: "
                        + mixture.matrices() + "}";
        };
    }

    private void region(Region region) {
        line("provider", quoted(region.provider()));
        line("name", quoted(region.name()));
        line("jurisdiction", quoted(region.jurisdiction()));
        text("grid", region.gridProfile());
        figure("average-direct", region.averageDirect(), CARBON_INTENSITY);
        figure("average-life-cycle", region.averageLifeCycle(), CARBON_INTENSITY);
        figure("marginal", region.marginal(), CARBON_INTENSITY);
        figure("pue", region.pue(), FRACTION);
        figure("wue", region.wue(), WATER_INTENSITY);
        figure("carbon-free-energy", region.carbonFreeEnergy(), FRACTION);
        figure("tariff", region.tariffUsdPerKilowattHour(), ENERGY_PRICE);
        figure("latitude", region.latitude(), COUNT);
        figure("longitude", region.longitude(), COUNT);
        figure("egress", region.egressUsdPerGigabyte(), DATA_PRICE);
        figure("transfer", region.transferUsdPerGigabyte(), DATA_PRICE);
        text("note", region.note());
    }

    private void machine(List<Offer> contracts) {
        Offer first = contracts.getFirst();
        line("supplier", quoted(first.supplier()));
        text("region", first.region());
        line("chip", quoted(first.chip()));
        text("instance", first.instance());
        line("chips", first.chipsPerInstance());
        for (Offer offer : contracts) {
            figure(offer.contract().id(), offer.pricePerChipHour(), HOURLY_PRICE);
            if (offer.contract() instanceof Contract.Purchase purchase) {
                figure("purchase", offer.purchasePrice(), MONEY);
                line("useful-life-months", purchase.usefulLifeMonths());
                line("lead-time-months", purchase.leadTimeMonths());
            }
        }
        contracts.stream()
                .map(Offer::contract)
                .filter(contract -> contract instanceof Contract.Reserved reserved && reserved.upfrontShare() > 0)
                .findFirst()
                .ifPresent(contract -> line("upfront", plain(((Contract.Reserved) contract).upfrontShare())));
        text("note", first.note());
    }

    private void grid(GridProfile grid) {
        line("name", quoted(grid.name()));
        line("source", quoted(grid.source()));
        line("as-of", quoted(grid.asOf()));
        text("note", grid.note());
        table("carbon-direct", grid.carbonDirect(), "gCO2e/kWh");
        table("price", grid.price(), "USD/kWh");
    }

    private void table(String key, @Nullable MonthHourTable table, String unit) {
        if (table == null) {
            return;
        }
        out.append("    ").append(key).append(":\n      unit: ").append(unit).append('\n');
        for (int month = 1; month <= 12; month++) {
            out.append("      ").append(MONTHS.get(month - 1)).append(':');
            for (int hour = 0; hour < 24; hour++) {
                out.append(' ').append(plain(table.at(month, hour)));
            }
            out.append('\n');
        }
    }

    private void line(String key, @Nullable Object value) {
        if (value != null) {
            out.append("    ").append(key).append(": ").append(value).append('\n');
        }
    }

    private void text(String key, @Nullable String value) {
        line(key, value == null ? null : quoted(value));
    }

    private void figure(String key, @Nullable Figure figure, Dimension dimension) {
        line(key, figure == null ? null : figure(figure, dimension));
    }

    private static String figure(Figure figure, Dimension dimension) {
        StringBuilder text = new StringBuilder("{value: ")
                .append(amount(figure.value(), dimension))
                .append(", source: ")
                .append(quoted(figure.source()))
                .append(", as-of: ")
                .append(quoted(figure.asOf()));
        if (figure.note() != null) {
            text.append(", note: ").append(quoted(figure.note()));
        }
        if (!figure.rejected().isEmpty()) {
            text.append(", rejected: [")
                    .append(figure.rejected().stream()
                            .map(other -> "{value: " + amount(other.value(), dimension) + ", source: "
                                    + quoted(other.source()) + ", reason: " + quoted(other.reason()) + "}")
                            .collect(Collectors.joining(", ")))
                    .append(']');
        }
        return text.append('}').toString();
    }

    /** The amount with the unit a person would choose where that loses nothing, else in the base unit. */
    private static String amount(double value, Dimension dimension) {
        String printed = dimension.print(value);
        try {
            if (dimension.parse(printed) == value) {
                return printed;
            }
        } catch (io.ampacity.units.UnitException unreadable) {
            // written in the base unit below
        }
        return (plain(value) + " " + dimension.unitNames().getFirst()).strip();
    }

    /** A number without exponent that reads back to the same value. */
    static String plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? String.format(Locale.ROOT, "%.0f", value)
                : BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    private static String list(List<String> words) {
        return words.stream().map(CatalogueWriter::quoted).collect(Collectors.joining(", ", "[", "]"));
    }

    /** Text in quotes unless it is plainly a word. */
    private static String quoted(String text) {
        return text.matches("[A-Za-z][A-Za-z0-9./-]*")
                        && !List.of("null", "true", "false", "yes", "no").contains(text.toLowerCase(Locale.ROOT))
                ? text
                : "\"" + escaped(text) + "\"";
    }

    private static String escaped(String text) {
        StringBuilder result = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            switch (letter) {
                case '"' -> result.append("\\\"");
                case '\\' -> result.append("\\\\");
                case '\n' -> result.append("\\n");
                case '\r' -> result.append("\\r");
                case '\t' -> result.append("\\t");
                default -> {
                    if (letter < ' ' || letter == 0x7F) {
                        result.append(String.format(Locale.ROOT, "\\u%04x", (int) letter));
                    } else {
                        result.append(letter);
                    }
                }
            }
        }
        return result.toString();
    }
}
