package io.ampacity.reports.focus;

import java.io.IOException;
import java.io.Reader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Effective cost of a bill by month, provider, service category and region; read row by row, so that its length does not
 * matter.
 */
public final class FocusBill {

    private static final Pattern MOMENT = Pattern.compile("[0-9]{4}-[01][0-9]-[0-3][0-9]([T ].*)?");
    private static final int LONGEST_FIELD = 1 << 20;

    private final Map<FocusKey, BigDecimal> costs = new TreeMap<>();
    private long rows;

    private FocusBill() {}

    /** Effective cost by key, in order. */
    public Map<FocusKey, BigDecimal> costs() {
        return costs;
    }

    /** Charges read. */
    public long rows() {
        return rows;
    }

    /** The bill that a forecast expects. */
    public static FocusBill of(List<FocusRow> forecast) {
        FocusBill bill = new FocusBill();
        for (FocusRow row : forecast) {
            BigDecimal cost = row.decimal(FocusColumn.EFFECTIVE_COST);
            String start = row.value(FocusColumn.CHARGE_PERIOD_START);
            if (cost != null && start != null && !expectedOfNobody(row)) {
                bill.add(
                        FocusKey.of(
                                start.substring(0, 7),
                                text(row.value(FocusColumn.PROVIDER_NAME)),
                                text(row.value(FocusColumn.SERVICE_CATEGORY)),
                                text(row.value(FocusColumn.REGION_ID))),
                        cost);
            }
        }
        return bill;
    }

    /** Whether no bill will ever hold it: a cost that is counted and never charged. */
    private static boolean expectedOfNobody(FocusRow row) {
        return "Inner price of carbon".equals(row.value(FocusColumn.SERVICE_NAME));
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    private void add(FocusKey key, BigDecimal cost) {
        costs.merge(key, cost, BigDecimal::add);
        rows++;
    }

    /**
     * Reads comma-separated text of version 1.0 or later.
     *
     * @param name how messages call it
     * @throws FocusException when a column is missing or a value is none
     */
    public static FocusBill read(String name, Reader reader) throws IOException {
        FocusBill bill = new FocusBill();
        Lines lines = new Lines(name, reader);
        List<String> header = lines.next();
        if (header == null) {
            throw new FocusException(name + " is empty. Maybe name a FOCUS export as comma-separated text");
        }
        Map<String, Integer> at = new HashMap<>();
        for (int i = 0; i < header.size(); i++) {
            at.put(header.get(i).strip().replace("\uFEFF", "").toLowerCase(Locale.ROOT), i);
        }
        int provider = at.containsKey("providername")
                ? column(name, at, "ProviderName")
                : column(name, at, "ServiceProviderName");
        int category = column(name, at, "ServiceCategory");
        int start = column(name, at, "ChargePeriodStart");
        int cost = column(name, at, "EffectiveCost");
        Integer currency = at.get("billingcurrency");
        Integer region = at.get("regionid");
        for (List<String> row = lines.next(); row != null; row = lines.next()) {
            if (row.size() == 1 && row.getFirst().isBlank()) {
                continue;
            }
            if (row.size() != header.size()) {
                throw lines.wrong("has " + row.size() + " fields for " + header.size() + " columns", "quote commas");
            }
            if (currency != null && !row.get(currency).equalsIgnoreCase("USD")) {
                throw lines.wrong(
                        "is in \"" + brief(row.get(currency)) + "\", and plans are in USD", "convert the bill first");
            }
            String moment = row.get(start);
            if (!MOMENT.matcher(moment).matches()) {
                throw lines.wrong(
                        "has the ChargePeriodStart \"" + brief(moment) + "\", which is no time",
                        "write it like 2027-01-01T00:00:00Z");
            }
            bill.add(
                    FocusKey.of(
                            moment.substring(0, 7),
                            row.get(provider),
                            row.get(category),
                            region == null ? "" : row.get(region)),
                    number(lines, row.get(cost)));
        }
        return bill;
    }

    private static BigDecimal number(Lines lines, String text) {
        try {
            BigDecimal value = new BigDecimal(text.strip());
            if (Math.abs((long) value.scale()) > 100 || value.precision() > 100) {
                throw new NumberFormatException("far out");
            }
            return value;
        } catch (NumberFormatException none) {
            throw lines.wrong(
                    "has the EffectiveCost \"" + brief(text) + "\", which is no number", "write it like 12.50");
        }
    }

    private static int column(String name, Map<String, Integer> at, String title) {
        Integer found = at.get(title.toLowerCase(Locale.ROOT));
        if (found == null) {
            throw new FocusException(
                    name + " has no column " + title + ". Maybe it is no FOCUS export; those of 1.0 and later have it");
        }
        return found;
    }

    private static String brief(String text) {
        String plain = text.replaceAll("\\p{Cntrl}", "?");
        return plain.length() <= 40 ? plain : plain.substring(0, 40) + "…";
    }

    /** Records of comma-separated text; quotes may hold commas, quotes and line ends. */
    private static final class Lines {

        private final String name;
        private final Reader reader;
        private int number;
        private int ahead = -2;

        Lines(String name, Reader reader) {
            this.name = name;
            this.reader = reader;
        }

        FocusException wrong(String what, String advice) {
            return new FocusException(name + ": record " + number + " " + what + ". Maybe " + advice);
        }

        private int take() throws IOException {
            int c = ahead == -2 ? reader.read() : ahead;
            ahead = -2;
            return c;
        }

        @Nullable List<String> next() throws IOException {
            int c = take();
            if (c < 0) {
                return null;
            }
            number++;
            List<String> fields = new ArrayList<>();
            StringBuilder field = new StringBuilder();
            boolean quoted = false;
            while (true) {
                if (quoted) {
                    if (c < 0) {
                        throw wrong("ends inside quotes", "close them");
                    }
                    if (c == '"') {
                        ahead = reader.read();
                        if (ahead == '"') {
                            take();
                            field.append('"');
                        } else {
                            quoted = false;
                        }
                    } else {
                        field.append((char) c);
                    }
                } else if (c == '"' && field.isEmpty()) {
                    quoted = true;
                } else if (c == ',' || c == '\n' || c < 0) {
                    int end = field.length();
                    fields.add(
                            c != ',' && end > 0 && field.charAt(end - 1) == '\r'
                                    ? field.substring(0, end - 1)
                                    : field.toString());
                    field.setLength(0);
                    if (c != ',') {
                        return fields;
                    }
                } else {
                    field.append((char) c);
                }
                if (field.length() > LONGEST_FIELD) {
                    throw wrong("has a field of over a million characters", "close its quotes");
                }
                c = take();
            }
        }
    }
}
