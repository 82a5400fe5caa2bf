package io.ampacity.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The cost of a plan as rows of FOCUS, and bills beside it. */
final class FocusFilesTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private static Path folder;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static Path plan;

    @BeforeAll
    static void planOnce() {
        plan = folder.resolve("plan.json");
        CommandLineRun run = CommandLineRun.of(
                "plan", Examples.file("first-plan/scenario.yaml").toString(), "--out", plan.toString(), "--quiet");
        assertThat(run.exitCode()).as(run.err()).isZero();
    }

    private static CommandLineRun report(String... more) {
        String[] line = new String[more.length + 2];
        line[0] = "report";
        line[1] = plan.toString();
        System.arraycopy(more, 0, line, 2, more.length);
        return CommandLineRun.of(line);
    }

    @Test
    void theRowsAddUpToTheCostOfThePlan() throws IOException {
        Path file = folder.resolve("forecast.csv");
        JsonNode told = report("--focus", file.toString(), "--json").json();

        double cost = 0;
        for (JsonNode totals : JsonForm.MAPPER.readTree(Files.readString(plan)).get("totals")) {
            cost += totals.get("costUsd").asDouble();
        }
        assertThat(told.get("focus").get("effectiveCostUsd").asDouble()).isCloseTo(cost, within(0.005));
        assertThat(Files.readAllLines(file))
                .hasSize(1 + told.get("focus").get("rows").asInt());
        assertThat(Files.readAllLines(file).getFirst()).startsWith("BilledCost,BillingAccountId");
    }

    @Test
    void theForecastAsABillDiffersNowhereInEitherForm() {
        for (String name : new String[] {"same.csv", "same.parquet"}) {
            Path file = folder.resolve(name);
            assertThat(report("--focus", file.toString()).exitCode()).isZero();
            JsonNode bill = report("--bill", file.toString(), "--json").json().get("bill");
            assertThat(bill.get("lines").size()).isPositive();
            for (JsonNode line : bill.get("lines")) {
                assertThat(Math.abs(line.get("billedUsd").asDouble()
                                - line.get("forecastUsd").asDouble()))
                        .as(line.toString())
                        .isLessThan(0.005);
            }
        }
    }

    @Test
    void aBillIsShownBesideThePlan() throws IOException {
        Path file = folder.resolve("bill.csv");
        Files.writeString(file, """
                ProviderName,ServiceCategory,RegionId,ChargePeriodStart,EffectiveCost,BillingCurrency
                Elsewhere,Compute,moon-1,2027-01-01T00:00:00Z,12.5,USD
                """);
        CommandLineRun run = report("--bill", file.toString());
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("moon-1", "not planned", "one side only");
    }

    @Test
    void aBillThatIsNoneEndsWithTwo() throws IOException {
        Path file = folder.resolve("letter.csv");
        Files.writeString(file, "Dear Sir,please find\n");
        CommandLineRun run = report("--bill", file.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(run.err()).contains("letter.csv", "no column", "Maybe");
        assertThat(report("--bill", folder.toString()).exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(report("--bill", folder.resolve("none.csv").toString()).exitCode())
                .isEqualTo(ExitCode.BAD_INPUT);
        assertThat(report("--bill", folder.resolve("none.parquet").toString()).exitCode())
                .isEqualTo(ExitCode.BAD_INPUT);
    }
}
