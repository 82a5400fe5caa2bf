package io.ampacity.planner;

import io.ampacity.facts.Chip;
import io.ampacity.facts.ChipPart;
import io.ampacity.facts.Contract;
import io.ampacity.facts.Deployment;
import io.ampacity.facts.Figure;
import io.ampacity.facts.Precision;
import io.ampacity.planner.coefficients.Coefficients;
import io.ampacity.planner.coefficients.Estimate;
import io.ampacity.planner.coefficients.ServingCoefficients;
import io.ampacity.planner.coefficients.TrainingCoefficients;
import io.ampacity.scenario.Policy;
import io.ampacity.scenario.Policy.Survival;
import io.ampacity.scenario.Programme;
import io.ampacity.scenario.Scenario;
import io.ampacity.scenario.ShareCaps;
import io.ampacity.scenario.Site;
import io.ampacity.scenario.Supplier;
import io.ampacity.scenario.Supplier.Quota;
import io.ampacity.scenario.Supplier.SiteOffer;
import io.ampacity.scenario.Workload;
import io.ampacity.units.Money;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tries every plan of a tiny scenario and keeps the cheapest. It knows nothing of the planner.
 *
 * <p>Tried are all blocks of all offers in all periods, all gangs, and all counts of replicas. What is then left, the split of
 * traffic, is a linear choice that is made by hand: fill the pool with the cheapest energy first. That is right only
 * where no limit depends on the split, so scenarios with energy by the request have no limit on carbon, budget or shares
 * of suppliers, and no batch work.
 */
final class BruteForce {

    private final Scenario scenario;
    private final Coefficients coefficients;
    private final int periods;
    private final int mostBlocks;
    private final List<SiteOffer> offers = new ArrayList<>();
    private final List<Supplier> sellers = new ArrayList<>();
    private final List<String> pools = new ArrayList<>();
    private final List<Place> places = new ArrayList<>();
    private final List<Workload.Training> training = new ArrayList<>();
    private final List<Gang> gangs = new ArrayList<>();
    private double best = Double.POSITIVE_INFINITY;
    private boolean found;
    private int @Nullable [][] orders;
    private double[] capital = new double[0];
    private double[] operating = new double[0];
    private final TriedProjects projects;
    private final TriedNetwork network;
    private final TriedSales sales;

    /** A serving workload on a pool. */
    private record Place(
            Workload.Serving workload,
            String pool,
            Site site,
            String operator,
            int chips,
            ServingCoefficients numbers) {}

    /** A gang that may train; pool empty for "not now". */
    private record Gang(Workload.Training workload, String pool, Site site, int chips, TrainingCoefficients numbers) {}

    /** What a choice of replicas in a period costs. */
    private record Energy(double usd, double grams, double kwh) {}

    BruteForce(Scenario scenario, Coefficients coefficients, int mostBlocks) {
        this.scenario = scenario;
        this.coefficients = coefficients;
        this.periods = scenario.horizon().periods();
        this.mostBlocks = mostBlocks;
        for (Supplier supplier : scenario.suppliers()) {
            for (SiteOffer offer : supplier.offers()) {
                offers.add(offer);
                sellers.add(supplier);
                addPool(pool(supplier, offer));
            }
        }
        this.projects = new TriedProjects(scenario);
        this.network = new TriedNetwork(scenario);
        this.sales = new TriedSales(scenario);
        for (Programme programme : scenario.projects().programmes()) {
            for (String site : programme.sites()) {
                offers.add(projects.offer(programme, site));
                sellers.add(seller(programme.supplier()));
                addPool(site + "|" + site(site).supplier() + "|" + programme.chip());
            }
        }
        scenario.fleet().forEach(f -> addPool(f.site() + "|" + site(f.site()).supplier() + "|" + f.chip()));
        for (Workload workload : scenario.workloads()) {
            for (String pool : pools) {
                addPlace(workload, pool);
            }
        }
    }

    private void addPool(String pool) {
        if (!pools.contains(pool)) {
            pools.add(pool);
        }
    }

    private String pool(Supplier supplier, SiteOffer offer) {
        boolean bought = offer.offer().contract() instanceof Contract.Purchase;
        String operator = bought ? site(offer.site()).supplier() : supplier.id();
        return offer.site() + "|" + operator + "|" + offer.offer().chip();
    }

    private Supplier seller(String id) {
        return scenario.suppliers().stream()
                .filter(s -> s.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private Site site(String id) {
        return scenario.sites().stream()
                .filter(s -> s.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private boolean own(String supplier) {
        return scenario.suppliers().stream().anyMatch(s -> s.id().equals(supplier) && s.own());
    }

    private void addPlace(Workload workload, String pool) {
        String[] parts = pool.split("\\|", -1);
        Site site = site(parts[0]);
        Chip chip = Objects.requireNonNull(scenario.catalogue().chips().get(parts[2]));
        var dataClass = workload.dataClass() == null
                ? null
                : scenario.policy().dataClasses().get(workload.dataClass());
        if (dataClass != null
                && ((dataClass.subProcessors() != null
                                && !own(parts[1])
                                && !dataClass.subProcessors().contains(parts[1]))
                        || (dataClass.jurisdictions() != null
                                && !dataClass.jurisdictions().contains(site.jurisdiction())))) {
            return;
        }
        switch (workload) {
            case Workload.Serving serving -> {
                if (network.roundTripSeconds(serving, site)
                        > serving.latencyClass().maximumRoundTripSeconds()) {
                    return;
                }
                for (Deployment d : coefficients.deployments(workload, chip)) {
                    if (coefficients.serving(serving, site, chip, d)
                            instanceof Estimate.Possible<ServingCoefficients>(ServingCoefficients numbers)) {
                        places.add(new Place(serving, pool, site, parts[1], d.chips(), numbers));
                    }
                }
            }
            case Workload.Training trains -> {
                if (coefficients.training(trains, site, chip, trains.minimumChips())
                        instanceof Estimate.Possible<TrainingCoefficients>(TrainingCoefficients numbers)) {
                    if (!training.contains(trains)) {
                        training.add(trains);
                    }
                    double seconds = scenario.horizon().periodLength().seconds();
                    for (int chips = numbers.step(); ; chips += numbers.step()) {
                        if (chips >= trains.minimumChips()) {
                            gangs.add(new Gang(trains, pool, site, chips, numbers));
                            if (numbers.tokensPerSecondPerChip() * chips * seconds >= trains.tokens()) {
                                break;
                            }
                        }
                    }
                }
            }
            case Workload.Batch batch -> {}
        }
    }

    /** The lowest discounted cost up to a cutoff; infinite when no plan that keeps every limit costs less than that. */
    double cheapest(double cutoff) {
        best = cutoff;
        found = false;
        projects.each(() -> chooseOffers(new int[offers.size()][periods], 0));
        return found ? best : Double.POSITIVE_INFINITY;
    }

    /** The lowest cost when what is ordered of committed offers is given, in blocks by offer and period. */
    double cheapest(double cutoff, int[][] ordered, TriedProjects.Choice starts) {
        orders = ordered;
        projects.fix(starts);
        return cheapest(cutoff);
    }

    /** Most blocks of each offer worth ordering; 0 for offers that bind to nothing. */
    int[] mostOrders() {
        int[] most = new int[offers.size()];
        for (int o = 0; o < most.length; o++) {
            most[o] = committed(o) ? most(o) : 0;
        }
        return most;
    }

    private boolean committed(int offer) {
        Contract contract = offers.get(offer).offer().contract();
        return contract instanceof Contract.Reserved || contract instanceof Contract.Purchase;
    }

    /** Blocks of an offer beyond which no work there could use any: buying more only to look less dependent is no plan. */
    private int most(int offer) {
        double chips = 0;
        for (int p = 0; p < periods; p++) {
            double now = 0;
            for (Place place : places) {
                if (place.pool.equals(pool(sellers.get(offer), offers.get(offer)))) {
                    double peak = place.workload.traffic().peakRate(scenario.horizon(), p);
                    now += Math.ceil(peak / place.numbers.requestsPerSecond() - 1e-9) * place.chips;
                }
            }
            for (Gang gang : gangs) {
                boolean here = gang.pool.equals(pool(sellers.get(offer), offers.get(offer)));
                boolean open = p >= gang.workload.startPeriod() && p <= gang.workload.deadlinePeriod();
                now += here && open ? gang.chips : 0;
            }
            chips = Math.max(chips, now);
        }
        return Math.min(mostBlocks, (int) Math.ceil(chips / offers.get(offer).block()));
    }

    private void chooseOffers(int[][] taken, int index) {
        if (index == offers.size() * periods) {
            if (projects.rampHolds(offers, taken)) {
                withOffers(taken);
            }
            return;
        }
        int offer = index / periods;
        int period = index % periods;
        int least = orders != null && committed(offer) ? orders[offer][period] : 0;
        int most = orders != null && committed(offer)
                ? least
                : Math.min(most(offer), projects.mostBlocks(offers.get(offer), period));
        for (int blocks = least; blocks <= most; blocks++) {
            taken[offer][period] = blocks * offers.get(offer).block();
            if (cost(taken) < best) {
                chooseOffers(taken, index + 1);
            }
        }
        taken[offer][period] = 0;
    }

    /** What the blocks taken so far cost at least; infinite where an order would never arrive. */
    private double cost(int[][] taken) {
        double sum = 0;
        for (int o = 0; o < offers.size(); o++) {
            double[] cost = new double[periods];
            for (int p = 0; p < periods; p++) {
                if (taken[o][p] > 0 && !hold(o, p, taken[o][p], new double[periods], cost)) {
                    return Double.POSITIVE_INFINITY;
                }
            }
            for (int p = 0; p < periods; p++) {
                sum += sales.isSold(offers.get(o))
                        ? 0
                        : cost[p] * scenario.horizon().discountFactor(p);
            }
        }
        for (int p = 0; p < periods; p++) {
            sum += projects.usd(p) * scenario.horizon().discountFactor(p);
        }
        return sum;
    }

    private void withOffers(int[][] taken) {
        double[][] held = new double[offers.size()][periods];
        double[][] cost = new double[offers.size()][periods];
        for (int o = 0; o < offers.size(); o++) {
            for (int p = 0; p < periods; p++) {
                if (taken[o][p] > 0 && !hold(o, p, taken[o][p], held[o], cost[o])) {
                    return; // an order that would never arrive
                }
            }
        }
        capital = new double[periods];
        projects.addChips(offers, taken, held, cost, capital);
        double[] paid = capital.clone();
        double[] discounts =
                sellers.stream().mapToDouble(s -> 1 - s.discount().value()).toArray();
        sales.each(offers, discounts, taken, held, cost, () -> {
            capital = paid.clone();
            withSales(taken, held, cost);
        });
    }

    private void withSales(int[][] taken, double[][] held, double[][] cost) {
        if (!projects.skillsHold(offers, held)) {
            return;
        }
        splitMoney(taken, held, cost);
        double capacity = 0;
        for (int p = 0; p < periods; p++) {
            double now = projects.usd(p);
            for (int o = 0; o < offers.size(); o++) {
                now += cost[o][p];
            }
            capacity += now * scenario.horizon().discountFactor(p);
        }
        if (capacity >= best || !quotasHold(held) || !computeHolds(held)) {
            return;
        }
        chooseGangs(held, cost, new @Nullable Gang[training.size()][periods], 0);
    }

    /** What is paid for bought chips when they come, and by the period for everything else that is held. */
    private void splitMoney(int[][] taken, double[][] held, double[][] cost) {
        operating = new double[periods];
        for (int p = 0; p < periods; p++) {
            capital[p] += projects.capital(p);
            operating[p] += projects.running(p);
            for (int o = 0; o < offers.size(); o++) {
                if (offers.get(o).offer().contract() instanceof Contract.Purchase(int life, int lead)) {
                    int months = scenario.horizon().monthsPerPeriod();
                    int from = p + (lead + months - 1) / months;
                    Figure price = offers.get(o).offer().purchasePrice();
                    if (!projects.isProgramme(offers.get(o)) && from < periods && price != null) {
                        double discount = 1 - sellers.get(o).discount().value();
                        capital[from] += taken[o][p] * price.value() * discount;
                    }
                    var space = site(offers.get(o).site()).spacePerChip();
                    operating[p] += space == null
                            ? 0
                            : held[o][p]
                                    * space.usdPerHour()
                                    * scenario.horizon().periodHours();
                } else {
                    operating[p] += cost[o][p];
                }
            }
            for (var fleet : scenario.fleet()) {
                var space = site(fleet.site()).spacePerChip();
                boolean there = p >= fleet.fromPeriod() && (fleet.untilPeriod() == null || p < fleet.untilPeriod());
                operating[p] += there && space != null
                        ? fleet.chips()
                                * space.usdPerHour()
                                * scenario.horizon().periodHours()
                        : 0;
            }
        }
    }

    private static boolean over(double paid, @Nullable Money most) {
        return most != null && paid > most.usd() * (1 + 1e-9) + 1e-9;
    }

    private Chip chip(String id) {
        return Objects.requireNonNull(scenario.catalogue().chips().get(id));
    }

    private double peak(String chip) {
        return Objects.requireNonNull(chip(chip).peakFlops().get(Precision.BF16))
                .value();
    }

    private boolean restsOn(String maker, ChipPart part, String chip) {
        return List.of(maker)
                .equals(Objects.requireNonNull(chip(chip).parts().get(part)).makers());
    }

    private Set<String> makers(ShareCaps.PartCap cap) {
        Set<String> makers = new LinkedHashSet<>();
        scenario.catalogue()
                .chips()
                .values()
                .forEach(chip -> makers.addAll(
                        Objects.requireNonNull(chip.parts().get(cap.part())).makers()));
        makers.removeIf(maker -> cap.maker() != null && !cap.maker().equals(maker));
        return makers;
    }

    /** Whether nobody holds too much of the chips, weighed by their peaks. */
    private boolean computeHolds(double[][] held) {
        ShareCaps caps = scenario.policy().shares();
        if (!caps.countCompute()) {
            return true;
        }
        double[] byOffer = new double[offers.size()];
        double all = 0;
        for (int p = 0; p < periods; p++) {
            for (int o = 0; o < offers.size(); o++) {
                byOffer[o] += held[o][p] * peak(offers.get(o).offer().chip());
                all += held[o][p] * peak(offers.get(o).offer().chip());
            }
            for (String pool : pools) {
                all += owned(p, pool) * peak(pool.split("\\|", -1)[2]);
            }
        }
        for (Supplier supplier : scenario.suppliers()) {
            double rented = 0;
            for (int o = 0; o < byOffer.length; o++) {
                boolean bought = offers.get(o).offer().contract() instanceof Contract.Purchase;
                rented += sellers.get(o).equals(supplier) && !bought ? byOffer[o] : 0;
            }
            Double cap = caps.supplierCompute();
            if (cap != null && !supplier.own() && rented > cap * all * (1 + 1e-9)) {
                return false;
            }
        }
        for (ShareCaps.PartCap cap : caps.parts()) {
            for (String maker : cap.of() == ShareCaps.ShareOf.COMPUTE ? makers(cap) : Set.<String>of()) {
                double part = 0;
                for (int o = 0; o < byOffer.length; o++) {
                    part += restsOn(maker, cap.part(), offers.get(o).offer().chip()) ? byOffer[o] : 0;
                }
                for (String pool : pools) {
                    String chip = pool.split("\\|", -1)[2];
                    for (int p = 0; p < periods && restsOn(maker, cap.part(), chip); p++) {
                        part += owned(p, pool) * peak(chip);
                    }
                }
                if (part > cap.cap() * all * (1 + 1e-9)) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean partSpendingHolds(double[][] cost, double spent) {
        for (ShareCaps.PartCap cap : scenario.policy().shares().parts()) {
            for (String maker : cap.of() == ShareCaps.ShareOf.SPENDING ? makers(cap) : Set.<String>of()) {
                double paid = 0;
                for (int o = 0; o < offers.size(); o++) {
                    boolean bought = offers.get(o).offer().contract() instanceof Contract.Purchase;
                    if (bought) {
                        throw new IllegalArgumentException("purchases with a cap on shares are not tried here");
                    }
                    for (int p = 0; p < periods; p++) {
                        paid += restsOn(maker, cap.part(), offers.get(o).offer().chip()) ? cost[o][p] : 0;
                    }
                }
                if (paid > cap.cap() * spent * (1 + 1e-9)) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean quotasHold(double[][] held) {
        for (int s = 0; s < scenario.suppliers().size(); s++) {
            Supplier supplier = scenario.suppliers().get(s);
            for (Quota quota : supplier.quotas()) {
                for (int p = quota.fromPeriod(); p < periods; p++) {
                    double sum = 0;
                    for (int o = 0; o < offers.size(); o++) {
                        boolean about = sellers.get(o).equals(supplier)
                                && (quota.chip() == null
                                        || quota.chip()
                                                .equals(offers.get(o).offer().chip()))
                                && (quota.site() == null
                                        || quota.site().equals(offers.get(o).site()));
                        sum += about ? held[o][p] : 0;
                    }
                    if (sum > quota.chips()) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    private double worth(double periodsFromStart) {
        return Math.pow(
                1 + scenario.horizon().discountRate().value(),
                -periodsFromStart * scenario.horizon().monthsPerPeriod() / 12);
    }

    /** Adds what one decision brings; false when it brings nothing. */
    private boolean hold(int offer, int period, int chips, double[] held, double[] cost) {
        if (projects.isProgramme(offers.get(offer))) {
            return true; // added up for all sites together
        }
        SiteOffer siteOffer = offers.get(offer);
        Figure rent = siteOffer.offer().pricePerChipHour();
        Figure purchase = siteOffer.offer().purchasePrice();
        double usd = (rent != null ? rent : Objects.requireNonNull(purchase)).value();
        double discount = 1 - sellers.get(offer).discount().value();
        double hours = scenario.horizon().periodHours();
        int months = scenario.horizon().monthsPerPeriod();
        switch (siteOffer.offer().contract()) {
            case Contract.OnDemand() -> {
                held[period] += chips;
                cost[period] += chips * usd * discount * hours;
            }
            case Contract.Spot() -> throw new IllegalArgumentException("not tried here");
            case Contract.Reserved(int term, double upfront) -> {
                int length = Math.max(1, (term + months - 1) / months);
                double total = usd * discount * hours * length;
                double present = total * upfront * worth(period);
                double units = 0;
                for (int i = period; i < period + length; i++) {
                    present += total * (1 - upfront) / length * worth(i + 0.5);
                    units += i < periods ? worth(i + 0.5) : 0;
                }
                for (int i = period; i < Math.min(periods, period + length); i++) {
                    held[i] += chips;
                    cost[i] += chips * present / units;
                }
            }
            case Contract.Purchase(int life, int lead) -> {
                int from = period + (lead + months - 1) / months;
                if (from >= periods) {
                    return orders != null; // an order that this future delays beyond the horizon costs nothing in it
                }
                int length = Math.max(1, life / months);
                double units = 0;
                for (int i = from; i < from + length; i++) {
                    units += worth(i + 0.5);
                }
                var space = site(siteOffer.site()).spacePerChip();
                for (int i = from; i < Math.min(periods, from + length); i++) {
                    held[i] += chips;
                    cost[i] += chips * usd * discount * worth(from) / units;
                    cost[i] += space == null ? 0 : chips * space.usdPerHour() * hours;
                }
            }
        }
        return true;
    }

    private double owned(int period, String pool) {
        double chips = 0;
        for (var fleet : scenario.fleet()) {
            String where = fleet.site() + "|" + site(fleet.site()).supplier() + "|" + fleet.chip();
            boolean there =
                    period >= fleet.fromPeriod() && (fleet.untilPeriod() == null || period < fleet.untilPeriod());
            chips += there && (pool == null || pool.equals(where)) ? fleet.chips() : 0;
        }
        return chips;
    }

    private void chooseGangs(double[][] held, double[][] cost, @Nullable Gang[][] chosen, int index) {
        if (index == training.size() * periods) {
            withGangs(held, cost, chosen);
            return;
        }
        int which = index / periods;
        int period = index % periods;
        chosen[which][period] = null;
        chooseGangs(held, cost, chosen, index + 1);
        Workload.Training workload = training.get(which);
        if (period >= workload.startPeriod() && period <= workload.deadlinePeriod()) {
            for (Gang gang : gangs) {
                if (gang.workload.equals(workload)) {
                    chosen[which][period] = gang;
                    chooseGangs(held, cost, chosen, index + 1);
                }
            }
            chosen[which][period] = null;
        }
    }

    private double usdPerKwh(Site site) {
        double usd = site.tariff() == null ? 0 : site.tariff().usdPerKilowattHour();
        return usd * site.pue();
    }

    private double gramsPerKwh(Site site) {
        return site.carbonIntensity() == null ? 0 : site.carbonIntensity().gramsPerKilowattHour() * site.pue();
    }

    private double carbonPrice() {
        return scenario.policy().carbon().price() == null
                ? 0
                : scenario.policy().carbon().price().usdPerTonne() / 1e6;
    }

    private void withGangs(double[][] held, double[][] cost, @Nullable Gang[][] chosen) {
        double[] usd = new double[periods];
        double[] grams = new double[periods];
        double[] facility = new double[periods];
        double seconds = scenario.horizon().periodLength().seconds();
        for (int t = 0; t < chosen.length; t++) {
            @Nullable Site[] used = new @Nullable Site[periods];
            double left = training.get(t).tokens();
            // Cheapest energy first; equal cost in the earlier period first.
            boolean[] done = new boolean[periods];
            while (left > 1e-6) {
                int cheapest = -1;
                double lowest = Double.POSITIVE_INFINITY;
                for (int p = 0; p < periods; p++) {
                    Gang gang = chosen[t][p];
                    if (gang != null && !done[p]) {
                        double perToken = gang.numbers.wattsPerChip()
                                / gang.numbers.tokensPerSecondPerChip()
                                * (usdPerKwh(gang.site) + gramsPerKwh(gang.site) * carbonPrice())
                                * scenario.horizon().discountFactor(p);
                        if (perToken < lowest) {
                            lowest = perToken;
                            cheapest = p;
                        }
                    }
                }
                if (cheapest < 0) {
                    return; // not trained in time
                }
                done[cheapest] = true;
                Gang gang = chosen[t][cheapest];
                double tokens = Math.min(left, gang.numbers.tokensPerSecondPerChip() * gang.chips * seconds);
                left -= tokens;
                double kwh = tokens / gang.numbers.tokensPerSecondPerChip() * gang.numbers.wattsPerChip() / 3.6e6;
                usd[cheapest] += kwh * usdPerKwh(gang.site);
                grams[cheapest] += kwh * gramsPerKwh(gang.site);
                facility[cheapest] += kwh * gang.site.pue();
                used[cheapest] = gang.site;
            }
            double[] data = network.training(training.get(t), used);
            for (int p = 0; p < periods; p++) {
                usd[p] += data[p];
            }
        }
        List<Set<Energy>> byPeriod = new ArrayList<>();
        for (int p = 0; p < periods; p++) {
            Set<Energy> options = new LinkedHashSet<>();
            @Nullable Gang[] now = new @Nullable Gang[chosen.length];
            for (int t = 0; t < chosen.length; t++) {
                now[t] = chosen[t][p];
            }
            chooseReplicas(p, held, now, new int[places.size()], 0, options);
            if (options.isEmpty()) {
                return;
            }
            byPeriod.add(options);
        }
        combine(cost, usd, grams, facility, byPeriod, new Energy[periods], 0);
    }

    private void chooseReplicas(
            int period, double[][] held, @Nullable Gang[] gangsNow, int[] replicas, int index, Set<Energy> options) {
        if (index == places.size()) {
            Energy energy = energy(period, held, gangsNow, replicas);
            if (energy != null) {
                options.add(energy);
            }
            return;
        }
        Place place = places.get(index);
        double room = room(period, held, gangsNow, place.pool);
        for (int i = 0; i < index; i++) {
            room -= places.get(i).pool.equals(place.pool) ? replicas[i] * places.get(i).chips : 0;
        }
        double peak = place.workload.traffic().peakRate(scenario.horizon(), period);
        int most = (int) Math.ceil(peak / place.numbers.requestsPerSecond() - 1e-9);
        for (int n = 0; n <= most && n * place.chips <= room + 1e-9; n++) {
            replicas[index] = n;
            chooseReplicas(period, held, gangsNow, replicas, index + 1, options);
        }
        replicas[index] = 0;
    }

    private double room(int period, double[][] held, @Nullable Gang[] gangsNow, String pool) {
        double room = owned(period, pool);
        for (int o = 0; o < offers.size(); o++) {
            room += pool(sellers.get(o), offers.get(o)).equals(pool) ? held[o][period] : 0;
        }
        for (Gang gang : gangsNow) {
            room -= gang != null && gang.pool.equals(pool) ? gang.chips : 0;
        }
        return room;
    }

    /** The energy of a choice of replicas, or null when it breaks a limit of the period. */
    private @Nullable Energy energy(int period, double[][] held, @Nullable Gang[] gangsNow, int[] replicas) {
        for (String pool : pools) {
            if (room(period, held, gangsNow, pool) < -1e-9) {
                return null;
            }
        }
        double hours = scenario.horizon().periodHours();
        double usd = 0;
        double grams = 0;
        double facility = 0;
        for (int i = 0; i < places.size(); i++) {
            Place place = places.get(i);
            double kwh = replicas[i] * place.numbers.idleWatts() / 1000 * hours;
            usd += kwh * usdPerKwh(place.site);
            grams += kwh * gramsPerKwh(place.site);
            facility += kwh * place.site.pue();
        }
        for (Workload workload : scenario.workloads()) {
            if (workload instanceof Workload.Serving serving) {
                Energy more = served(period, serving, replicas);
                if (more == null) {
                    return null;
                }
                usd += more.usd;
                grams += more.grams;
                facility += more.kwh;
            }
        }
        return powerHolds(period, gangsNow, replicas) ? new Energy(usd, grams, facility) : null;
    }

    private @Nullable Energy served(int period, Workload.Serving serving, int[] replicas) {
        double peak = serving.traffic().peakRate(scenario.horizon(), period);
        double mean = serving.traffic().meanRate(scenario.horizon(), period);
        for (Survival survival : scenario.policy().survivals()) {
            if (!survives(survival, serving, peak, replicas)) {
                return null;
            }
        }
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < places.size(); i++) {
            if (places.get(i).workload.equals(serving)) {
                order.add(i);
            }
        }
        order.sort((a, b) -> Double.compare(perRequest(places.get(a)), perRequest(places.get(b))));
        double left = 1;
        double usd = 0;
        double grams = 0;
        double facility = 0;
        for (int i : order) {
            Place place = places.get(i);
            double share = Math.min(left, replicas[i] * place.numbers.requestsPerSecond() / peak);
            left -= share;
            double kwh = share * mean * scenario.horizon().periodHours() * place.numbers.joulesPerRequest() / 1000;
            usd += kwh * usdPerKwh(place.site);
            usd += share * mean * scenario.horizon().periodHours() * 3600 * network.perRequest(serving, place.site);
            grams += kwh * gramsPerKwh(place.site);
            facility += kwh * place.site.pue();
        }
        return left > 1e-9 ? null : new Energy(usd, grams, facility);
    }

    private double perRequest(Place place) {
        double energy = usdPerKwh(place.site) + gramsPerKwh(place.site) * carbonPrice();
        return place.numbers.joulesPerRequest() / 3.6e6 * energy + network.perRequest(place.workload, place.site);
    }

    private boolean survives(Survival survival, Workload.Serving serving, double peak, int[] replicas) {
        List<String> losses = new ArrayList<>();
        switch (survival.loss()) {
            case SITE -> scenario.sites().forEach(s -> losses.add(s.id()));
            case SUPPLIER -> scenario.suppliers().stream().filter(s -> !s.own()).forEach(s -> losses.add(s.id()));
            case CHIP_FAMILY ->
                scenario.catalogue().chips().values().stream()
                        .map(Chip::family)
                        .distinct()
                        .filter(family ->
                                pools.stream().anyMatch(pool -> family(pool).equals(family)))
                        .forEach(losses::add);
        }
        for (String one : losses) {
            for (String other : losses) {
                boolean alone = survival.atOnce() == 1 || losses.size() == 1;
                boolean asked = alone == one.equals(other);
                if (asked
                        && without(Set.of(one), Set.of(other), survival, serving, replicas)
                                < survival.service() * peak - 1e-9) {
                    return false;
                }
            }
        }
        return true;
    }

    /** What is still carried when two are lost, or one, named twice. */
    private double without(
            Set<String> one, Set<String> other, Survival survival, Workload.Serving serving, int[] replicas) {
        double left = 0;
        for (int i = 0; i < places.size(); i++) {
            Place place = places.get(i);
            List<String> mine =
                    switch (survival.loss()) {
                        case SITE -> List.of(place.site.id());
                        case SUPPLIER -> List.of(place.operator, place.site.supplier());
                        case CHIP_FAMILY -> List.of(family(place.pool));
                    };
            boolean hit = mine.stream().anyMatch(name -> one.contains(name) || other.contains(name));
            left += !hit && place.workload.equals(serving) ? replicas[i] * place.numbers.requestsPerSecond() : 0;
        }
        return left;
    }

    private String family(String pool) {
        return Objects.requireNonNull(scenario.catalogue().chips().get(pool.split("\\|", -1)[2]))
                .family();
    }

    private boolean powerHolds(int period, @Nullable Gang[] gangsNow, int[] replicas) {
        for (Site site : scenario.sites()) {
            if (site.power() != null) {
                double watts = 0;
                for (int i = 0; i < places.size(); i++) {
                    Place place = places.get(i);
                    watts += place.site.equals(site)
                            ? replicas[i]
                                    * (place.numbers.idleWatts()
                                            + place.numbers.joulesPerRequest() * place.numbers.requestsPerSecond())
                            : 0;
                }
                for (Gang gang : gangsNow) {
                    watts += gang != null && gang.site.equals(site) ? gang.chips * gang.numbers.wattsPerChip() : 0;
                }
                if (watts * site.pue() > site.power().watts() + projects.watts(site.id(), period) + 1e-6) {
                    return false;
                }
            }
        }
        return projects.coolingHolds(period, (site, chips) -> {
            double watts = 0;
            for (int i = 0; i < places.size(); i++) {
                Place place = places.get(i);
                boolean here = place.site.id().equals(site)
                        && chips.contains(place.pool.split("\\|", -1)[2]);
                watts += here
                        ? replicas[i]
                                * (place.numbers.idleWatts()
                                        + place.numbers.joulesPerRequest() * place.numbers.requestsPerSecond())
                        : 0;
            }
            for (Gang gang : gangsNow) {
                boolean here = gang != null
                        && gang.site.id().equals(site)
                        && chips.contains(gang.pool.split("\\|", -1)[2]);
                watts += here && gang != null ? gang.chips * gang.numbers.wattsPerChip() : 0;
            }
            return watts * site(site).pue();
        });
    }

    private void combine(
            double[][] cost,
            double[] usd,
            double[] grams,
            double[] facility,
            List<Set<Energy>> options,
            Energy[] chosen,
            int period) {
        if (period < periods) {
            for (Energy energy : options.get(period)) {
                chosen[period] = energy;
                combine(cost, usd, grams, facility, options, chosen, period + 1);
            }
            return;
        }
        Policy policy = scenario.policy();
        double hours = scenario.horizon().periodHours();
        double objective = 0;
        double spentTotal = 0;
        double capitalTotal = 0;
        double operatingTotal = 0;
        double gramsTotal = 0;
        double[] paid = new double[scenario.suppliers().size()];
        for (int p = 0; p < periods; p++) {
            double spent = usd[p] + chosen[p].usd + projects.usd(p);
            double carbon = grams[p] + chosen[p].grams;
            for (int o = 0; o < offers.size(); o++) {
                spent += cost[o][p];
                boolean bought = offers.get(o).offer().contract() instanceof Contract.Purchase;
                if (bought && policy.shares().supplierSpending() != null) {
                    throw new IllegalArgumentException("purchases with a cap on shares are not tried here");
                }
                paid[scenario.suppliers().indexOf(sellers.get(o))] += cost[o][p];
            }
            for (var fleet : scenario.fleet()) {
                var space = site(fleet.site()).spacePerChip();
                boolean there = p >= fleet.fromPeriod() && (fleet.untilPeriod() == null || p < fleet.untilPeriod());
                spent += there && space != null ? fleet.chips() * space.usdPerHour() * hours : 0;
            }
            if ((policy.budget().perPeriod() != null
                            && spent > policy.budget().perPeriod().usd() * (1 + 1e-9))
                    || (policy.carbon().perPeriod() != null
                            && carbon > policy.carbon().perPeriod().grams() * (1 + 1e-9))) {
                return;
            }
            double run = operating[p] + usd[p] + chosen[p].usd;
            capitalTotal += capital[p];
            operatingTotal += run;
            if (over(capital[p], policy.capital().perPeriod())
                    || over(run, policy.operating().perPeriod())) {
                return;
            }
            for (Policy.PeriodLimit limit : policy.periodLimits()) {
                boolean tooDear = over(spent, limit.spending())
                        || over(capital[p], limit.capital())
                        || over(run, limit.operating());
                boolean tooMuch =
                        limit.carbon() != null && carbon > limit.carbon().grams() * (1 + 1e-9);
                boolean tooHungry = limit.energy() != null
                        && 3.6e6 * (facility[p] + chosen[p].kwh)
                                > limit.energy().joules() * (1 + 1e-9);
                if (limit.holdsIn(p) && (tooDear || tooMuch || tooHungry)) {
                    return;
                }
            }
            spentTotal += spent;
            gramsTotal += carbon;
            objective += (spent + carbon * carbonPrice()) * scenario.horizon().discountFactor(p);
        }
        if (over(capitalTotal, policy.capital().total())
                || over(operatingTotal, policy.operating().total())) {
            return;
        }
        if ((policy.budget().total() != null
                        && spentTotal > policy.budget().total().usd() * (1 + 1e-9))
                || (policy.carbon().total() != null
                        && gramsTotal > policy.carbon().total().grams() * (1 + 1e-9))) {
            return;
        }
        if (policy.shares().supplierSpending() != null) {
            for (int s = 0; s < paid.length; s++) {
                boolean mine = scenario.suppliers().get(s).own();
                if (!mine && paid[s] > policy.shares().supplierSpending() * spentTotal * (1 + 1e-9)) {
                    return;
                }
            }
        }
        if (objective <= best && partSpendingHolds(cost, spentTotal)) {
            best = objective;
            found = true;
        }
    }
}
