package io.ampacity.planner;

import static org.assertj.core.api.Assertions.assertThat;

import io.ampacity.scenario.Plan;
import io.ampacity.scenario.Plan.Relaxation;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RelaxerTest {

    private final Planner planner = new Planner();
    private final HandMade numbers = new HandMade().serves("chat", "h100", 1, 5, 400, 0);

    private static ScenarioBuilder cloud() {
        return new ScenarioBuilder()
                .supplier("cloud", false)
                .site("cloud-fr", "cloud", "FR", 10, null, 100.0, null)
                .rent("cloud", "cloud-fr", "h100", Examples.ON_DEMAND, 4, 1)
                .serving("chat", 20, 2, 0); // peak 40 requests/s: 8 chips, 70 kUSD a quarter
    }

    private Plan plan(ScenarioBuilder builder) {
        return planner.plan(builder.build(), numbers, PlannerOptions.exact());
    }

    @Test
    void aQuotaThatIsTooSmallIsRaisedByWhatIsMissing() {
        Plan plan = plan(cloud().quota("cloud", "h100", null, 6, 0));
        assertThat(plan.status()).isEqualTo(Plan.Status.INFEASIBLE);
        assertThat(plan.relaxations()).hasSize(1);
        Relaxation relaxation = plan.relaxations().getFirst();
        assertThat(relaxation.limit()).isEqualTo("suppliers.cloud.quotas[h100,*]");
        assertThat(relaxation.by()).isEqualTo(2);
        assertThat(relaxation.unit()).isEqualTo("chip");
        assertThat(plan(cloud().quota("cloud", "h100", null, 8, 0)).status()).isEqualTo(Plan.Status.OPTIMAL);
        assertThat(plan(cloud().quota("cloud", "h100", null, 7, 0)).status()).isEqualTo(Plan.Status.INFEASIBLE);
    }

    @Test
    void aBudgetThatIsTooSmallIsRaisedByWhatIsMissing() {
        Plan plan = plan(cloud().budget(60_000.0, null));
        double cost = 8 * 4 * 8766.0 / 4;
        assertThat(plan.relaxations()).hasSize(1);
        Relaxation relaxation = plan.relaxations().getFirst();
        assertThat(relaxation.limit()).isEqualTo("policy.budget-per-period");
        assertThat(relaxation.by()).isBetween(cost - 60_000, (cost - 60_000) * 1.002);
        double enough = 60_000 + relaxation.by();
        assertThat(plan(cloud().budget(enough, null)).status()).isEqualTo(Plan.Status.OPTIMAL);
        assertThat(plan(cloud().budget(enough * 0.998, null)).status()).isEqualTo(Plan.Status.INFEASIBLE);
    }

    @Test
    void theLimitsThatClashAreNamedAndTheOthersAreNot() {
        Plan plan = plan(
                cloud().quota("cloud", "h100", null, 6, 0).budget(null, 1e9).carbon(null, 1e9, null));
        String clash = plan.warnings().stream()
                .filter(text -> text.contains("cannot hold together"))
                .findFirst()
                .orElseThrow();
        assertThat(clash)
                .contains("suppliers.cloud.quotas[h100,*]")
                .contains("workloads.chat.traffic")
                .doesNotContain("policy.budget-total")
                .doesNotContain("policy.carbon-total");
    }

    @Test
    void aWorkloadThatCanRunNowhereIsToldWhy() {
        ScenarioBuilder builder = new ScenarioBuilder()
                .supplier("cloud", false)
                .site("cloud-us", "cloud", "US", 10, null, 100.0, null)
                .rent("cloud", "cloud-us", "h100", Examples.ON_DEMAND, 4, 1)
                .dataClass("personal", null, Set.of("FR"))
                .serving("chat", 20, 2, 0, "personal", io.ampacity.scenario.Workload.LatencyClass.ANYWHERE, List.of());
        Plan plan = plan(builder);
        assertThat(plan.status()).isEqualTo(Plan.Status.INFEASIBLE);
        assertThat(plan.warnings())
                .anyMatch(text ->
                        text.contains("workloads.chat can run nowhere") && text.contains("may not be processed in US"));
    }

    @Test
    void theCheapestOfTwoWaysOutIsTaken() {
        // Ten percent more budget would do; so would a share cap of 100 instead of 50: the budget gives way.
        ScenarioBuilder builder = new ScenarioBuilder()
                .supplier("cheap", false)
                .supplier("dear", false)
                .site("cheap-fr", "cheap", "FR", 10, null, 100.0, null)
                .site("dear-fr", "dear", "FR", 10, null, 100.0, null)
                .rent("cheap", "cheap-fr", "h100", Examples.ON_DEMAND, 4, 1)
                .rent("dear", "dear-fr", "h100", Examples.ON_DEMAND, 4.4, 1)
                .serving("chat", 20, 2, 0)
                .shareCap(0.55)
                .budget(8 * 4 * 8766.0 / 4, null);
        Plan plan = plan(builder);
        assertThat(plan.relaxations()).extracting(Relaxation::limit).containsExactly("policy.budget-per-period");
    }
}
