package io.ampacity.planner.replan;

import io.ampacity.planner.coefficients.PlannerException;
import io.ampacity.scenario.Expansion;
import io.ampacity.scenario.Learning;
import io.ampacity.scenario.Network;
import io.ampacity.scenario.Programme;
import io.ampacity.scenario.Projects;
import io.ampacity.scenario.Scenario;
import io.ampacity.scenario.Site;
import io.ampacity.scenario.Skills;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A {@link Change} of what is beside chips: the network, resale, projects, and what a team can run. */
record WiderChange(Change change) {

    Scenario applyTo(Scenario scenario) {
        return switch (change.what()) {
            case "egress" -> egress(scenario);
            case "uplink" -> {
                knownSite(scenario);
                yield scenario.withNetwork(scenario.network().widened(about(), change.factor()));
            }
            case "resale" -> {
                known(scenario.resale().curves().keySet(), "resold chip");
                yield scenario.withResale(scenario.resale().times(about(), change.factor()));
            }
            case "cost" -> {
                known(paths(scenario), "project");
                yield scenario.withProjects(priced(scenario.projects()));
            }
            case "skill" -> skill(scenario);
            default -> {
                known(paths(scenario), "project");
                yield scenario.withProjects(without(scenario.projects()));
            }
        };
    }

    private @Nullable String about() {
        return change.about().isEmpty() ? null : change.about();
    }

    private void known(Collection<String> names, String kind) {
        if (about() != null) {
            change.known(List.copyOf(names), kind);
        }
    }

    private void knownSite(Scenario scenario) {
        known(scenario.sites().stream().map(Site::id).toList(), "site");
        if (change.factor() <= 0) {
            throw new PlannerException("the change \"" + change.text()
                    + "\" leaves a line that carries nothing. Maybe write a factor above 0");
        }
    }

    private Scenario egress(Scenario scenario) {
        Network network = scenario.network();
        String site = about();
        if (site == null) {
            return scenario.withNetwork(network.priced(change.factor()));
        }
        known(scenario.sites().stream().map(Site::id).toList(), "site");
        TreeMap<String, Network.Line> lines = new TreeMap<>(network.lines());
        Network.Line priced = network.priced(change.factor()).lines().get(site);
        if (priced != null) {
            lines.put(site, priced);
        }
        return scenario.withNetwork(
                new Network(network.routeFactor(), network.origins(), lines, network.links(), network.data()));
    }

    private static List<String> paths(Scenario scenario) {
        List<String> paths = new ArrayList<>();
        scenario.projects().programmes().forEach(programme -> paths.add(programme.path()));
        scenario.projects().expansions().forEach(expansion -> paths.add(expansion.path()));
        scenario.projects().learnings().forEach(learning -> paths.add(learning.path()));
        return paths;
    }

    private boolean isMeant(String path) {
        return about() == null || change.about().equals(path);
    }

    private Projects priced(Projects projects) {
        double factor = change.factor();
        Skills skills = projects.skills();
        return new Projects(
                projects.programmes().stream()
                        .map(one -> isMeant(one.path()) ? one.priced(factor) : one)
                        .toList(),
                projects.expansions().stream()
                        .map(one -> isMeant(one.path()) ? one.priced(factor) : one)
                        .toList(),
                skills == null
                        ? null
                        : new Skills(
                                skills.today(),
                                skills.learnings().stream()
                                        .map(one -> isMeant(one.path()) ? one.priced(factor) : one)
                                        .toList()));
    }

    private Projects without(Projects projects) {
        Skills skills = projects.skills();
        Predicate<Programme> programmes = one -> !isMeant(one.path());
        Predicate<Expansion> expansions = one -> !isMeant(one.path());
        Predicate<Learning> learnings = one -> !isMeant(one.path());
        return new Projects(
                projects.programmes().stream().filter(programmes).toList(),
                projects.expansions().stream().filter(expansions).toList(),
                skills == null
                        ? null
                        : new Skills(
                                skills.today(),
                                skills.learnings().stream().filter(learnings).toList()));
    }

    private Scenario skill(Scenario scenario) {
        Skills skills = scenario.projects().skills();
        if (skills == null) {
            throw new PlannerException("the change \"" + change.text()
                    + "\" is about skills, of which the scenario says nothing. Maybe add skills: {today: […]} to it");
        }
        String family = change.about();
        known(scenario.chips().stream().map(scenario::family).distinct().toList(), "family of chips");
        SortedSet<String> today = new TreeSet<>(skills.today());
        List<Learning> learnings = new ArrayList<>(skills.learnings());
        if (Double.isNaN(change.factor())) {
            if (scenario.fleet().stream()
                    .anyMatch(fleet -> scenario.family(fleet.chip()).equals(family))) {
                throw new PlannerException("the change \"" + change.text() + "\" leaves nobody to run chips of "
                        + family + " that are owned. Maybe write chip-family." + family + "=lost");
            }
            today.remove(family);
        } else {
            today.add(family);
            learnings.removeIf(learning -> learning.family().equals(family));
        }
        return scenario.withProjects(scenario.projects().withSkills(new Skills(today, learnings)));
    }
}
