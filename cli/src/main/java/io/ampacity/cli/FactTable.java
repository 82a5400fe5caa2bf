package io.ampacity.cli;

import io.ampacity.facts.Catalogue;
import io.ampacity.facts.Chip;
import io.ampacity.facts.FactKind;
import io.ampacity.facts.Figure;
import io.ampacity.facts.GridProfile;
import io.ampacity.facts.LanguageModel;
import io.ampacity.facts.MonthHourTable;
import io.ampacity.facts.Offer;
import io.ampacity.facts.ParameterCount;
import io.ampacity.facts.Precision;
import io.ampacity.facts.Region;
import io.ampacity.reports.paper.Block;
import io.ampacity.reports.paper.Cell;
import io.ampacity.reports.paper.Column;
import io.ampacity.reports.paper.Numerals;
import io.ampacity.units.Dimension;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The table of one kind of facts: a row an entry, with the few figures one chooses by. */
final class FactTable {

    private static final Cell UNKNOWN = Cell.text("–");

    private FactTable() {}

    /** The entries of a kind by id, in the order of their file. */
    static Map<String, ? extends Record> entries(Catalogue catalogue, FactKind kind) {
        return switch (kind) {
            case CHIPS -> catalogue.chips();
            case MODELS -> catalogue.models();
            case REGIONS -> catalogue.regions();
            case OFFERS -> catalogue.offers();
            case GRIDS -> catalogue.grids();
        };
    }

    /** A table of those entries, which are of that kind. */
    static Block of(FactKind kind, List<? extends Record> entries) {
        List<List<Cell>> rows = new ArrayList<>();
        for (Record entry : entries) {
            rows.add(row(entry));
        }
        return new Block.Table(kind.id(), columns(kind), rows, null);
    }

    private static List<Column> columns(FactKind kind) {
        return switch (kind) {
            case CHIPS ->
                List.of(
                        Column.text("chip"),
                        Column.text("vendor").withPriority(4),
                        Column.number("year").withPriority(5),
                        Column.number("memory"),
                        Column.number("bandwidth"),
                        Column.number("BF16"),
                        Column.number("FP8").withPriority(3),
                        Column.number("design power").withPriority(2));
            case MODELS ->
                List.of(
                        Column.text("model"),
                        Column.text("maker").withPriority(4),
                        Column.number("parameters"),
                        Column.number("active"),
                        Column.number("layers").withPriority(3),
                        Column.number("context").withPriority(2));
            case REGIONS ->
                List.of(
                        Column.text("region"),
                        Column.text("law"),
                        Column.number("g/kWh direct"),
                        Column.number("life-cycle").withPriority(4),
                        Column.number("marginal").withPriority(3),
                        Column.number("PUE").withPriority(2),
                        Column.number("USD/kWh").withPriority(5));
            case OFFERS ->
                List.of(
                        Column.text("offer"),
                        Column.number("chips").withPriority(3),
                        Column.number("USD/chip-hour"),
                        Column.number("USD/chip").withPriority(2),
                        Column.text("as of").withPriority(4));
            case GRIDS ->
                List.of(
                        Column.text("grid"),
                        Column.text("name"),
                        Column.number("g/kWh direct, mean"),
                        Column.number("USD/MWh, mean"));
        };
    }

    private static List<Cell> row(Record entry) {
        return switch (entry) {
            case Chip chip ->
                List.of(
                        Cell.text(chip.id()),
                        Cell.text(chip.vendor()),
                        Cell.number(String.valueOf(chip.year()), chip.year()),
                        figure(chip.memoryBytes(), Dimension.BYTES),
                        figure(chip.memoryBandwidth(), Dimension.BYTE_RATE),
                        figure(chip.peakFlops().get(Precision.BF16), Dimension.FLOP_RATE),
                        figure(chip.peakFlops().get(Precision.FP8), Dimension.FLOP_RATE),
                        figure(chip.tdpWatts(), Dimension.POWER));
            case LanguageModel model -> {
                ParameterCount count = ParameterCount.of(model);
                Integer context = model.maximumContext();
                yield List.of(
                        Cell.text(model.id()),
                        Cell.text(model.maker()),
                        Cell.number(Numerals.many(count.total()), count.total()),
                        Cell.number(Numerals.many(count.active()), count.active()),
                        Cell.count(model.layers()),
                        context == null ? UNKNOWN : Cell.count(context));
            }
            case Region region ->
                List.of(
                        Cell.text(region.id()),
                        Cell.text(region.jurisdiction()),
                        figure(region.averageDirect()),
                        figure(region.averageLifeCycle()),
                        figure(region.marginal()),
                        figure(region.pue()),
                        figure(region.tariffUsdPerKilowattHour()));
            case Offer offer -> {
                Figure price = offer.pricePerChipHour() == null ? offer.purchasePrice() : offer.pricePerChipHour();
                yield List.of(
                        Cell.text(offer.id()),
                        Cell.count(offer.chipsPerInstance()),
                        figure(offer.pricePerChipHour()),
                        figure(offer.purchasePrice()),
                        price == null ? UNKNOWN : Cell.text(price.asOf()));
            }
            case GridProfile grid ->
                List.of(
                        Cell.text(grid.id()),
                        Cell.text(grid.name()),
                        mean(grid.carbonDirect(), 1),
                        mean(grid.price(), 1000));
            default -> throw new IllegalArgumentException("no kind of facts has entries like " + entry);
        };
    }

    private static Cell figure(@Nullable Figure figure, Dimension dimension) {
        return figure == null ? UNKNOWN : Cell.number(dimension.print(figure.value()), figure.value());
    }

    private static Cell figure(@Nullable Figure figure) {
        return figure == null ? UNKNOWN : Cell.number(Numerals.significant(figure.value()), figure.value());
    }

    private static Cell mean(@Nullable MonthHourTable table, double factor) {
        return table == null ? UNKNOWN : Cell.number(Numerals.significant(table.mean() * factor), table.mean());
    }
}
