package io.ampacity.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** From a scenario to a plan and what is done with it. */
final class PlanCommandsTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private static Path folder;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static Path scenario;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static Path plan;

    @BeforeAll
    static void planOnce() throws IOException {
        scenario = folder.resolve("my first scenario.yaml");
        Files.copy(Examples.file("first-plan/scenario.yaml"), scenario);
        plan = folder.resolve("plan.json");
        CommandLineRun run = CommandLineRun.of("plan", scenario.toString(), "--out", plan.toString(), "--json");
        assertThat(run.exitCode()).as(run.err()).isZero();
        for (String key : new String[] {
            "status", "objectiveUsd", "gap", "capacity", "placement", "totals", "bindingLimits", "relaxations"
        }) {
            assertThat(run.json().has(key)).as(key).isTrue();
        }
    }

    @Test
    void aPlanStands() {
        CommandLineRun run = CommandLineRun.of("verify", scenario.toString(), plan.toString(), "--json");

        assertThat(run.exitCode()).isZero();
        assertThat(run.json().get("stands").asBoolean()).isTrue();
    }

    /** The plan, with so many more chips in the first thing it holds. */
    private String withMoreChips(int more) throws IOException {
        return Pattern.compile("\"count\" : (\\d+)")
                .matcher(Files.readString(plan))
                .replaceFirst(count -> "\"count\" : " + (Integer.parseInt(count.group(1)) + more));
    }

    @Test
    void anEditedPlanDoesNot() throws IOException {
        Path edited = folder.resolve("edited.json");
        Files.writeString(edited, withMoreChips(-1));

        assertThat(CommandLineRun.of("verify", scenario.toString(), edited.toString())
                        .exitCode())
                .isEqualTo(1);
    }

    @Test
    void aPlanOfAnotherScenarioIsBadInput() throws IOException {
        Path other = folder.resolve("other.yaml");
        Files.writeString(other, Files.readString(scenario).replace("rate: 100 /s", "rate: 101 /s"));
        CommandLineRun run = CommandLineRun.of("verify", other.toString(), plan.toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .contains("is not the scenario that the plan answers")
                .contains("Maybe");
    }

    @Test
    void aPlanGivenForAScenarioIsToldToSwap() {
        CommandLineRun run = CommandLineRun.of("verify", plan.toString(), scenario.toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("Maybe you mean: ampacity verify");
        assertThat(CommandLineRun.of("explain", scenario.toString()).err()).contains("looks like a scenario");
    }

    @Test
    void aScenarioThatMovedIsAskedFor() throws IOException {
        Path moved = folder.resolve("moved.json");
        Files.writeString(moved, Files.readString(plan).replace("my first scenario.yaml", "gone.yaml"));
        CommandLineRun run = CommandLineRun.of("report", moved.toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("gone.yaml").contains("--scenario");
        assertThat(CommandLineRun.of("report", moved.toString(), "--scenario", scenario.toString())
                        .exitCode())
                .isZero();
    }

    @Test
    void suppliersOfAnExplanationAddUpToThePlan() {
        JsonNode explained =
                CommandLineRun.of("explain", plan.toString(), "--json").json();

        double sum = 0;
        double shares = 0;
        for (JsonNode supplier : explained.get("suppliers")) {
            sum += supplier.get("capacityUsd").asDouble();
            shares += supplier.get("share").asDouble();
        }
        assertThat(sum)
                .isCloseTo(
                        explained.get("totals").get("capacityUsd").asDouble(),
                        org.assertj.core.data.Offset.offset(0.01));
        assertThat(shares).isCloseTo(1, org.assertj.core.data.Offset.offset(1e-9));
        assertThat(explained.get("bindingLimits")).isNotEmpty();
        CommandLineRun text = CommandLineRun.of("explain", plan.toString());
        assertThat(text.out()).contains("What each supplier takes").contains("What holds the cost up");
    }

    @Test
    void aPlanDoesNotDifferFromItself() {
        CommandLineRun run = CommandLineRun.of("diff", plan.toString(), plan.toString(), "--exit-code", "--json");

        assertThat(run.exitCode()).isZero();
        assertThat(run.json().get("same").asBoolean()).isTrue();
    }

    @Test
    void aDifferenceTurnsRoundWithItsPlans() throws IOException {
        Path more = folder.resolve("more.json");
        Files.writeString(more, withMoreChips(16));
        CommandLineRun forth = CommandLineRun.of("diff", plan.toString(), more.toString(), "--exit-code", "--json");
        JsonNode back = CommandLineRun.of("diff", more.toString(), plan.toString(), "--json")
                .json();

        assertThat(forth.exitCode()).isEqualTo(1);
        JsonNode change = forth.json().get("capacity").get(0).get("count");
        assertThat(change.get("after").asDouble() - change.get("before").asDouble())
                .isEqualTo(16);
        assertThat(back.get("capacity").get(0).get("count").get("before").asDouble())
                .isEqualTo(change.get("after").asDouble());
        assertThat(CommandLineRun.of("diff", plan.toString(), more.toString()).out())
                .contains("Chips held");
    }

    @Test
    void aReportGoesWhereItIsWanted() throws IOException {
        Path html = folder.resolve("p.html");
        Path markdown = folder.resolve("p.md");
        CommandLineRun run = CommandLineRun.of(
                "report", plan.toString(), "--html", html.toString(), "--markdown", markdown.toString());

        assertThat(run.exitCode()).isZero();
        assertThat(Files.readString(html)).contains("first-plan").endsWith("</html>\n");
        assertThat(Files.readString(markdown)).contains("first-plan");
    }

    @Test
    void aFileIsReadableByOthersAsAnyFileIs() throws IOException {
        Path plain = Files.writeString(folder.resolve("plain"), "");

        assertThat(Files.getPosixFilePermissions(plan))
                .isEqualTo(Files.getPosixFilePermissions(plain))
                .contains(PosixFilePermission.OWNER_READ);
    }

    @Test
    void aPlaceThatCannotBeWrittenIsToldBeforeTheWork() {
        CommandLineRun run = CommandLineRun.of("plan", scenario.toString(), "--out", "/no/such/folder/plan.json");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("there is no folder").doesNotContain("planning");
    }

    @Test
    void aProofSaysWhetherThePlanHolds() {
        CommandLineRun run =
                CommandLineRun.of("plan", scenario.toString(), "--prove", "--duration", "4 min", "--json", "--quiet");
        JsonNode proof = run.json().get("proof");

        assertThat(proof.get("failures")).isNotEmpty();
        JsonNode requests = proof.get("requests");
        assertThat(requests.get("arrived").asLong())
                .isEqualTo(requests.get("completed").asLong()
                        + requests.get("rejected").asLong()
                        + requests.get("lost").asLong());
        assertThat(run.exitCode())
                .isEqualTo(run.json().get("verdict").asString().equals("It holds") ? 0 : 1);
        assertThat(run.err()).isEmpty();
    }

    @Test
    void optionsOfAProofWithoutOneAreRefused() {
        assertThat(CommandLineRun.of("plan", scenario.toString(), "--fail", "worst")
                        .exitCode())
                .isEqualTo(2);
    }

    @Test
    void aPlanIsHeldAgainstWhatOthersDo() {
        CommandLineRun run = CommandLineRun.of("plan", scenario.toString(), "--against", "--json");

        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonNode against = run.json().get("against");
        assertThat(against.get("strategies").size()).isEqualTo(4);
        assertThat(against.get("clairvoyantUsd").asDouble())
                .isLessThanOrEqualTo(run.json().get("objectiveUsd").asDouble());
        assertThat(CommandLineRun.of("plan", scenario.toString(), "--against").out())
                .contains("Against what people do today")
                .contains("cheapest-first");
    }

    @Test
    void whatAHigherCostBuysStandsInNumbersAndInThePaper() throws IOException {
        Path paper = folder.resolve("fronts.html");
        CommandLineRun run =
                CommandLineRun.of("plan", scenario.toString(), "--pareto", "--html", paper.toString(), "--json");

        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonNode fronts = run.json().get("fronts");
        for (String respect : new String[] {"carbon", "concentration", "resilience"}) {
            JsonNode points = fronts.get(respect);
            assertThat(points.size()).as(respect).isBetween(1, 5);
            assertThat(points.get(0).get("costUsd").asDouble())
                    .isLessThanOrEqualTo(run.json().get("objectiveUsd").asDouble() + 0.01);
        }
        JsonNode resilience = fronts.get("resilience");
        assertThat(resilience.get(resilience.size() - 1).get("serviceKept").asDouble())
                .isGreaterThanOrEqualTo(1 - 1e-6);
        assertThat(Files.readString(paper)).contains("What a higher cost buys").contains("Cost against resilience");
    }

    @Test
    void whatNotKnowingCostsStandsInThePaperAndIsExplainedLater() throws IOException {
        Path several = folder.resolve("several.yaml");
        Files.writeString(
                several,
                Files.readString(scenario)
                        + "\nfutures:\n  steady: {probability: 60 %}\n  boom: {probability: 40 %, demand: 150 %}\n");
        Path made = folder.resolve("several.json");
        Path paper = folder.resolve("several.md");
        CommandLineRun run = CommandLineRun.of(
                "plan",
                several.toString(),
                "--uncertainty",
                "--out",
                made.toString(),
                "--markdown",
                paper.toString(),
                "--json");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(Files.readString(paper)).contains("What not knowing costs").contains("Knowing the future");
        CommandLineRun later = CommandLineRun.of("explain", made.toString(), "--uncertainty", "--json");
        assertThat(later.exitCode()).as(later.err()).isZero();
        assertThat(later.json().get("uncertainty").get("clairvoyantUsd").asDouble())
                .isEqualTo(run.json().get("uncertainty").get("clairvoyantUsd").asDouble())
                .isPositive();
    }

    @Test
    void nothingIsToldOfTheUnknownWhereOneFutureIsCertain() {
        CommandLineRun run = CommandLineRun.of("explain", plan.toString(), "--uncertainty");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("one future only").contains("Maybe add futures");
    }

    @Test
    void aPlanIsMadeAgainAfterAChangeAndSaysWhatItCosts() {
        Path again = folder.resolve("again.json");
        CommandLineRun run = CommandLineRun.of(
                "replan", plan.toString(), "--change", "demand*2", "--out", again.toString(), "--json");

        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonNode cost = run.json().get("objectiveUsd");
        assertThat(cost.get("after").asDouble())
                .isGreaterThan(cost.get("before").asDouble());
        assertThat(again).exists();
        assertThat(run.json().get("solveSeconds").asDouble()).isPositive();
        CommandLineRun dear = CommandLineRun.of(
                "replan", plan.toString(), "--change", "price*0.9", "--cost-of-change", "100 USD", "--json");
        assertThat(dear.exitCode()).as(dear.err()).isZero();
        CommandLineRun negative =
                CommandLineRun.of("replan", plan.toString(), "--change", "price*0.9", "--cost-of-change", "-1 USD");
        assertThat(negative.exitCode()).isEqualTo(2);
        assertThat(CommandLineRun.of("replan", plan.toString(), "--change", "price*0.9")
                        .out())
                .contains("cost before");
    }

    @Test
    void aChangeThatIsNotUnderstoodIsBadInput() {
        CommandLineRun run = CommandLineRun.of("replan", plan.toString(), "--change", "weather=bad");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("weather=bad").contains("Maybe write it like demand*1.2");
        CommandLineRun period =
                CommandLineRun.of("replan", plan.toString(), "--change", "price*0.9", "--until", "1999-Q1");
        assertThat(period.exitCode()).isEqualTo(2);
        assertThat(period.err()).contains("1999-Q1").contains("Maybe one of");
    }

    @Test
    void whatFlipsTheDecisionIsToldWithBothSides() {
        CommandLineRun run = CommandLineRun.of("explain", plan.toString(), "--flips", "--json");

        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonNode flips = run.json().get("flips");
        assertThat(flips.isArray()).isTrue();
        for (JsonNode flip : flips) {
            assertThat(flip.get("sameAt").asDouble())
                    .isLessThan(flip.get("flipsAt").asDouble());
            assertThat(flip.get("from")).isNotEqualTo(flip.get("to"));
        }
    }

    @Test
    void aSupplierHasANegotiationSheet() {
        String supplier = CommandLineRun.of("explain", plan.toString(), "--json")
                .json()
                .get("suppliers")
                .get(0)
                .get("supplier")
                .asString();
        CommandLineRun run =
                CommandLineRun.of("explain", plan.toString(), "--negotiate", supplier, "--alternatives", "--json");

        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonNode sheet = run.json().get("negotiation").get(0);
        assertThat(sheet.get("about").asString()).isEqualTo(supplier);
        assertThat(sheet.has("leavesAtPriceFactor")).isTrue();
        assertThat(run.json().get("alternatives").size()).isPositive();
        assertThat(run.json().get("different").isArray()).isTrue();
        CommandLineRun unknown = CommandLineRun.of("explain", plan.toString(), "--why", "nobody");
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.err()).contains("nobody").contains("Maybe one of");
    }
}
