package io.ampacity.scenario.reading;

import io.ampacity.documents.schema.Form;
import io.ampacity.documents.schema.SchemaReading;
import io.ampacity.documents.schema.Word;
import io.ampacity.scenario.Policy;
import io.ampacity.scenario.reading.PolicyTable.BudgetTable;
import io.ampacity.scenario.reading.PolicyTable.CarbonTable;
import io.ampacity.scenario.reading.PolicyTable.DataClassTable;
import io.ampacity.scenario.reading.PolicyTable.SurvivalTable;
import io.ampacity.units.Carbon;
import io.ampacity.units.CarbonPrice;
import io.ampacity.units.Money;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes a {@link Policy} of a sound form. */
record PolicyBuilding(SchemaReading reading) {

    Policy policy(Form form) {
        Form budget = form.valueOrNull(PolicyTable.BUDGET);
        Form carbon = form.value(PolicyTable.CARBON);
        Double budgetPerPeriod = budget == null ? null : budget.valueOrNull(BudgetTable.PERIOD);
        Double budgetTotal = budget == null ? null : budget.valueOrNull(BudgetTable.TOTAL);
        if (budget != null && budgetPerPeriod != null && budgetTotal != null && budgetPerPeriod > budgetTotal) {
            reading.warning(
                    budget.place(BudgetTable.PERIOD),
                    budget.text(BudgetTable.PERIOD),
                    "the budget of one period is larger than the total, so it never binds",
                    "the two are swapped");
        }
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
                budgetPerPeriod == null ? null : new Money(budgetPerPeriod),
                budgetTotal == null ? null : new Money(budgetTotal),
                carbonPerPeriod == null ? null : new Carbon(carbonPerPeriod),
                carbonTotal == null ? null : new Carbon(carbonTotal),
                price == null ? null : new CarbonPrice(price),
                carbon.value(CarbonTable.BASIS),
                dataClasses(form),
                form.valueOrNull(PolicyTable.SUPPLIER_SHARE_CAP),
                survivals(form));
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
        Set<Policy.LossOf> seen = EnumSet.noneOf(Policy.LossOf.class);
        List<Form> stated = form.valueOrNull(PolicyTable.SURVIVE);
        for (Form each : stated == null ? List.<Form>of() : stated) {
            Policy.LossOf loss = each.value(SurvivalTable.LOSS);
            if (!seen.add(loss)) {
                reading.error(
                        each.place(SurvivalTable.LOSS),
                        each.text(SurvivalTable.LOSS),
                        "the loss of a " + Word.written(loss) + " stands twice",
                        "keep the one with more service");
            }
            survivals.add(new Policy.Survival(loss, each.value(SurvivalTable.SERVICE)));
        }
        return survivals;
    }
}
