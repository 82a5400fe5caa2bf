package io.ampacity.scenario.reading;

import io.ampacity.documents.schema.Form;
import io.ampacity.documents.schema.Months;
import io.ampacity.documents.schema.SchemaReading;
import io.ampacity.scenario.Budget;
import io.ampacity.scenario.CarbonRules;
import io.ampacity.scenario.Policy;
import io.ampacity.scenario.ShareCaps;
import io.ampacity.scenario.reading.PolicyTable.BudgetTable;
import io.ampacity.scenario.reading.PolicyTable.CarbonTable;
import io.ampacity.scenario.reading.PolicyTable.DataClassTable;
import io.ampacity.scenario.reading.PolicyTable.PartShareTable;
import io.ampacity.scenario.reading.PolicyTable.PeriodLimitTable;
import io.ampacity.scenario.reading.PolicyTable.SurvivalTable;
import io.ampacity.units.Carbon;
import io.ampacity.units.CarbonPrice;
import io.ampacity.units.Energy;
import io.ampacity.units.Money;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes a {@link Policy} of a sound form. */
record PolicyBuilding(SchemaReading reading) {

    Policy policy(Form form) {
        Form carbon = form.value(PolicyTable.CARBON);
        Double carbonPerPeriod = carbon.valueOrNull(CarbonTable.PERIOD);
        Double carbonTotal = carbon.valueOrNull(CarbonTable.TOTAL);
        if (carbonPerPeriod != null && carbonTotal != null && carbonPerPeriod > carbonTotal) {
            reading.warning(
                    carbon.place(CarbonTable.PERIOD),
                    carbon.text(CarbonTable.PERIOD),
                    "the carbon limit of one period is larger than the total, so it never binds",
                    "the two are swapped");
        }
        Double price = carbon.valueOrNull(CarbonTable.PRICE);
        return new Policy(
                budget(form.valueOrNull(PolicyTable.BUDGET)),
                budget(form.valueOrNull(PolicyTable.CAPITAL_BUDGET)),
                budget(form.valueOrNull(PolicyTable.OPERATING_BUDGET)),
                new CarbonRules(
                        carbonPerPeriod == null ? null : new Carbon(carbonPerPeriod),
                        carbonTotal == null ? null : new Carbon(carbonTotal),
                        price == null ? null : new CarbonPrice(price),
                        carbon.value(CarbonTable.BASIS)),
                dataClasses(form),
                shares(form),
                survivals(form),
                List.of());
    }

    private static ShareCaps shares(Form form) {
        List<ShareCaps.PartCap> parts = new ArrayList<>();
        List<Form> stated = form.valueOrNull(PolicyTable.PART_SHARES);
        for (Form each : stated == null ? List.<Form>of() : stated) {
            parts.add(new ShareCaps.PartCap(
                    each.value(PartShareTable.PART),
                    each.valueOrNull(PartShareTable.MAKER),
                    each.value(PartShareTable.OF),
                    each.value(PartShareTable.CAP)));
        }
        return new ShareCaps(
                form.valueOrNull(PolicyTable.SUPPLIER_SHARE_CAP),
                form.valueOrNull(PolicyTable.SUPPLIER_COMPUTE_CAP),
                parts);
    }

    private Budget budget(@Nullable Form budget) {
        if (budget == null) {
            return Budget.UNLIMITED;
        }
        Double perPeriod = budget.valueOrNull(BudgetTable.PERIOD);
        Double total = budget.valueOrNull(BudgetTable.TOTAL);
        if (perPeriod != null && total != null && perPeriod > total) {
            reading.warning(
                    budget.place(BudgetTable.PERIOD),
                    budget.text(BudgetTable.PERIOD),
                    "the budget of one period is larger than the total, so it never binds",
                    "the two are swapped");
        }
        return new Budget(money(perPeriod), money(total));
    }

    private static @Nullable Money money(@Nullable Double usd) {
        return usd == null ? null : new Money(usd);
    }

    /** Limits of single periods; those that are wrong are noted and left out. */
    List<Policy.PeriodLimit> periodLimits(Form form, PeriodLookup periods) {
        List<Policy.PeriodLimit> limits = new ArrayList<>();
        List<Form> stated = form.valueOrNull(PolicyTable.BY_PERIOD);
        for (Form each : stated == null ? List.<Form>of() : stated) {
            Months.Span first = each.valueOrNull(PeriodLimitTable.FROM);
            Months.Span last = each.valueOrNull(PeriodLimitTable.UNTIL);
            Integer from = first == null
                    ? Integer.valueOf(0)
                    : periods.insideOrEarlier(
                            first.first(), each.place(PeriodLimitTable.FROM), each.text(PeriodLimitTable.FROM));
            int until = last == null
                    ? periods.horizon().periods() - 1
                    : Math.min(periods.horizon().periods() - 1, periods.index(last.last()));
            if (from == null) {
                continue;
            }
            if (until < from) {
                reading.error(
                        each.place(PeriodLimitTable.UNTIL),
                        each.text(PeriodLimitTable.UNTIL),
                        "these limits end before they begin",
                        "swap from and until");
                continue;
            }
            Double energy = each.valueOrNull(PeriodLimitTable.ENERGY);
            Double carbon = each.valueOrNull(PeriodLimitTable.CARBON);
            Policy.PeriodLimit limit = new Policy.PeriodLimit(
                    from,
                    until,
                    money(each.valueOrNull(PeriodLimitTable.SPENDING)),
                    money(each.valueOrNull(PeriodLimitTable.CAPITAL)),
                    money(each.valueOrNull(PeriodLimitTable.OPERATING)),
                    energy == null ? null : new Energy(energy),
                    carbon == null ? null : new Carbon(carbon));
            if (limit.equals(new Policy.PeriodLimit(from, until, null, null, null))) {
                reading.error(
                        each.place(),
                        null,
                        "this entry limits nothing",
                        "add spending, capital, operating, energy or carbon");
                continue;
            }
            limits.add(limit);
        }
        return limits;
    }

    private Map<String, Policy.DataClass> dataClasses(Form form) {
        Map<String, Policy.DataClass> classes = new LinkedHashMap<>();
        Map<String, Form> stated = form.valueOrNull(PolicyTable.DATA_CLASSES);
        if (stated == null) {
            return classes;
        }
        stated.forEach((name, each) -> {
            List<String> processors = each.valueOrNull(DataClassTable.SUB_PROCESSORS);
            classes.put(
                    name,
                    new Policy.DataClass(
                            name,
                            processors == null ? null : ordered(processors),
                            jurisdictions(each.valueOrNull(DataClassTable.JURISDICTIONS))));
        });
        return classes;
    }

    /** A set that keeps the order of the document, so that messages and pages never change from run to run. */
    private static Set<String> ordered(List<String> names) {
        return Collections.unmodifiableSet(new LinkedHashSet<>(names));
    }

    private static @Nullable Set<String> jurisdictions(@Nullable List<String> stated) {
        if (stated == null) {
            return null;
        }
        Set<String> countries = new LinkedHashSet<>();
        for (String each : stated) {
            switch (each) {
                case "EU" -> countries.addAll(Vocabularies.EUROPEAN_UNION);
                case "EEA" -> {
                    countries.addAll(Vocabularies.EUROPEAN_UNION);
                    countries.addAll(List.of("IS", "LI", "NO"));
                }
                default -> countries.add(each);
            }
        }
        return Collections.unmodifiableSet(countries);
    }

    private List<Policy.Survival> survivals(Form form) {
        List<Policy.Survival> survivals = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        List<Form> stated = form.valueOrNull(PolicyTable.SURVIVE);
        for (Form each : stated == null ? List.<Form>of() : stated) {
            Policy.LossOf loss = each.value(SurvivalTable.LOSS);
            int atOnce = each.value(SurvivalTable.AT_ONCE);
            if (!seen.add(loss + " " + atOnce)) {
                reading.error(
                        each.place(SurvivalTable.LOSS),
                        each.text(SurvivalTable.LOSS),
                        "the loss of a " + loss.spoken() + " stands twice",
                        "keep the one with more service");
            }
            survivals.add(new Policy.Survival(loss, each.value(SurvivalTable.SERVICE), atOnce));
        }
        return survivals;
    }
}
