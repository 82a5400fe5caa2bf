package io.ampacity.scenario.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ampacity.documents.DocumentException;
import io.ampacity.facts.Deployment;
import io.ampacity.facts.Engine;
import io.ampacity.facts.Precision;
import io.ampacity.scenario.Plan;
import io.ampacity.testing.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PlanJsonTest {

    @Test
    void aPlanComesBackAsItWas() {
        Plan plan = plan();
        assertThat(PlanJson.parse("plan.json", PlanJson.write(plan))).isEqualTo(plan);
    }

    @Test
    void aPlanForSeveralFuturesComesBackAsItWas() {
        Plan one = plan();
        Plan plan = one.withFutures(List.of(
                new Plan.FuturePlan("boom", 0.4, 12.5, one.capacity(), one.placement(), one.totals()),
                new Plan.FuturePlan("steady", 0.6, 10.25, List.of(), List.of(), List.of())));
        assertThat(PlanJson.parse("plan.json", PlanJson.write(plan))).isEqualTo(plan);
    }

    @Test
    void anInfeasiblePlanHasNoNumbersAndComesBackWithout() {
        Plan plan = new Plan(
                1,
                "northwind",
                "",
                Plan.Status.INFEASIBLE,
                Double.NaN,
                Double.NEGATIVE_INFINITY,
                Double.NaN,
                List.of("2027-Q1"),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(new Plan.Relaxation("budget", null, 2e6, "USD", "")),
                List.of());
        String json = PlanJson.write(plan);
        assertThat(json).contains("\"status\" : \"infeasible\"").contains("\"objectiveUsd\" : null");
        Plan back = PlanJson.parse("plan.json", json);
        assertThat(back.boundUsd()).isNaN();
        assertThat(back.relaxations()).isEqualTo(plan.relaxations());
    }

    @Test
    void theKeysThatScriptsRelyOnStand() {
        JsonNode json = JsonMapper.shared().readTree(PlanJson.write(plan()));
        assertThat(json.propertyNames())
                .containsExactly(
                        "version",
                        "scenarioName",
                        "scenarioHash",
                        "scenarioFile",
                        "status",
                        "objectiveUsd",
                        "boundUsd",
                        "gap",
                        "periods",
                        "capacity",
                        "placement",
                        "totals",
                        "bindingLimits",
                        "relaxations",
                        "warnings",
                        "futures",
                        "projects",
                        "changes",
                        "sales");
        assertThat(json.path("status").asString()).isEqualTo("optimal");
        assertThat(json.path("capacity").path(0).propertyNames())
                .startsWith("period", "site", "supplier", "chip", "contract", "count");
        assertThat(json.path("capacity").path(0).path("period").asString()).isEqualTo("2027-Q1");
        assertThat(json.path("totals").path(0).propertyNames()).contains("period", "costUsd", "energyKwh", "carbonKg");
        assertThat(json.path("bindingLimits").path(0).propertyNames())
                .startsWith("limit", "period", "shadowPrice", "unit");
        assertThat(json.path("bindingLimits").path(1).path("period").isNull()).isTrue();
    }

    @Test
    void everyMistakeIsNamedWithItsPlace() {
        String json = PlanJson.write(plan())
                .replace("\"status\" : \"optimal\"", "\"status\" : \"optimum\"")
                .replace("\"count\" : 8", "\"count\" : -8")
                .replace("\"gap\"", "\"gaps\"");
        assertThatThrownBy(() -> PlanJson.parse("plan.json", json))
                .isInstanceOfSatisfying(
                        DocumentException.class,
                        thrown -> assertThat(thrown.issues())
                                .extracting(issue -> issue.place().path())
                                .containsExactly("status", "gaps", "capacity[0].count"))
                .hasMessageContaining("you meant optimal")
                .hasMessageContaining("you meant gap")
                .hasMessageContaining("plan.json:");
    }

    @Test
    void aPeriodThatIsNotListedIsAMistake() {
        String json = PlanJson.write(plan()).replaceFirst("\"period\" : \"2027-Q1\"", "\"period\" : \"2027-Q7\"");
        assertThatThrownBy(() -> PlanJson.parse("plan.json", json))
                .isInstanceOf(DocumentException.class)
                .hasMessageContaining("capacity[0].period")
                .hasMessageContaining("you meant 2027-Q1");
    }

    @Test
    void numbersInQuotesAndBeyondAllBoundsAreMistakes() {
        for (String wrong : List.of("\"12\"", "1e999", "true", "[1]", "{}")) {
            String json =
                    PlanJson.write(plan()).replaceFirst("\"objectiveUsd\" : [0-9.E]+", "\"objectiveUsd\" : " + wrong);
            assertThatThrownBy(() -> PlanJson.parse("plan.json", json))
                    .as(wrong)
                    .isInstanceOf(DocumentException.class)
                    .hasMessageContaining("objectiveUsd");
        }
    }

    @Test
    void everyTruncationIsRefused() {
        String json = PlanJson.write(plan()).strip();
        for (int length = 0; length < json.length(); length += 7) {
            String part = json.substring(0, length);
            assertThatThrownBy(() -> PlanJson.parse("plan.json", part)).isInstanceOf(DocumentException.class);
        }
    }

    @Test
    void garbledPlansEndAsAPlanOrAsIssues() {
        String json = PlanJson.write(plan());
        long seed = Seeds.SEED;
        Random random = new Random(seed);
        int refused = 0;
        for (int i = 0; i < 5_000; i++) {
            StringBuilder garbled = new StringBuilder(json);
            for (int wounds = random.nextInt(3); wounds >= 0; wounds--) {
                garbled.setCharAt(random.nextInt(garbled.length()), (char) (32 + random.nextInt(95)));
            }
            try {
                PlanJson.parse("plan.json", garbled.toString());
            } catch (DocumentException expected) {
                refused++;
                assertThat(expected.issues())
                        .as("tests.seed=%d, plan %d", seed, i)
                        .isNotEmpty();
            }
        }
        assertThat(refused).isGreaterThan(1_000);
    }

    @Test
    void aLargePlanIsReadBack(@TempDir Path folder) throws IOException {
        List<Plan.Capacity> capacity = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            capacity.add(new Plan.Capacity(
                    i % 2, "site-" + i + "x".repeat(400), "aws", "h100-sxm", "on-demand", i, i / 2, i * 1.5));
        }
        Plan small = plan();
        Plan large = new Plan(
                1,
                "large",
                "hash",
                Plan.Status.FEASIBLE,
                1,
                0.5,
                0.5,
                small.periods(),
                capacity,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
        Path file = Files.writeString(folder.resolve("plan.json"), PlanJson.write(large));
        assertThat(Files.size(file)).isGreaterThan(9L << 20);
        assertThat(PlanJson.read(file)).isEqualTo(large);
    }

    @Test
    void aMissingFileAndAFolderAreNamed(@TempDir Path folder) {
        assertThatThrownBy(() -> PlanJson.read(folder)).hasMessageContaining("is a folder");
        assertThatThrownBy(() -> PlanJson.read(folder.resolve("none.json"))).hasMessageContaining("no such file");
    }

    private static Plan plan() {
        Deployment deployment = new Deployment(4, 1, 1, 2, Precision.FP8, Precision.BF16, Engine.TRTLLM);
        return new Plan(
                1,
                "northwind",
                "00ff",
                Plan.Status.OPTIMAL,
                1.25e7,
                1.25e7,
                0,
                List.of("2027-Q1", "2027-Q2"),
                List.of(
                        new Plan.Capacity(0, "aws:eu-central-1", "aws", "h100-sxm", "on-demand", 8, 8, 120_000.5),
                        new Plan.Capacity(1, "dc", "own", "h100-sxm", "owned", 128, 0, 0)),
                List.of(
                        new Plan.Placement(0, "chat", "dc", "own", "h100-sxm", deployment, 2, 16, 40, 72, 80, 0.6, 0),
                        new Plan.Placement(1, "tune", "dc", "own", "h100-sxm", null, 1, 64, 0, 0, 0, 0, 2e10)),
                List.of(new Plan.PeriodTotals(0, 10, 7, 2, 1, 300, 99.5, 12)),
                List.of(
                        new Plan.BindingLimit("power dc", 1, 1234.5, "MW", "one more MW saves money"),
                        new Plan.BindingLimit("budget", null, 0.5, "USD", "")),
                List.of(),
                List.of("the tariff of dc is unknown"));
    }
}
