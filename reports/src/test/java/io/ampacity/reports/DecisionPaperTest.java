package io.ampacity.reports;

import static org.assertj.core.api.Assertions.assertThat;

import io.ampacity.reports.markdown.MarkdownRenderer;
import io.ampacity.reports.paper.Block;
import io.ampacity.reports.paper.Mark;
import io.ampacity.reports.paper.Paper;
import io.ampacity.reports.paper.Section;
import io.ampacity.reports.paper.Verdict;
import io.ampacity.scenario.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DecisionPaperTest {

    private static Paper paper(Plan plan, @Nullable ProofView proof) {
        return DecisionPaper.of(Example.scenario(), plan, proof);
    }

    private static List<Block.Check> checks(Paper paper, String section) {
        List<Block.Check> checks = new ArrayList<>();
        for (Section one : paper.sections()) {
            if (one.id().equals(section)) {
                one.blocks().forEach(block -> {
                    if (block instanceof Block.Checks list) {
                        checks.addAll(list.checks());
                    }
                });
            }
        }
        return checks;
    }

    private static List<String> broken(Plan plan) {
        return checks(paper(plan, null), "rules").stream()
                .filter(check -> check.mark() == Mark.BROKEN)
                .map(Block.Check::rule)
                .toList();
    }

    private static Plan with(
            UnaryOperator<Plan.Capacity> capacity,
            UnaryOperator<Plan.Placement> placement,
            UnaryOperator<Plan.PeriodTotals> totals) {
        Plan plan = Example.plan();
        return new Plan(
                1,
                plan.scenarioName(),
                plan.scenarioHash(),
                plan.status(),
                plan.objectiveUsd(),
                plan.boundUsd(),
                plan.gap(),
                plan.periods(),
                plan.capacity().stream().map(capacity).toList(),
                plan.placement().stream().map(placement).toList(),
                plan.totals().stream().map(totals).toList(),
                plan.bindingLimits(),
                plan.relaxations(),
                plan.warnings());
    }

    private static Plan.Placement at(Plan.Placement one, String site, String supplier, double carries, double tokens) {
        return new Plan.Placement(
                one.period(),
                one.workload(),
                site,
                supplier,
                one.chip(),
                one.deployment(),
                one.replicas(),
                one.chips(),
                one.requestsPerSecond(),
                one.peakRequestsPerSecond(),
                carries,
                one.share(),
                tokens);
    }

    @Test
    void aPlanWhoseReplayKeptItsPromisesHolds() {
        assertThat(paper(Example.plan(), Example.proof()).verdict().standing()).isEqualTo(Verdict.Standing.HOLDS);
    }

    @Test
    void aPlanWithoutAReplayIsNotProven() {
        assertThat(paper(Example.plan(), null).verdict().standing()).isEqualTo(Verdict.Standing.UNPROVEN);
    }

    @Test
    void aReplayThatStarvesAWorkloadDuringTheLossFails() {
        Verdict verdict = paper(Example.plan(), Example.brokenProof()).verdict();
        assertThat(verdict.standing()).isEqualTo(Verdict.Standing.FAILS);
        assertThat(verdict.because())
                .contains("While Amazon Web Services is lost")
                .contains("chat");
    }

    @Test
    void projectsHaveAColumnWhereSomethingIsUndertaken() {
        Plan undertaking = with(
                one -> one,
                one -> one,
                one -> new Plan.PeriodTotals(
                        one.period(),
                        one.costUsd() + 4321,
                        one.capacityUsd(),
                        one.energyUsd(),
                        one.carbonPriceUsd(),
                        one.energyKwh(),
                        one.carbonKg(),
                        one.waterLitres(),
                        4321,
                        3000,
                        1321));

        assertThat(new MarkdownRenderer().render(paper(undertaking, null)))
                .contains("| projects |")
                .contains("$4.32")
                .contains("Capital and operating money");
        assertThat(new MarkdownRenderer().render(paper(Example.plan(), null))).doesNotContain("| projects |");
    }

    @Test
    void projectsAndSalesAreToldWithTheirDates() {
        Plan plan = Example.plan();
        String chip = plan.capacity().getFirst().chip();
        String site = plan.capacity().getFirst().site();
        Plan undertaking = plan.withProjects(List.of(new Plan.Project("programmes.gone", 0, 1, 1)))
                .withSales(List.of(new Plan.Sale(1, site, "own", chip, "purchase", 0, 8, 160_000)));

        assertThat(new MarkdownRenderer().render(paper(undertaking, null)))
                .contains("What it undertakes")
                .contains("programmes.gone")
                .contains("| sold |")
                .contains("$160");
        assertThat(paper(plan, null).sections())
                .noneMatch(section -> section.id().equals("projects"));
    }

    @Test
    void noPlanIsSaidFirst() {
        Paper paper = paper(Example.infeasible(), null);
        assertThat(paper.verdict().standing()).isEqualTo(Verdict.Standing.IMPOSSIBLE);
        assertThat(paper.sections().getFirst().id()).isEqualTo("relaxations");
    }

    @Test
    void theExampleKeepsEveryRule() {
        assertThat(checks(paper(Example.plan(), null), "rules"))
                .hasSize(11)
                .allMatch(check -> check.mark() == Mark.MET);
    }

    @Test
    void everyRuleIsSeenToBreakWhenItIsBroken() {
        UnaryOperator<Plan.Capacity> sameCapacity = one -> one;
        UnaryOperator<Plan.Placement> samePlacement = one -> one;
        UnaryOperator<Plan.PeriodTotals> sameTotals = one -> one;
        assertThat(broken(with(
                        sameCapacity,
                        one -> one.workload().equals("voice") ? at(one, one.site(), one.supplier(), 9.9, 0) : one,
                        sameTotals)))
                .singleElement()
                .asString()
                .startsWith("Carries the busiest hour");
        assertThat(broken(with(
                        sameCapacity,
                        one -> one.site().equals("gcp-eemshaven")
                                ? at(one, one.site(), one.supplier(), one.capacityRequestsPerSecond() - 5, 0)
                                : one,
                        sameTotals)))
                .singleElement()
                .asString()
                .startsWith("Survives the loss");
        assertThat(broken(with(
                        sameCapacity,
                        one -> one.tokens() > 0 ? at(one, one.site(), one.supplier(), 0, one.tokens() * 0.99) : one,
                        sameTotals)))
                .singleElement()
                .asString()
                .startsWith("Trains support-model");
        assertThat(broken(with(
                        sameCapacity,
                        one -> one.site().equals("azure-gavle")
                                ? at(one, "gcp-eemshaven", "azure", one.capacityRequestsPerSecond(), 0)
                                : one,
                        sameTotals)))
                .singleElement()
                .asString()
                .startsWith("Data of class confidential");
        assertThat(broken(with(
                        sameCapacity,
                        one -> one.workload().equals("voice")
                                ? at(one, "paris", one.supplier(), one.capacityRequestsPerSecond(), 0)
                                : one,
                        sameTotals)))
                .isEmpty();
        assertThat(broken(with(
                        sameCapacity,
                        one -> one.workload().equals("voice")
                                ? at(one, "gcp-eemshaven", "own", one.capacityRequestsPerSecond(), 0)
                                : one,
                        sameTotals)))
                .hasSize(2) // what stands at a supplier's site falls with that supplier, whoever owns it
                .anyMatch(rule -> rule.startsWith("Survives the loss"))
                .anyMatch(rule -> rule.startsWith("Runs near enough"));
        assertThat(broken(with(
                        one -> one.supplier().equals("aws")
                                ? new Plan.Capacity(
                                        one.period(),
                                        one.site(),
                                        one.supplier(),
                                        one.chip(),
                                        one.contract(),
                                        65,
                                        0,
                                        one.costUsd())
                                : one,
                        samePlacement,
                        sameTotals)))
                .containsExactly("Stays within every quota");
        assertThat(broken(with(
                        one -> one.supplier().equals("aws")
                                ? new Plan.Capacity(
                                        one.period(),
                                        one.site(),
                                        one.supplier(),
                                        one.chip(),
                                        one.contract(),
                                        one.count(),
                                        0,
                                        one.costUsd() * 1.2)
                                : one,
                        samePlacement,
                        sameTotals)))
                .singleElement()
                .asString()
                .startsWith("No supplier takes more");
        assertThat(broken(with(
                        sameCapacity,
                        samePlacement,
                        one -> new Plan.PeriodTotals(
                                one.period(),
                                one.costUsd(),
                                one.capacityUsd() * 1.1,
                                one.energyUsd(),
                                one.carbonPriceUsd(),
                                one.energyKwh(),
                                one.carbonKg() * 2,
                                one.waterLitres()))))
                .hasSize(3)
                .allMatch(rule -> rule.startsWith("Budget") || rule.startsWith("At most"));
    }

    @Test
    void aBrokenRuleOutweighsAReplayThatHeld() {
        Plan far = with(
                one -> one,
                one -> one.workload().equals("voice")
                        ? at(one, "gcp-eemshaven", "own", one.capacityRequestsPerSecond(), 0)
                        : one,
                one -> one);
        assertThat(paper(far, Example.proof()).verdict().standing()).isEqualTo(Verdict.Standing.FAILS);
    }

    @Test
    void aLossTheReplayLeftOutIsSaidToBeUnknown() {
        ProofView proof = Example.proof();
        ProofView calm = new ProofView(
                proof.trace(),
                proof.period(),
                proof.seed(),
                proof.simulatedSeconds(),
                proof.requests(),
                proof.timeToFirstTokenSeconds(),
                proof.timePerOutputTokenSeconds(),
                proof.interTokenLatencySeconds(),
                proof.endToEndSeconds(),
                proof.sloAttainment(),
                proof.byWorkload().subList(1, 3),
                proof.bySupplier(),
                List.of(),
                proof.buckets(),
                null,
                null,
                null);
        assertThat(checks(paper(Example.plan(), calm), "proof"))
                .anyMatch(check -> check.mark() == Mark.UNKNOWN && check.rule().equals("The loss of a supplier"));
    }

    @Test
    void mergedBucketsKeepEveryRequest() {
        List<ProofView.Bucket> buckets = Example.proof().buckets();
        for (int most : new int[] {60, 59, 13, 7, 1}) {
            List<ProofView.Bucket> merged = ReplayChart.merged(buckets, most);
            assertThat(merged).hasSizeLessThanOrEqualTo(most);
            assertThat(merged.stream().mapToLong(ProofView.Bucket::arrived).sum())
                    .isEqualTo(buckets.stream()
                            .mapToLong(ProofView.Bucket::arrived)
                            .sum());
            assertThat(inTime(merged)).isCloseTo(inTime(buckets), org.assertj.core.api.Assertions.within(1e-6));
        }
    }

    private static double inTime(List<ProofView.Bucket> buckets) {
        return buckets.stream()
                .mapToDouble(bucket -> bucket.sloAttainment() * bucket.arrived())
                .sum();
    }
}
