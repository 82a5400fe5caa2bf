package io.ampacity.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ampacity.facts.Contract;
import io.ampacity.planner.coefficients.PlannerException;
import io.ampacity.planner.replan.Change;
import io.ampacity.scenario.Learning;
import io.ampacity.scenario.Learning.Way;
import io.ampacity.scenario.Network;
import io.ampacity.scenario.Network.Line;
import io.ampacity.scenario.Projects;
import io.ampacity.scenario.Resale;
import io.ampacity.scenario.Resale.Point;
import io.ampacity.scenario.Scenario;
import io.ampacity.scenario.Skills;
import io.ampacity.units.ByteRate;
import io.ampacity.units.DataPrice;
import io.ampacity.units.Money;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Changes of the network, of resale, of projects and of skills. */
class WiderChangeTest {

    private static Scenario scenario() {
        Learning train = new Learning("rocm", Way.TRAIN, new Money(1000), new Money(0), 3);
        Learning hire = new Learning("rocm", Way.HIRE, new Money(500), new Money(100), 0);
        return new ScenarioBuilder()
                .supplier("a", false)
                .supplier("own", true)
                .site("a1", "a", "DE", 20, null, 100.0, null)
                .site("o1", "own", "DE", 20, 0.1, 100.0, 1e6)
                .rent("a", "a1", "x", new Contract.OnDemand(), 2, 1)
                .rent("a", "a1", "y", new Contract.OnDemand(), 1, 1)
                .family("y", "rocm")
                .owned("o1", "x", 2, 0, null)
                .serving("w", 1, 1, 0)
                .network(new Network(
                        2.1,
                        new TreeMap<>(),
                        new TreeMap<>(Map.of(
                                "a1", new Line(null, new DataPrice(0.1), new DataPrice(0.02), new ByteRate(1e9)),
                                "o1", new Line(null, new DataPrice(0.01), null, new ByteRate(1e8)))),
                        List.of(),
                        new TreeMap<>()))
                .build()
                .withResale(new Resale(
                        new TreeMap<>(Map.of("x", List.of(new Point(12, 0.6)), "y", List.of(new Point(6, 0.5))))))
                .withProjects(
                        Projects.NONE.withSkills(new Skills(new TreeSet<>(Set.of("cuda")), List.of(train, hire))));
    }

    private static Scenario after(String change) {
        return Change.parse(change).applyTo(scenario());
    }

    private static Line line(Scenario scenario, String site) {
        return Objects.requireNonNull(scenario.network().lines().get(site));
    }

    @Test
    void dataCanBecomeDearerEverywhereOrAtOneSite() {
        assertThat(line(after("egress*2"), "o1").egress()).isEqualTo(new DataPrice(0.02));
        assertThat(line(after("egress.a1*2"), "a1"))
                .isEqualTo(new Line(null, new DataPrice(0.2), new DataPrice(0.04), new ByteRate(1e9)));
        assertThat(line(after("egress.a1*2"), "o1")).isEqualTo(line(scenario(), "o1"));
    }

    @Test
    void aLineCanBecomeWider() {
        assertThat(line(after("uplink.o1*3"), "o1").uplink()).isEqualTo(new ByteRate(3e8));
        assertThat(line(after("uplink.o1*3"), "a1").uplink()).isEqualTo(new ByteRate(1e9));
        assertThatThrownBy(() -> after("uplink.o1*0")).isInstanceOf(PlannerException.class);
    }

    @Test
    void resaleCanBringLess() {
        assertThat(after("resale*0.5").resale().share("x", 12)).isEqualTo(0.3, within(1e-12));
        assertThat(after("resale.y*0.5").resale().share("x", 12)).isEqualTo(0.6, within(1e-12));
        assertThat(after("resale*9").resale().share("y", 6)).isEqualTo(1.0, within(1e-12));
    }

    @Test
    void aProjectCanBecomeDearerOrImpossible() {
        List<Learning> dearer =
                after("cost.skills.learn.rocm.train*2").projects().learnings();
        assertThat(dearer).extracting(each -> each.cost().usd()).containsExactly(2000.0, 500.0);
        assertThat(after("project.skills.learn.rocm.train=lost").projects().learnings())
                .extracting(Learning::way)
                .containsExactly(Way.HIRE);
    }

    @Test
    void aSkillCanBeHadOrLost() {
        Skills known =
                Objects.requireNonNull(after("skill.rocm=known").projects().skills());
        assertThat(known.today()).containsExactly("cuda", "rocm");
        assertThat(known.learnings()).isEmpty();
        assertThatThrownBy(() -> after("skill.cuda=lost")).hasMessageContaining("chip-family.cuda=lost");
        Scenario without = scenario().withFleet(List.of());
        assertThat(Objects.requireNonNull(Change.parse("skill.cuda=lost")
                                .applyTo(without)
                                .projects()
                                .skills())
                        .today())
                .isEmpty();
    }

    @Test
    void whatIsNotThereIsToldWithWhatIs() {
        for (String change : List.of(
                "egress.mars*2",
                "uplink.mars*2",
                "resale.z*2",
                "cost.programmes.none*2",
                "project.programmes.none=lost",
                "skill.abacus=known")) {
            assertThatThrownBy(() -> after(change)).as(change).isInstanceOf(PlannerException.class);
        }
        assertThatThrownBy(() -> Change.parse("supplier.a=known")).hasMessageContaining("skill.FAMILY=known");
    }
}
