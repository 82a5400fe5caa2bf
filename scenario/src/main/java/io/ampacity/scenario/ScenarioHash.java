package io.ampacity.scenario;

import io.ampacity.facts.Catalogue;
import io.ampacity.facts.MonthHourTable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The identity of a question: SHA-256 of everything that can change its answer.
 *
 * <p>It covers the scenario and those chips, models and grids of the catalogue that the scenario names. So neither
 * comments nor the order of keys in the document change it, nor facts about things it does not name; a corrected price
 * does.
 */
public final class ScenarioHash {

    /** Components that came after scenarios were first hashed. */
    private static final Set<String> LATER = Set.of(
            "Scenario.futures",
            "Scenario.projects",
            "Scenario.network",
            "Scenario.resale",
            "Projects.skills",
            "Future.programmes",
            "Future.sites",
            "Policy.periodLimits",
            "Survival.atOnce",
            "Chip.parts",
            "ShareCaps.supplierCompute",
            "ShareCaps.parts",
            "Policy.capital",
            "Policy.operating",
            "PeriodLimit.capital",
            "PeriodLimit.operating");

    private ScenarioHash() {}

    /** The hash in 64 lower-case hexadecimal digits. */
    public static String of(Scenario scenario) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of()
                    .formatHex(digest.digest(canonicalText(scenario).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    /** What is hashed. */
    static String canonicalText(Scenario scenario) {
        StringBuilder text = new StringBuilder("ampacity-scenario-1\n");
        append(scenario, text);
        Catalogue catalogue = scenario.catalogue();
        Set<String> chips = new TreeSet<>();
        Set<String> models = new TreeSet<>();
        Set<String> grids = new TreeSet<>();
        scenario.fleet().forEach(fleet -> chips.add(fleet.chip()));
        scenario.suppliers()
                .forEach(supplier -> supplier.offers()
                        .forEach(offer -> chips.add(offer.offer().chip())));
        scenario.projects().programmes().forEach(programme -> chips.add(programme.chip()));
        scenario.workloads().forEach(workload -> models.add(workload.model()));
        scenario.sites().stream().map(Site::gridProfile).forEach(grid -> {
            if (grid != null) {
                grids.add(grid);
            }
        });
        chips.forEach(id -> append(catalogue.chips().get(id), text));
        models.forEach(id -> append(catalogue.models().get(id), text));
        grids.forEach(id -> append(catalogue.grids().get(id), text));
        return text.toString();
    }

    private static void append(@Nullable Object value, StringBuilder text) {
        switch (value) {
            case null -> text.append("null");
            case Catalogue _ -> text.append("catalogue");
            case Record fields -> appendFields(fields, text);
            case Map<?, ?> map -> {
                Map<String, Object> ordered = new TreeMap<>();
                map.forEach((key, each) -> ordered.put(String.valueOf(key), each));
                text.append('{');
                ordered.forEach((key, each) -> {
                    quote(key, text);
                    text.append(':');
                    append(each, text);
                    text.append(',');
                });
                text.append('}');
            }
            case Set<?> set -> {
                Set<String> ordered = new TreeSet<>();
                set.forEach(each -> {
                    StringBuilder one = new StringBuilder();
                    append(each, one);
                    ordered.add(one.toString());
                });
                text.append('<').append(String.join(",", ordered)).append('>');
            }
            case Collection<?> list -> {
                text.append('[');
                list.forEach(each -> {
                    append(each, text);
                    text.append(',');
                });
                text.append(']');
            }
            case MonthHourTable table -> {
                for (int month = 1; month <= 12; month++) {
                    for (int hour = 0; hour < 24; hour++) {
                        text.append(table.at(month, hour)).append(' ');
                    }
                }
            }
            case Number number -> text.append(number);
            default -> quote(value.toString(), text);
        }
    }

    private static void appendFields(Record fields, StringBuilder text) {
        text.append(fields.getClass().getSimpleName()).append('(');
        for (RecordComponent component : fields.getClass().getRecordComponents()) {
            try {
                Object value = component.getAccessor().invoke(fields);
                if (isLaterAddition(component) && isNothing(value)) {
                    continue; // a scenario that says nothing of it keeps the hash it had before one could
                }
                text.append(component.getName()).append('=');
                append(value, text);
            } catch (IllegalAccessException | InvocationTargetException unreadable) {
                throw new IllegalStateException("the field " + component + " cannot be read", unreadable);
            }
            text.append(',');
        }
        text.append(")\n");
    }

    private static boolean isLaterAddition(RecordComponent component) {
        return LATER.contains(component.getDeclaringRecord().getSimpleName() + "." + component.getName());
    }

    private static boolean isNothing(@Nullable Object value) {
        return value == null
                || value.equals(1)
                || Budget.UNLIMITED.equals(value)
                || Futures.NONE.equals(value)
                || Projects.NONE.equals(value)
                || Network.NONE.equals(value)
                || Resale.NONE.equals(value)
                || (value instanceof Collection<?> list && list.isEmpty())
                || (value instanceof Map<?, ?> map && map.isEmpty());
    }

    private static void quote(String value, StringBuilder text) {
        text.append('"')
                .append(value.replace("\\", "\\\\").replace("\"", "\\\""))
                .append('"');
    }
}
