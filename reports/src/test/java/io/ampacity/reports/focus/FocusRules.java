package io.ampacity.reports.focus;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The rules of FOCUS 1.2 for a cost and usage data set, read off its text (github.com/FinOps-Open-Cost-and-Usage-Spec,
 * specification/columns) and applied to comma-separated text; shares nothing with what writes it.
 */
final class FocusRules {

    /** Columns whose feature level is Mandatory. */
    static final List<String> MANDATORY = List.of(
            "BilledCost",
            "BillingAccountId",
            "BillingAccountName",
            "BillingCurrency",
            "BillingPeriodEnd",
            "BillingPeriodStart",
            "ChargeCategory",
            "ChargeClass",
            "ChargeDescription",
            "ChargePeriodEnd",
            "ChargePeriodStart",
            "ContractedCost",
            "EffectiveCost",
            "InvoiceIssuerName",
            "ListCost",
            "PricingQuantity",
            "PricingUnit",
            "ProviderName",
            "PublisherName",
            "ServiceCategory",
            "ServiceName");

    private static final List<String> NEVER_NULL = List.of(
            "BilledCost",
            "BillingAccountId",
            "BillingCurrency",
            "BillingPeriodEnd",
            "BillingPeriodStart",
            "ChargeCategory",
            "ChargePeriodEnd",
            "ChargePeriodStart",
            "ContractedCost",
            "EffectiveCost",
            "InvoiceIssuerName",
            "ListCost",
            "ProviderName",
            "PublisherName",
            "ServiceCategory",
            "ServiceName");

    private static final List<String> DECIMALS = List.of(
            "BilledCost",
            "EffectiveCost",
            "ListCost",
            "ContractedCost",
            "ListUnitPrice",
            "ContractedUnitPrice",
            "PricingQuantity",
            "ConsumedQuantity",
            "CommitmentDiscountQuantity");

    private static final Map<String, Set<String>> ALLOWED = Map.of(
            "ChargeCategory", Set.of("Usage", "Purchase", "Tax", "Credit", "Adjustment"),
            "ChargeClass", Set.of("Correction"),
            "ChargeFrequency", Set.of("One-Time", "Recurring", "Usage-Based"),
            "PricingCategory", Set.of("Standard", "Dynamic", "Committed", "Other"),
            "CommitmentDiscountCategory", Set.of("Spend", "Usage"),
            "CommitmentDiscountStatus", Set.of("Used", "Unused"),
            "ServiceCategory",
                    Set.of(
                            "AI and Machine Learning",
                            "Analytics",
                            "Business Applications",
                            "Compute",
                            "Databases",
                            "Developer Tools",
                            "Multicloud",
                            "Identity",
                            "Integration",
                            "Internet of Things",
                            "Management and Governance",
                            "Media",
                            "Migration",
                            "Mobile",
                            "Networking",
                            "Security",
                            "Storage",
                            "Web",
                            "Other"));

    private static final Map<String, Set<String>> SUBCATEGORIES = Map.of(
            "Compute",
                    Set.of(
                            "Containers",
                            "End User Computing",
                            "Quantum Compute",
                            "Serverless Compute",
                            "Virtual Machines",
                            "Other (Compute)"),
            "Networking", Set.of("Other (Networking)"),
            "Other", Set.of("Other (Other)"));

    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
    private static final Pattern TIME = Pattern.compile("[0-9-]{10}T[0-9:]{8}Z");

    private FocusRules() {}

    /** The rows of the text by column; empty fields are left out, for they are null. */
    static List<Map<String, String>> rows(String text) {
        List<List<String>> records = new ArrayList<>();
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                boolean twice = quoted && i + 1 < text.length() && text.charAt(i + 1) == '"';
                if (twice) {
                    field.append('"');
                    i++;
                } else {
                    quoted = !quoted;
                }
            } else if (!quoted && (c == ',' || c == '\n')) {
                fields.add(field.toString());
                field.setLength(0);
                if (c == '\n') {
                    records.add(fields);
                    fields = new ArrayList<>();
                }
            } else {
                field.append(c);
            }
        }
        List<Map<String, String>> rows = new ArrayList<>();
        for (List<String> record : records.subList(1, records.size())) {
            Map<String, String> row = new HashMap<>();
            for (int i = 0; i < record.size(); i++) {
                if (!record.get(i).isEmpty()) {
                    row.put(records.getFirst().get(i), record.get(i));
                }
            }
            rows.add(row);
        }
        return rows;
    }

    /** What the text breaks; nothing when it conforms. */
    static List<String> broken(String text) {
        List<String> broken = new ArrayList<>();
        List<String> header = List.of(text.lines().findFirst().orElse("").split(","));
        for (String column : MANDATORY) {
            if (!header.contains(column)) {
                broken.add(column + " must be present");
            }
        }
        int number = 1;
        for (Map<String, String> row : rows(text)) {
            String where = "row " + number++ + " " + row + ": ";
            new Check(row).all().forEach(rule -> broken.add(where + rule));
        }
        return broken;
    }

    /** The rules of one row. */
    private record Check(Map<String, String> row, List<String> found) {

        Check(Map<String, String> row) {
            this(row, new ArrayList<>());
        }

        private boolean has(String column) {
            return row.containsKey(column);
        }

        private boolean is(String column, String value) {
            return value.equals(row.get(column));
        }

        private void must(boolean kept, String rule) {
            if (!kept) {
                found.add(rule);
            }
        }

        private void together(String one, String other) {
            must(has(one) == has(other), one + " and " + other + " are null together");
        }

        private BigDecimal decimal(String column) {
            return new BigDecimal(row.getOrDefault(column, "0"));
        }

        private void product(String price, String cost) {
            if (has(price) && has("PricingQuantity")) {
                BigDecimal product = decimal(price).multiply(decimal("PricingQuantity"));
                must(product.compareTo(decimal(cost)) == 0, price + " × PricingQuantity is " + cost);
            }
        }

        List<String> all() {
            NEVER_NULL.forEach(column -> must(has(column), column + " is not null"));
            DECIMALS.forEach(column ->
                    must(!has(column) || NUMBER.matcher(row.get(column)).matches(), column + " is a decimal"));
            ALLOWED.forEach((column, values) ->
                    must(!has(column) || values.contains(row.get(column)), column + " has an allowed value"));
            must(
                    !has("ServiceSubcategory")
                            || SUBCATEGORIES
                                    .getOrDefault(row.get("ServiceCategory"), Set.of())
                                    .contains(row.get("ServiceSubcategory")),
                    "ServiceSubcategory belongs to its category");
            must(row.getOrDefault("BillingCurrency", "").matches("[A-Z]{3}"), "BillingCurrency is of ISO 4217");
            times();
            boolean charged =
                    (is("ChargeCategory", "Usage") || is("ChargeCategory", "Purchase")) && !has("ChargeClass");
            if (charged) {
                for (String column : List.of(
                        "PricingQuantity",
                        "PricingUnit",
                        "PricingCategory",
                        "ListUnitPrice",
                        "ContractedUnitPrice",
                        "SkuId",
                        "SkuPriceId")) {
                    must(has(column), column + " is not null for a charge");
                }
            }
            together("PricingQuantity", "PricingUnit");
            product("ListUnitPrice", "ListCost");
            product("ContractedUnitPrice", "ContractedCost");
            must(decimal("ListUnitPrice").signum() >= 0, "ListUnitPrice is not negative");
            must(decimal("ContractedUnitPrice").signum() >= 0, "ContractedUnitPrice is not negative");
            purchases();
            commitments();
            boolean consumed = is("ChargeCategory", "Usage") && !is("CommitmentDiscountStatus", "Unused");
            must(has("ConsumedQuantity") == consumed, "ConsumedQuantity is of what is consumed");
            together("ConsumedQuantity", "ConsumedUnit");
            together("RegionId", "RegionName");
            together("ResourceId", "ResourceType");
            must(has("ResourceId") || !has("ResourceName"), "ResourceName needs ResourceId");
            must(!has("SkuPriceId") || has("SkuId"), "SkuPriceId needs SkuId");
            for (String column : row.keySet()) {
                must(
                        column.matches("[A-Z][A-Za-z]+|x_[A-Za-z]+"),
                        column + " is of the specification or begins with x_");
            }
            return found;
        }

        private void times() {
            for (String kind : List.of("Billing", "Charge")) {
                String start = row.getOrDefault(kind + "PeriodStart", "");
                String end = row.getOrDefault(kind + "PeriodEnd", "");
                boolean formed =
                        TIME.matcher(start).matches() && TIME.matcher(end).matches();
                must(formed, kind + " period is in UTC, as 2027-01-01T00:00:00Z");
                must(
                        !formed || Instant.parse(start).isBefore(Instant.parse(end)),
                        kind + " period ends after it starts");
            }
        }

        private void purchases() {
            if (is("ChargeCategory", "Purchase")) {
                must(decimal("EffectiveCost").signum() == 0, "a prepaid purchase has no effective cost");
                must(!is("ChargeFrequency", "Usage-Based"), "a purchase is not Usage-Based");
            }
        }

        private void commitments() {
            for (String column : List.of(
                    "CommitmentDiscountCategory",
                    "CommitmentDiscountType",
                    "CommitmentDiscountQuantity",
                    "CommitmentDiscountUnit")) {
                together("CommitmentDiscountId", column);
            }
            boolean used = has("CommitmentDiscountId") && is("ChargeCategory", "Usage");
            must(has("CommitmentDiscountStatus") == used, "CommitmentDiscountStatus is of usage under a commitment");
            must(is("PricingCategory", "Committed") == used, "PricingCategory is Committed under a commitment");
        }
    }
}
