package io.ampacity.planner.verify;

import io.ampacity.planner.coefficients.Assumptions;
import io.ampacity.planner.verify.PlacementCheck.Drawn;
import io.ampacity.scenario.Expansion;
import io.ampacity.scenario.Horizon;
import io.ampacity.scenario.Learning;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.Plan.Capacity;
import io.ampacity.scenario.Programme;
import io.ampacity.scenario.Scenario;
import io.ampacity.scenario.Site;
import io.ampacity.scenario.Skills;
import io.ampacity.scenario.Workload;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Checks what is undertaken: that it may be, what it costs, what chips come of it, and what power and cooling. */
final class ProjectsCheck {

    private final Scenario scenario;
    private final Plan plan;
    private final Assumptions assumptions;
    private final Findings findings;
    private final Horizon horizon;
    private final double[] usd;
    private final double[] capital;
    private final double[] running;

    ProjectsCheck(Scenario scenario, Plan plan, Assumptions assumptions, Findings findings) {
        this.scenario = scenario;
        this.plan = plan;
        this.assumptions = assumptions;
        this.findings = findings;
        this.horizon = scenario.horizon();
        this.usd = new double[horizon.periods()];
        this.capital = new double[horizon.periods()];
        this.running = new double[horizon.periods()];
    }

    /** What projects cost in a period. */
    double usd(int period) {
        return usd[period];
    }

    /** What is paid in a period for what projects build, chips of programmes on delivery included. */
    double capital(int period) {
        return capital[period];
    }

    /** What is paid in a period to run projects. */
    double running(int period) {
        return running[period];
    }

    void run() {
        for (Plan.Project project : plan.projects()) {
            boolean known = scenario.projects().programmes().stream()
                            .anyMatch(programme -> programme.path().equals(project.project()))
                    || scenario.projects().expansions().stream()
                            .anyMatch(expansion -> expansion.path().equals(project.project()))
                    || scenario.projects().learnings().stream()
                            .anyMatch(learning -> learning.path().equals(project.project()));
            if (!known || project.count() < 1 || project.period() < 0 || project.period() >= horizon.periods()) {
                findings.add(project.project(), project.period(), "is no project that the scenario offers then");
            }
        }
        scenario.projects().programmes().forEach(this::programme);
        scenario.projects().expansions().forEach(this::expansion);
        skills();
        for (Capacity line : plan.capacity()) {
            String id = Programme.idOf(line.contract());
            if (id != null) {
                boolean offered = scenario.projects().programmes().stream()
                        .anyMatch(programme -> programme.id().equals(id)
                                && programme.chip().equals(line.chip())
                                && programme.supplier().equals(line.supplier())
                                && programme.sites().contains(line.site()));
                if (!offered) {
                    findings.add(
                            "capacity." + line.site() + "/" + line.contract(), line.period(), "is of no programme");
                }
            }
        }
    }

    /** Checks that nobody uses chips of a family that the team cannot run yet, and adds up what learning costs. */
    private void skills() {
        Skills skills = scenario.projects().skills();
        if (skills == null) {
            return;
        }
        Map<String, Integer> able = new TreeMap<>();
        Map<String, Integer> starts = new TreeMap<>();
        skills.today().forEach(family -> able.put(family, 0));
        for (Learning learning : skills.learnings()) {
            for (int p = 0; p < horizon.periods(); p++) {
                int now = started(learning.path(), p);
                if (now > 0) {
                    int ready = p + periods(learning.leadMonths());
                    able.merge(learning.family(), ready, Math::min);
                    starts.merge(learning.family(), now, Integer::sum);
                    spend(learning, now, p, ready);
                }
            }
        }
        starts.forEach((family, count) -> findings.atMost("skills.learn." + family, null, "starts", count, 1));
        for (Capacity line : plan.capacity()) {
            String family = scenario.family(line.chip());
            boolean rented = !line.contract().equals("owned") && line.count() > 0;
            if (rented && line.period() < able.getOrDefault(family, Integer.MAX_VALUE)) {
                findings.add(
                        "capacity." + line.site() + "/" + line.chip() + "/" + line.contract(),
                        line.period(),
                        "is in use before the team can run " + family);
            }
        }
    }

    private void spend(Learning learning, int count, int start, int ready) {
        for (int p = start; p < horizon.periods(); p++) {
            double now = p == start ? learning.cost().usd() : 0;
            now += p < ready ? 0 : learning.runningPerYear().usd() / 12 * horizon.monthsPerPeriod();
            usd[p] += count * now;
            running[p] += count * now;
        }
    }

    private int started(String path, int period) {
        int count = 0;
        for (Plan.Project project : plan.projects()) {
            count += project.project().equals(path) && project.period() == period ? project.count() : 0;
        }
        return count;
    }

    private int periods(int months) {
        return (int) Math.ceil(months / (double) horizon.monthsPerPeriod());
    }

    private void programme(Programme programme) {
        int starts = 0;
        int start = -1;
        for (int p = 0; p < horizon.periods(); p++) {
            int now = started(programme.path(), p);
            starts += now;
            start = now > 0 ? p : start;
            if (now > 0 && (p < programme.earliest() || p > programme.latest())) {
                findings.add(programme.path(), p, "is started outside its window");
            }
        }
        int most = programme.decision() == Programme.Decision.NEVER ? 0 : 1;
        findings.atMost(programme.path(), null, "starts", starts, most);
        if (programme.decision() == Programme.Decision.MUST) {
            findings.atLeast(programme.path(), null, "starts", starts, 1);
        }
        if (start >= 0) {
            spend(programme, start);
        }
        chips(programme, start);
    }

    /** Adds up what a programme costs, period by period. */
    private void spend(Programme programme, int start) {
        int silicon = start + periods(programme.monthsToSilicon());
        int development = Math.max(1, silicon - start);
        double kept = programme.valueAtEnd() * worth(horizon.periods()) / worth(start + 0.5);
        usd[start] += programme.upFront().usd() * (1 - kept);
        capital[start] += programme.upFront().usd();
        for (int p = start; p < start + development && p < horizon.periods(); p++) {
            usd[p] += programme.engineering().usd() / development;
            capital[p] += programme.engineering().usd() / development;
        }
        int taped = Math.max(start, silicon - 1);
        if (taped < horizon.periods()) {
            usd[taped] += programme.tapeOuts() * programme.tapeOutCost().usd();
            capital[taped] += programme.tapeOuts() * programme.tapeOutCost().usd();
        }
        int end = programme.fails() ? start + development : horizon.periods();
        for (int p = start; p < Math.min(end, horizon.periods()); p++) {
            usd[p] += programme.runningPerYear().usd() / 12 * horizon.monthsPerPeriod();
            running[p] += programme.runningPerYear().usd() / 12 * horizon.monthsPerPeriod();
        }
    }

    /** What a dollar at a time, in periods since the start, is worth at the start. */
    private double worth(double periods) {
        double years = periods * horizon.monthsPerPeriod() / 12;
        return Math.exp(-years * Math.log1p(horizon.discountRate().value()));
    }

    private @Nullable Capacity line(Programme programme, String site, int period) {
        for (Capacity line : plan.capacity()) {
            if (line.period() == period
                    && line.site().equals(site)
                    && line.contract().equals(programme.contract())
                    && line.supplier().equals(programme.supplier())) {
                return line;
            }
        }
        return null;
    }

    private int ordered(Programme programme, String site, int period) {
        Capacity line = line(programme, site, period);
        return line == null ? 0 : line.added();
    }

    private void chips(Programme programme, int start) {
        int lead = periods(programme.leadMonths());
        double before = 0;
        double[] orderUsd = new double[horizon.periods()];
        for (int p = 0; p < horizon.periods(); p++) {
            double now = 0;
            for (String site : programme.sites()) {
                int added = ordered(programme, site, p);
                now += added;
                if (added % programme.block() != 0) {
                    findings.add(programme.path(), p, "orders chips at " + site + " that are no whole blocks");
                }
            }
            boolean ready = start >= 0 && !programme.fails() && p >= start + periods(programme.monthsToSilicon());
            if (now > 0 && (!ready || p + lead >= horizon.periods())) {
                findings.add(programme.path(), p, "orders chips that will not come");
            }
            findings.atMost(programme.path() + ".ramp", p, "chips ordered", now, ready ? made(programme, start, p) : 0);
            orderUsd[p] = price(programme, before + now) - price(programme, before);
            before += now;
            if (p + lead < horizon.periods()) {
                capital[p + lead] += orderUsd[p];
            }
        }
        for (int p = 0; p < horizon.periods(); p++) {
            held(programme, orderUsd, p);
        }
    }

    /** Checks chips and cost of a period; of the cost only that of all sites together, for they share the steps of a price. */
    private void held(Programme programme, double[] orderUsd, int period) {
        int lead = periods(programme.leadMonths());
        int life = Math.max(1, programme.usefulLifeMonths() / horizon.monthsPerPeriod());
        double expected = 0;
        double stated = 0;
        for (int q = 0; q + lead <= period; q++) {
            expected += period < q + lead + life && orderUsd[q] > 0 ? level(orderUsd[q], q + lead, life) : 0;
        }
        for (String site : programme.sites()) {
            Site place = scenario.sites().stream()
                    .filter(each -> each.id().equals(site))
                    .findFirst()
                    .orElseThrow();
            double held = 0;
            for (int q = 0; q + lead <= period; q++) {
                held += period < q + lead + life ? ordered(programme, site, q) : 0;
            }
            Capacity line = line(programme, site, period);
            findings.same(programme.path() + "." + site, period, "chips", line == null ? 0 : line.count(), held);
            stated += line == null ? 0 : line.costUsd();
            var space = place.spacePerChip();
            expected += space == null ? 0 : held * space.usdPerHour() * horizon.periodHours();
        }
        findings.same(programme.path(), period, "cost of its chips in USD", stated, expected);
    }

    private double made(Programme programme, int start, int period) {
        int since = (period - start - periods(programme.monthsToSilicon())) * horizon.monthsPerPeriod();
        double perMonth = 0;
        for (Programme.Ramp step : programme.ramp()) {
            if (step.afterMonths() <= since) {
                perMonth = step.chipsPerMonth();
            }
        }
        double usable = perMonth * horizon.monthsPerPeriod() * programme.yield();
        return programme.block() * Math.floor(usable / programme.block() + 1e-9);
    }

    /** What so many usable chips cost, from the first on. */
    private static double price(Programme programme, double chips) {
        double usd = 0;
        double from = 0;
        for (int i = 0; i < programme.tiers().size(); i++) {
            double to = Double.POSITIVE_INFINITY;
            if (i + 1 < programme.tiers().size()) {
                double made = programme.tiers().get(i + 1).from();
                to = programme.block() * Math.floor(made * programme.yield() / programme.block() + 1e-9);
            }
            double here = Math.max(0, Math.min(chips, to) - from);
            usd += here * programme.tiers().get(i).price().usd() / programme.yield();
            from = Math.max(from, to);
        }
        return usd;
    }

    /** What a thing costs in each period of use inside the horizon, by present values. */
    private double level(double price, int delivered, int life) {
        double whole = 0;
        double counted = 0;
        double inside = 0;
        for (int i = delivered; i < delivered + life; i++) {
            double worth = worth(i + 0.5);
            boolean within = i < horizon.periods();
            whole += worth;
            inside += within ? worth : 0;
            counted += worth * (within ? 1 : 1 - assumptions.purchaseValueBeyondHorizon());
        }
        return price * worth(delivered) / whole * counted / inside;
    }

    private void expansion(Expansion expansion) {
        int steps = 0;
        int lead = periods(expansion.leadMonths());
        int life = Math.max(1, expansion.usefulLifeMonths() / horizon.monthsPerPeriod());
        for (int p = 0; p < horizon.periods(); p++) {
            int now = started(expansion.path(), p);
            steps += now;
            if (now > 0 && p < expansion.earliest()) {
                findings.add(expansion.path(), p, "is ordered before it can be");
            }
            double perPeriod = expansion.runningPerYear().usd() / 12 * horizon.monthsPerPeriod();
            for (int q = p + lead; now > 0 && q < Math.min(horizon.periods(), p + lead + life); q++) {
                usd[q] += now * (level(expansion.price().usd(), p + lead, life) + perPeriod);
                running[q] += now * perPeriod;
                capital[q] += q == p + lead ? now * expansion.price().usd() : 0;
            }
        }
        findings.atMost(expansion.path(), null, "steps", steps, expansion.steps());
    }

    private int inUse(Expansion expansion, int period) {
        int lead = periods(expansion.leadMonths());
        int life = Math.max(1, expansion.usefulLifeMonths() / horizon.monthsPerPeriod());
        int steps = 0;
        for (int p = 0; p + lead <= period; p++) {
            steps += period < p + lead + life ? started(expansion.path(), p) : 0;
        }
        return steps;
    }

    /** Watts that the expansions of a site add in a period. */
    double wattsAdded(String site, int period) {
        double watts = 0;
        for (Expansion expansion : scenario.projects().expansions()) {
            watts += expansion.site().equals(site) ? expansion.power().watts() * inUse(expansion, period) : 0;
        }
        return watts;
    }

    /** Notes chips that draw more than the cooling they need carries: kind by kind, and all kinds together. */
    void cooling(Site site, List<Drawn> now, int period) {
        Set<String> all = new HashSet<>();
        for (Expansion expansion : scenario.projects().expansions()) {
            if (expansion.site().equals(site.id())) {
                all.addAll(expansion.cools());
            }
        }
        for (String chip : all) {
            cooled(site, Set.of(chip), now, period);
        }
        cooled(site, all, now, period);
    }

    private void cooled(Site site, Set<String> chips, List<Drawn> now, int period) {
        double most = 0;
        for (Expansion expansion : scenario.projects().expansions()) {
            boolean cools = expansion.cools().stream().anyMatch(chips::contains);
            if (cools && expansion.site().equals(site.id())) {
                most += expansion.power().watts() * inUse(expansion, period);
            }
        }
        double watts = 0;
        for (Drawn drawn : now) {
            if (drawn.site().id().equals(site.id())
                    && chips.contains(drawn.placement().chip())) {
                boolean batch = drawn.workload() instanceof Workload.Batch;
                watts += drawn.fullWatts() / (batch ? assumptions.usableValley() : 1);
            }
        }
        findings.atMost("sites." + site.id() + ".cooling", period, "watts of " + chips, watts * site.pue(), most);
    }
}
