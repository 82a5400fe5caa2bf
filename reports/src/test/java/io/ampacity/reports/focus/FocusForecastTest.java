package io.ampacity.reports.focus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ampacity.reports.Example;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.Scenario;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class FocusForecastTest {

    private static final List<FocusRow> ROWS = FocusForecast.of(Example.scenario(), Example.plan());
    private static final String TEXT = FocusCsv.of(ROWS);

    private static double sum(FocusColumn column) {
        return ROWS.stream()
                .map(row -> row.decimal(column))
                .map(value -> value == null ? BigDecimal.ZERO : value)
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .doubleValue();
    }

    @Test
    void everyRowKeepsTheRulesOfTheSpecification() {
        assertThat(FocusRules.broken(TEXT)).isEmpty();
        assertThat(FocusRules.rows(TEXT)).hasSameSizeAs(ROWS).isNotEmpty();
    }

    @Test
    void theRulesFindWhatIsBroken() {
        for (String[] change : new String[][] {
            {"Usage-Based", "Hourly"},
            {"USD", "Dollars"},
            {"Compute", "Computers"},
            {"T00:00:00Z", ""},
            {"BilledCost", "Billed"},
            {"Hours", ""}
        }) {
            assertThat(FocusRules.broken(TEXT.replace(change[0], change[1])))
                    .as(change[0])
                    .isNotEmpty();
        }
    }

    @Test
    void effectiveCostsAddUpToTheCostOfThePlanToTheCent() {
        double cost = Example.plan().totals().stream()
                .mapToDouble(Plan.PeriodTotals::costUsd)
                .sum();
        assertThat(sum(FocusColumn.EFFECTIVE_COST)).isCloseTo(cost, within(0.005));
    }

    @Test
    void eachPeriodAddsUpToo() {
        for (Plan.PeriodTotals totals : Example.plan().totals()) {
            String name = Example.plan().periods().get(totals.period());
            double sum = ROWS.stream()
                    .filter(row -> name.equals(row.value(FocusColumn.PLAN_PERIOD)))
                    .mapToDouble(row -> Double.parseDouble(row.value(FocusColumn.EFFECTIVE_COST)))
                    .sum();
            assertThat(sum).as(name).isCloseTo(totals.costUsd(), within(0.005));
        }
    }

    @Test
    void aQuarterIsThreeMonthsOfRowsAndAReservationIsUsageAndPurchase() {
        List<Map<String, String>> rows = FocusRules.rows(TEXT);
        assertThat(rows.stream().map(row -> row.get("ChargePeriodStart")).distinct())
                .hasSize(12)
                .contains("2027-01-01T00:00:00Z", "2027-12-01T00:00:00Z");
        assertThat(rows)
                .anySatisfy(row -> assertThat(row)
                        .containsEntry("ChargeCategory", "Purchase")
                        .containsEntry("EffectiveCost", "0")
                        .containsKey("CommitmentDiscountId"))
                .anySatisfy(row -> assertThat(row)
                        .containsEntry("PricingCategory", "Committed")
                        .containsEntry("BilledCost", "0"));
    }

    @Test
    void aHostileNameStaysOneField() {
        Scenario hostile = Example.scenario("a,\"b\"\n=c\\", null);
        String text = FocusCsv.of(FocusForecast.of(hostile, Example.plan()));
        assertThat(FocusRules.broken(text)).isEmpty();
        assertThat(FocusRules.rows(text)).hasSameSizeAs(ROWS);
    }

    @Test
    void aPlanThatIsNoneHasNoRows() {
        assertThat(FocusForecast.of(Example.scenario(), Example.infeasible())).isEmpty();
    }

    private static FocusDifference against(String bill) throws IOException {
        return FocusDifference.of(Example.scenario(), ROWS, FocusBill.read("bill.csv", new StringReader(bill)));
    }

    @Test
    void theForecastReadAsABillDiffersNowhere() throws IOException {
        // what nobody bills is in no bill
        List<FocusRow> billed = new ArrayList<>(ROWS);
        billed.removeIf(row -> "Inner price of carbon".equals(row.value(FocusColumn.SERVICE_NAME)));
        FocusDifference difference = against(FocusCsv.of(billed));
        assertThat(difference.lines()).isNotEmpty().allSatisfy(line -> {
            assertThat(line.matched()).isTrue();
            assertThat(line.differenceUsd()).isEqualByComparingTo(BigDecimal.ZERO);
        });
    }

    @Test
    void aBillIsSetAgainstItsMonthsAndItsOddLinesStandAlone() throws IOException {
        FocusDifference difference = against("""
                ProviderName,ServiceCategory,RegionId,ChargePeriodStart,EffectiveCost,BillingCurrency
                "AWS",Compute,EU-Central-1,2027-02-01T00:00:00Z,1000.25,USD
                aws,Compute,eu-central-1,2027-02-03 00:00:00,0.75,USD
                Hetzner,Storage,,2027-02-01T00:00:00Z,7,USD
                aws,Compute,eu-central-1,2031-02-01T00:00:00Z,5,USD
                """);
        assertThat(difference.lines())
                .allSatisfy(line -> assertThat(line.month()).isEqualTo("2027-02"));
        assertThat(difference.lines())
                .anySatisfy(line -> {
                    assertThat(line.provider()).isEqualTo("amazonwebservices");
                    assertThat(line.billedUsd()).isEqualByComparingTo("1001");
                    assertThat(line.matched()).isTrue();
                })
                .anySatisfy(line -> {
                    assertThat(line.provider()).isEqualTo("hetzner");
                    assertThat(line.forecastUsd()).isNull();
                    assertThat(line.differenceUsd()).isEqualByComparingTo("7");
                });
        assertThat(difference.beyondPlan()).isEqualByComparingTo("5");
        assertThat(difference.billedUsd()).isEqualByComparingTo("1008");
    }

    @Test
    void aBrokenBillIsToldWithItsRecord() {
        String header = "ProviderName,ServiceCategory,RegionId,ChargePeriodStart,EffectiveCost,BillingCurrency\n";
        for (String[] each : new String[][] {
            {"", "is empty"},
            {"a,b\n", "no column"},
            {header + "aws,Compute,x,2027-02-01,many,USD\n", "record 2", "\"many\""},
            {header + "aws,Compute,x,yesterday,1,USD\n", "yesterday"},
            {header + "aws,Compute,x,2027-02-01,1,EUR\n", "EUR"},
            {header + "aws,Compute\n", "2 fields for 6"},
            {header + "\"aws", "inside quotes"},
            {header + "aws,Compute,x,2027-02-01,1e999999999,USD\n", "no number"}
        }) {
            assertThatThrownBy(() -> FocusBill.read("bill.csv", new StringReader(each[0])))
                    .isInstanceOf(FocusException.class)
                    .hasMessageContaining("bill.csv")
                    .hasMessageContaining("Maybe")
                    .hasMessageContaining(each[1]);
        }
    }
}
