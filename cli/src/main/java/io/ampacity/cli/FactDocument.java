package io.ampacity.cli;

import io.ampacity.facts.Contract;
import io.ampacity.facts.Figure;
import io.ampacity.facts.MonthHourTable;
import io.ampacity.units.Dimension;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the catalogue as a document: a member a component of its record, under the same name. What is unknown is
 * left out.
 */
final class FactDocument {

    private static final int MONTHS = 12;
    private static final int HOURS = 24;

    /** What the figure of a component measures. */
    private static final Map<String, Dimension> DIMENSIONS = Map.ofEntries(
            Map.entry("peakFlops", Dimension.FLOP_RATE),
            Map.entry("memoryBytes", Dimension.BYTES),
            Map.entry("memoryBandwidth", Dimension.BYTE_RATE),
            Map.entry("tdpWatts", Dimension.POWER),
            Map.entry("idleWatts", Dimension.POWER),
            Map.entry("allInWatts", Dimension.POWER),
            Map.entry("scaleUpBandwidth", Dimension.BYTE_RATE),
            Map.entry("scaleOutBandwidth", Dimension.BYTE_RATE),
            Map.entry("listPriceUsd", Dimension.MONEY),
            Map.entry("embodiedGrams", Dimension.CARBON),
            Map.entry("publishedParameters", Dimension.COUNT),
            Map.entry("publishedActiveParameters", Dimension.COUNT),
            Map.entry("averageDirect", Dimension.CARBON_INTENSITY),
            Map.entry("averageLifeCycle", Dimension.CARBON_INTENSITY),
            Map.entry("marginal", Dimension.CARBON_INTENSITY),
            Map.entry("pue", Dimension.COUNT),
            Map.entry("wue", Dimension.WATER_INTENSITY),
            Map.entry("carbonFreeEnergy", Dimension.FRACTION),
            Map.entry("tariffUsdPerKilowattHour", Dimension.ENERGY_PRICE),
            Map.entry("pricePerChipHour", Dimension.HOURLY_PRICE),
            Map.entry("purchasePrice", Dimension.MONEY));

    private FactDocument() {}

    /** The whole entry. */
    static Map<String, Object> of(Record entry) {
        Map<String, Object> document = new LinkedHashMap<>();
        for (RecordComponent component : entry.getClass().getRecordComponents()) {
            Object value = value(entry, component);
            if (value != null) {
                document.put(component.getName(), tree(component.getName(), value));
            }
        }
        return document;
    }

    /** The words one searches an entry by. */
    static String words(Record entry) {
        StringBuilder words = new StringBuilder();
        for (RecordComponent component : entry.getClass().getRecordComponents()) {
            Object value = component.getName().equals("note") ? null : value(entry, component);
            if (value instanceof String || value instanceof List<?>) {
                words.append(value).append(' ');
            } else if (value instanceof Contract contract) {
                words.append(contract.id()).append(' ');
            }
        }
        return words.toString();
    }

    /** What the figure of a component measures; null when it is not known to be anything. */
    static @Nullable Dimension dimension(String component) {
        return DIMENSIONS.get(component);
    }

    static @Nullable Object value(Record entry, RecordComponent component) {
        try {
            return component.getAccessor().invoke(entry);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(component + " of a public record cannot be read", e);
        }
    }

    private static Object tree(String name, Object value) {
        return switch (value) {
            case Figure figure -> figure(name, figure);
            case Contract contract -> contract(contract);
            case MonthHourTable table -> table(table);
            case Enum<?> choice -> choice.name().toLowerCase(Locale.ROOT);
            case Map<?, ?> map -> {
                Map<String, Object> members = new LinkedHashMap<>();
                map.forEach((key, member) -> members.put(String.valueOf(tree(name, key)), tree(name, member)));
                yield members;
            }
            case List<?> list -> list.stream().map(member -> tree(name, member)).toList();
            case Record inner -> inner(inner);
            default -> value;
        };
    }

    private static Map<String, Object> inner(Record record) {
        Map<String, Object> document = new LinkedHashMap<>();
        Class<?>[] choices = record.getClass().getInterfaces();
        if (choices.length > 0) {
            document.put("kind", record.getClass().getSimpleName());
        }
        document.putAll(of(record));
        return document;
    }

    private static Map<String, Object> contract(Contract contract) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("id", contract.id());
        document.putAll(of((Record) contract));
        return document;
    }

    private static Map<String, Object> figure(String name, Figure figure) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("value", figure.value());
        Dimension dimension = DIMENSIONS.get(name);
        if (dimension != null && !dimension.unitNames().getFirst().isEmpty()) {
            document.put("unit", dimension.unitNames().getFirst());
        }
        document.put("source", figure.source());
        document.put("asOf", figure.asOf());
        if (figure.note() != null) {
            document.put("note", figure.note());
        }
        if (!figure.rejected().isEmpty()) {
            document.put(
                    "rejected", figure.rejected().stream().map(FactDocument::of).toList());
        }
        return document;
    }

    /** Twelve months of twenty-four hours. */
    private static List<List<Double>> table(MonthHourTable table) {
        List<List<Double>> months = new ArrayList<>();
        for (int month = 1; month <= MONTHS; month++) {
            List<Double> hours = new ArrayList<>();
            for (int hour = 0; hour < HOURS; hour++) {
                hours.add(table.at(month, hour));
            }
            months.add(hours);
        }
        return months;
    }
}
