package io.ampacity.planner;

import io.ampacity.facts.Contract;
import io.ampacity.facts.Figure;
import io.ampacity.facts.Offer;
import io.ampacity.scenario.Expansion;
import io.ampacity.scenario.Horizon;
import io.ampacity.scenario.Learning;
import io.ampacity.scenario.Programme;
import io.ampacity.scenario.Scenario;
import io.ampacity.scenario.Skills;
import io.ampacity.scenario.Supplier.SiteOffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToDoubleBiFunction;

/** Tries every start of every project, and says what each choice costs and brings, chip by chip. */
final class TriedProjects {

    private final Scenario scenario;
    private final Horizon horizon;
    private final List<Programme> programmes;
    private final List<Expansion> expansions;
    private final List<Learning> learnings;
    private Choice choice;
    private boolean fixed;

    /**
     * A choice.
     *
     * @param starts by programme the period it starts in; -1 for never
     * @param steps by expansion and period the steps ordered
     * @param learned by way to learn a family the period it starts in; -1 for never
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Choice(int[] starts, int[][] steps, int[] learned) {}

    TriedProjects(Scenario scenario) {
        this.scenario = scenario;
        this.horizon = scenario.horizon();
        this.programmes = scenario.projects().programmes();
        this.expansions = scenario.projects().expansions();
        this.learnings = scenario.projects().learnings();
        int[] never = new int[programmes.size()];
        java.util.Arrays.fill(never, -1);
        int[] unlearned = new int[learnings.size()];
        java.util.Arrays.fill(unlearned, -1);
        choice = new Choice(never, new int[expansions.size()][horizon.periods()], unlearned);
    }

    Choice choice() {
        return choice;
    }

    /** From now on only this choice is tried. */
    void fix(Choice only) {
        choice = only;
        fixed = true;
    }

    void each(Runnable then) {
        if (fixed) {
            then.run();
        } else {
            chooseProgramme(0, then);
        }
    }

    private void chooseProgramme(int index, Runnable then) {
        if (index == programmes.size()) {
            chooseSteps(0, then);
            return;
        }
        Programme programme = programmes.get(index);
        if (programme.decision() != Programme.Decision.MUST) {
            choice.starts[index] = -1;
            chooseProgramme(index + 1, then);
        }
        for (int p = programme.earliest();
                p <= programme.latest() && programme.decision() != Programme.Decision.NEVER;
                p++) {
            choice.starts[index] = p;
            chooseProgramme(index + 1, then);
        }
        choice.starts[index] = -1;
    }

    private void chooseSteps(int index, Runnable then) {
        int periods = horizon.periods();
        if (index == expansions.size() * periods) {
            chooseLearning(0, then);
            return;
        }
        int e = index / periods;
        int p = index % periods;
        int before = 0;
        for (int q = 0; q < p; q++) {
            before += choice.steps[e][q];
        }
        boolean open = p >= expansions.get(e).earliest();
        for (int steps = 0; steps <= (open ? expansions.get(e).steps() - before : 0); steps++) {
            choice.steps[e][p] = steps;
            chooseSteps(index + 1, then);
        }
        choice.steps[e][p] = 0;
    }

    private void chooseLearning(int index, Runnable then) {
        if (index == learnings.size()) {
            then.run();
            return;
        }
        for (int p = -1; p < horizon.periods(); p++) {
            choice.learned[index] = p;
            chooseLearning(index + 1, then);
        }
        choice.learned[index] = -1;
    }

    private double learningUsd(int period) {
        double usd = 0;
        for (int i = 0; i < learnings.size(); i++) {
            int start = choice.learned[i];
            if (start >= 0) {
                usd += start == period ? learnings.get(i).cost().usd() : 0;
                boolean kept = period >= start + periods(learnings.get(i).leadMonths());
                usd += kept ? learnings.get(i).runningPerYear().usd() * horizon.monthsPerPeriod() / 12 : 0;
            }
        }
        return usd;
    }

    /** Whether every chip that is held is of a family that is known, or learned by then. */
    boolean skillsHold(List<SiteOffer> offers, double[][] held) {
        Skills skills = scenario.projects().skills();
        for (int o = 0; o < offers.size() && skills != null; o++) {
            String family = scenario.family(offers.get(o).offer().chip());
            for (int p = 0; p < horizon.periods(); p++) {
                boolean able = skills.today().contains(family);
                for (int i = 0; i < learnings.size(); i++) {
                    int ready = choice.learned[i] + periods(learnings.get(i).leadMonths());
                    able |= learnings.get(i).family().equals(family) && choice.learned[i] >= 0 && ready <= p;
                }
                if (held[o][p] > 0 && !able) {
                    return false;
                }
            }
        }
        return true;
    }

    private int periods(int months) {
        int periods = 0;
        while (periods * horizon.monthsPerPeriod() < months) {
            periods++;
        }
        return periods;
    }

    private double worth(double periods) {
        return Math.pow(1 + horizon.discountRate().value(), -periods * horizon.monthsPerPeriod() / 12);
    }

    private double annuity(double price, int from, int life) {
        double units = 0;
        for (int i = from; i < from + life; i++) {
            units += worth(i + 0.5);
        }
        return price * worth(from) / units;
    }

    /** What projects cost in a period. */
    double usd(int period) {
        double usd = learningUsd(period);
        for (int i = 0; i < programmes.size(); i++) {
            if (choice.starts[i] >= 0) {
                usd += usd(programmes.get(i), choice.starts[i], period);
            }
        }
        for (int e = 0; e < expansions.size(); e++) {
            Expansion expansion = expansions.get(e);
            int life = Math.max(1, expansion.usefulLifeMonths() / horizon.monthsPerPeriod());
            for (int p = 0; p < horizon.periods(); p++) {
                int ready = p + periods(expansion.leadMonths());
                if (choice.steps[e][p] > 0 && period >= ready && period < ready + life) {
                    double level = annuity(expansion.price().usd(), ready, life);
                    double running = expansion.runningPerYear().usd() / 12 * horizon.monthsPerPeriod();
                    usd += choice.steps[e][p] * (level + running);
                }
            }
        }
        return usd;
    }

    private double usd(Programme programme, int start, int period) {
        int development = periods(programme.monthsToSilicon());
        int age = period - start;
        if (age < 0) {
            return 0;
        }
        int working = Math.max(1, development);
        double usd = 0;
        if (age == 0) {
            double end = worth(horizon.periods()) / worth(start + 0.5);
            usd += programme.upFront().usd() - programme.upFront().usd() * programme.valueAtEnd() * end;
        }
        usd += age < working ? programme.engineering().usd() / working : 0;
        usd += age == working - 1
                ? programme.tapeOuts() * programme.tapeOutCost().usd()
                : 0;
        boolean runs = !programme.fails() || age < working;
        return usd + (runs ? programme.runningPerYear().usd() * horizon.monthsPerPeriod() / 12 : 0);
    }

    /** What is paid in a period for what projects build, their chips apart. */
    double capital(int period) {
        double usd = 0;
        for (int i = 0; i < programmes.size(); i++) {
            Programme programme = programmes.get(i);
            int age = period - choice.starts[i];
            int working = Math.max(1, periods(programme.monthsToSilicon()));
            if (choice.starts[i] >= 0 && age >= 0) {
                usd += age == 0 ? programme.upFront().usd() : 0;
                usd += age < working ? programme.engineering().usd() / working : 0;
                usd += age == working - 1
                        ? programme.tapeOuts() * programme.tapeOutCost().usd()
                        : 0;
            }
        }
        for (int e = 0; e < expansions.size(); e++) {
            int start = period - periods(expansions.get(e).leadMonths());
            usd += start >= 0
                    ? choice.steps[e][start] * expansions.get(e).price().usd()
                    : 0;
        }
        return usd;
    }

    /** What is paid in a period to run projects. */
    double running(int period) {
        double years = horizon.monthsPerPeriod() / 12.0;
        double usd = learningUsd(period);
        for (int i = 0; i < programmes.size(); i++) {
            Programme programme = programmes.get(i);
            int age = period - choice.starts[i];
            boolean over = programme.fails() && age >= Math.max(1, periods(programme.monthsToSilicon()));
            usd += choice.starts[i] >= 0 && age >= 0 && !over
                    ? programme.runningPerYear().usd() * years
                    : 0;
        }
        for (int e = 0; e < expansions.size(); e++) {
            int life = Math.max(1, expansions.get(e).usefulLifeMonths() / horizon.monthsPerPeriod());
            int ready = period - periods(expansions.get(e).leadMonths());
            for (int p = Math.max(0, ready - life + 1); p <= ready; p++) {
                usd += choice.steps[e][p] * expansions.get(e).runningPerYear().usd() * years;
            }
        }
        return usd;
    }

    /** A programme's chips as an offer, so that they can be counted like others. */
    SiteOffer offer(Programme programme, String site) {
        Offer offer = new Offer(
                "programme",
                programme.supplier(),
                null,
                programme.chip(),
                programme.id(),
                programme.block(),
                new Contract.Purchase(programme.usefulLifeMonths(), programme.leadMonths()),
                null,
                Figure.of(1, "test", "2026"),
                null);
        return new SiteOffer(site, offer, programme.block());
    }

    boolean isProgramme(SiteOffer offer) {
        return offer.offer().id().equals("programme");
    }

    /** Blocks of an offer that could be made in a period by the choice. */
    int mostBlocks(SiteOffer offer, int period) {
        for (int i = 0; i < programmes.size(); i++) {
            if (isOf(offer, programmes.get(i))) {
                int silicon = choice.starts[i] + periods(programmes.get(i).monthsToSilicon());
                return choice.starts[i] < 0 || period < silicon ? 0 : Integer.MAX_VALUE;
            }
        }
        return Integer.MAX_VALUE;
    }

    private boolean isOf(SiteOffer offer, Programme programme) {
        return isProgramme(offer) && programme.id().equals(offer.offer().instance());
    }

    private int ordered(List<SiteOffer> offers, int[][] taken, Programme programme, int period) {
        int chips = 0;
        for (int o = 0; o < offers.size(); o++) {
            chips += isOf(offers.get(o), programme) ? taken[o][period] : 0;
        }
        return chips;
    }

    /** Whether no more chips are ordered than can be made, none of them in vain. */
    boolean rampHolds(List<SiteOffer> offers, int[][] taken) {
        for (int i = 0; i < programmes.size(); i++) {
            Programme programme = programmes.get(i);
            for (int p = 0; p < horizon.periods(); p++) {
                int ordered = ordered(offers, taken, programme, p);
                int silicon = choice.starts[i] + periods(programme.monthsToSilicon());
                double most = 0;
                if (choice.starts[i] >= 0 && p >= silicon) {
                    int months = (p - silicon) * horizon.monthsPerPeriod();
                    for (Programme.Ramp step : programme.ramp()) {
                        if (months >= step.afterMonths()) {
                            most = step.chipsPerMonth() * horizon.monthsPerPeriod() * programme.yield();
                        }
                    }
                }
                if (ordered > most + 1e-6) {
                    return false;
                }
                boolean late = p + periods(programme.leadMonths()) >= horizon.periods();
                if (ordered > 0 && late && !fixed) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Adds what programmes deliver, each chip at the price of its number. */
    void addChips(List<SiteOffer> offers, int[][] taken, double[][] held, double[][] cost, double[] capital) {
        for (Programme programme : programmes) {
            if (programme.fails()) {
                continue; // whatever is ordered then never comes, and costs nothing
            }
            int life = Math.max(1, programme.usefulLifeMonths() / horizon.monthsPerPeriod());
            int number = 0;
            for (int p = 0; p < horizon.periods(); p++) {
                for (int o = 0; o < offers.size(); o++) {
                    if (!isOf(offers.get(o), programme)) {
                        continue;
                    }
                    int from = p + periods(programme.leadMonths());
                    String site = offers.get(o).site();
                    double usd = 0;
                    for (int chip = 0; chip < taken[o][p]; chip++) {
                        usd += price(programme, number++);
                    }
                    capital[Math.min(from, horizon.periods() - 1)] += from < horizon.periods() ? usd : 0;
                    var space = scenario.sites().stream()
                            .filter(s -> s.id().equals(site))
                            .findFirst()
                            .orElseThrow()
                            .spacePerChip();
                    for (int i = from; i < Math.min(horizon.periods(), from + life); i++) {
                        held[o][i] += taken[o][p];
                        cost[o][i] += usd == 0 ? 0 : annuity(usd, from, life);
                        cost[o][i] += space == null ? 0 : taken[o][p] * space.usdPerHour() * horizon.periodHours();
                    }
                }
            }
        }
    }

    /** The price of the usable chip of a number, counted from 0; prices change at whole blocks. */
    private static double price(Programme programme, int number) {
        double price = 0;
        for (Programme.Tier tier : programme.tiers()) {
            int blocks = (int) Math.floor(tier.from() * programme.yield() / programme.block() + 1e-9);
            price = number >= blocks * programme.block() ? tier.price().usd() / programme.yield() : price;
        }
        return price;
    }

    /** Watts that expansions of a site add. */
    double watts(String site, int period) {
        double watts = 0;
        for (int e = 0; e < expansions.size(); e++) {
            watts += expansions.get(e).site().equals(site) ? watts(e, period) : 0;
        }
        return watts;
    }

    private double watts(int e, int period) {
        Expansion expansion = expansions.get(e);
        int life = Math.max(1, expansion.usefulLifeMonths() / horizon.monthsPerPeriod());
        double watts = 0;
        for (int p = 0; p < horizon.periods(); p++) {
            int ready = p + periods(expansion.leadMonths());
            boolean now = period >= ready && period < ready + life;
            watts += now ? choice.steps[e][p] * expansion.power().watts() : 0;
        }
        return watts;
    }

    boolean coolingHolds(int period, ToDoubleBiFunction<String, Set<String>> drawn) {
        for (var site : scenario.sites()) {
            Set<String> all = new TreeSet<>();
            expansions.stream().filter(x -> x.site().equals(site.id())).forEach(x -> all.addAll(x.cools()));
            List<Set<String>> groups = new ArrayList<>(List.of(all));
            all.forEach(chip -> groups.add(Set.of(chip)));
            for (Set<String> group : groups) {
                double most = 0;
                for (int e = 0; e < expansions.size(); e++) {
                    boolean cools = expansions.get(e).site().equals(site.id())
                            && expansions.get(e).cools().stream().anyMatch(group::contains);
                    most += cools ? watts(e, period) : 0;
                }
                if (!group.isEmpty() && drawn.applyAsDouble(site.id(), group) > most + 1e-6) {
                    return false;
                }
            }
        }
        return true;
    }
}
