package io.ampacity.planner;

import io.ampacity.facts.Catalogue;
import io.ampacity.facts.Chip;
import io.ampacity.facts.ChipPart;
import io.ampacity.facts.Contract;
import io.ampacity.facts.Engine;
import io.ampacity.facts.Figure;
import io.ampacity.facts.Making;
import io.ampacity.facts.Offer;
import io.ampacity.facts.Precision;
import io.ampacity.scenario.Budget;
import io.ampacity.scenario.CarbonRules;
import io.ampacity.scenario.Expansion;
import io.ampacity.scenario.Future;
import io.ampacity.scenario.Futures;
import io.ampacity.scenario.Horizon;
import io.ampacity.scenario.Network;
import io.ampacity.scenario.OwnedFleet;
import io.ampacity.scenario.Policy;
import io.ampacity.scenario.Policy.CarbonBasis;
import io.ampacity.scenario.Policy.DataClass;
import io.ampacity.scenario.Policy.LossOf;
import io.ampacity.scenario.Policy.Survival;
import io.ampacity.scenario.Programme;
import io.ampacity.scenario.Projects;
import io.ampacity.scenario.Resale;
import io.ampacity.scenario.Scenario;
import io.ampacity.scenario.ServiceLevelObjective;
import io.ampacity.scenario.ShareCaps;
import io.ampacity.scenario.Site;
import io.ampacity.scenario.Skills;
import io.ampacity.scenario.Supplier;
import io.ampacity.scenario.Supplier.Quota;
import io.ampacity.scenario.Supplier.SiteOffer;
import io.ampacity.scenario.Traffic;
import io.ampacity.scenario.Traffic.TokenLengths;
import io.ampacity.scenario.Workload;
import io.ampacity.scenario.Workload.LatencyClass;
import io.ampacity.units.Carbon;
import io.ampacity.units.CarbonIntensity;
import io.ampacity.units.CarbonPrice;
import io.ampacity.units.EnergyPrice;
import io.ampacity.units.Fraction;
import io.ampacity.units.HourlyPrice;
import io.ampacity.units.Money;
import io.ampacity.units.Power;
import io.ampacity.units.RequestRate;
import io.ampacity.units.TimeSpan;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Builds scenarios for tests, one short call an entry. */
public final class ScenarioBuilder {

    private int periods = 1;
    private int months = 3;
    private double discountRate = 0.08;
    private final Map<String, Site> sites = new LinkedHashMap<>();
    private final Map<String, Boolean> suppliers = new LinkedHashMap<>();
    private final Map<String, Double> discounts = new LinkedHashMap<>();
    private final Map<String, List<SiteOffer>> offers = new LinkedHashMap<>();
    private final Map<String, List<Quota>> quotas = new LinkedHashMap<>();
    private final List<OwnedFleet> fleet = new ArrayList<>();
    private final List<Workload> workloads = new ArrayList<>();
    private final Map<String, DataClass> dataClasses = new LinkedHashMap<>();
    private final List<Survival> survivals = new ArrayList<>();
    private final Set<String> chips = new LinkedHashSet<>();
    private final Map<String, List<String>> makers = new LinkedHashMap<>();
    private final Map<String, Double> peaks = new LinkedHashMap<>();
    private final Map<String, String> families = new LinkedHashMap<>();
    private Budget budget = Budget.UNLIMITED;
    private Budget capital = Budget.UNLIMITED;
    private Budget operating = Budget.UNLIMITED;
    private @Nullable Carbon carbonPerPeriod;
    private @Nullable Carbon carbonTotal;
    private @Nullable CarbonPrice carbonPrice;
    private ShareCaps shares = ShareCaps.NONE;
    private final List<Future> futures = new ArrayList<>();
    private final List<Programme> programmes = new ArrayList<>();
    private final List<Expansion> expansions = new ArrayList<>();
    private Network network = Network.NONE;
    private final List<Policy.PeriodLimit> periodLimits = new ArrayList<>();
    private double tail = 1;
    private double tailWeight;
    private double priceFactor = 1;

    public ScenarioBuilder horizon(int periodCount, int monthsPerPeriod, double rate) {
        periods = periodCount;
        months = monthsPerPeriod;
        discountRate = rate;
        return this;
    }

    /** Multiplies every price (rent, purchase, tariff, space, carbon) stated after this call. */
    public ScenarioBuilder pricesTimes(double factor) {
        priceFactor = factor;
        return this;
    }

    public ScenarioBuilder supplier(String id, boolean own) {
        suppliers.put(id, own);
        offers.put(id, new ArrayList<>());
        quotas.put(id, new ArrayList<>());
        return this;
    }

    public ScenarioBuilder discount(String supplier, double discount) {
        discounts.put(supplier, discount);
        return this;
    }

    /** A site of a supplier; null for what is unknown. */
    public ScenarioBuilder site(
            String id,
            String supplier,
            String country,
            double roundTripMillis,
            @Nullable Double tariff,
            @Nullable Double gramsPerKwh,
            @Nullable Double powerWatts) {
        boolean own = Boolean.TRUE.equals(suppliers.get(supplier));
        sites.put(
                id,
                new Site(
                        id,
                        own ? Site.Kind.DATA_CENTRE : Site.Kind.CLOUD_REGION,
                        supplier,
                        null,
                        country,
                        powerWatts == null ? null : new Power(powerWatts),
                        1.25,
                        tariff == null ? null : new EnergyPrice(tariff * priceFactor),
                        gramsPerKwh == null ? null : new CarbonIntensity(gramsPerKwh),
                        null,
                        null,
                        new TimeSpan(roundTripMillis / 1000),
                        own ? new HourlyPrice(0.05 * priceFactor) : null));
        return this;
    }

    public ScenarioBuilder rent(String supplier, String site, String chip, Contract contract, double price, int block) {
        return offer(supplier, site, chip, contract, price, block);
    }

    public ScenarioBuilder offer(
            String supplier, String site, String chip, Contract contract, double price, int block) {
        boolean bought = contract instanceof Contract.Purchase;
        Figure figure = Figure.of(price * priceFactor, "test", "2026");
        Offer offer = new Offer(
                supplier + "/" + site + "/" + chip + "/" + contract.id(),
                supplier,
                null,
                chip,
                null,
                block,
                contract,
                bought ? null : figure,
                bought ? figure : null,
                null);
        offersOf(supplier).add(new SiteOffer(site, offer, block));
        chips.add(chip);
        return this;
    }

    private List<SiteOffer> offersOf(String supplier) {
        return offers.computeIfAbsent(supplier, s -> new ArrayList<>());
    }

    public ScenarioBuilder quota(String supplier, @Nullable String chip, @Nullable String site, int most, int from) {
        quotas.computeIfAbsent(supplier, s -> new ArrayList<>()).add(new Quota(chip, site, most, from));
        return this;
    }

    public ScenarioBuilder owned(String site, String chip, int count, int from, @Nullable Integer until) {
        fleet.add(new OwnedFleet(site, chip, count, from, until, null));
        chips.add(chip);
        return this;
    }

    public ScenarioBuilder serving(String id, double rate, double peakToMean, double growth) {
        return serving(id, rate, peakToMean, growth, null, LatencyClass.ANYWHERE, List.of());
    }

    public ScenarioBuilder serving(
            String id,
            double rate,
            double peakToMean,
            double growth,
            @Nullable String dataClass,
            LatencyClass latency,
            List<String> onChips) {
        workloads.add(new Workload.Serving(
                id,
                "model",
                Precision.BF16,
                Precision.BF16,
                Engine.VLLM,
                new Traffic(
                        new RequestRate(rate),
                        peakToMean,
                        growth,
                        1,
                        new TokenLengths(1000, 1, 8000),
                        new TokenLengths(200, 1, 2000),
                        0,
                        null),
                new ServiceLevelObjective(new TimeSpan(1), new TimeSpan(0.05), 0.95),
                dataClass,
                latency,
                1,
                onChips));
        return this;
    }

    public ScenarioBuilder training(String id, double tokens, int start, int deadline, int minimumChips) {
        workloads.add(new Workload.Training(
                id, "model", Precision.BF16, tokens, start, deadline, minimumChips, 8192, null, null, List.of()));
        return this;
    }

    public ScenarioBuilder batch(String id, double outputTokens, double growth) {
        workloads.add(new Workload.Batch(
                id,
                "model",
                Precision.BF16,
                Precision.BF16,
                Engine.VLLM,
                outputTokens * 4,
                outputTokens,
                1000,
                250,
                growth,
                null,
                List.of()));
        return this;
    }

    public ScenarioBuilder dataClass(String name, @Nullable Set<String> processors, @Nullable Set<String> countries) {
        dataClasses.put(name, new DataClass(name, processors, countries));
        return this;
    }

    public ScenarioBuilder survive(LossOf loss, double service) {
        survivals.add(new Survival(loss, service));
        return this;
    }

    /** What a team must know to run a chip; cuda unless said. */
    public ScenarioBuilder family(String chip, String family) {
        families.put(chip, family);
        return this;
    }

    /** Who makes every part of a chip, and its peak in PFLOP/s; f1 and 1 unless said. */
    public ScenarioBuilder made(String chip, List<String> by, double petaflops) {
        makers.put(chip, by);
        peaks.put(chip, petaflops);
        return this;
    }

    public ScenarioBuilder computeCap(double cap) {
        shares = shares.withSupplierCompute(cap);
        return this;
    }

    public ScenarioBuilder partCap(ShareCaps.PartCap cap) {
        List<ShareCaps.PartCap> all = new ArrayList<>(shares.parts());
        all.add(cap);
        shares = shares.withParts(all);
        return this;
    }

    /** A chip that nobody offers. */
    public ScenarioBuilder knows(String id) {
        chips.add(id);
        return this;
    }

    public ScenarioBuilder programme(Programme programme) {
        programmes.add(programme.priced(priceFactor));
        chips.add(programme.chip());
        return this;
    }

    public ScenarioBuilder expansion(Expansion expansion) {
        expansions.add(expansion.priced(priceFactor));
        return this;
    }

    public ScenarioBuilder network(Network connected) {
        network = connected.priced(priceFactor);
        return this;
    }

    public ScenarioBuilder surviveTwo(LossOf loss, double service) {
        survivals.add(new Survival(loss, service, 2));
        return this;
    }

    public ScenarioBuilder periodLimit(Policy.PeriodLimit limit) {
        periodLimits.add(limit);
        return this;
    }

    public ScenarioBuilder future(Future future) {
        futures.add(future);
        return this;
    }

    public ScenarioBuilder risk(double share, double weight) {
        tail = share;
        tailWeight = weight;
        return this;
    }

    public ScenarioBuilder budget(@Nullable Double perPeriod, @Nullable Double total) {
        budget = budgetOf(perPeriod, total);
        return this;
    }

    public ScenarioBuilder capital(@Nullable Double perPeriod, @Nullable Double total) {
        capital = budgetOf(perPeriod, total);
        return this;
    }

    public ScenarioBuilder operating(@Nullable Double perPeriod, @Nullable Double total) {
        operating = budgetOf(perPeriod, total);
        return this;
    }

    private static Budget budgetOf(@Nullable Double perPeriod, @Nullable Double total) {
        return new Budget(perPeriod == null ? null : new Money(perPeriod), total == null ? null : new Money(total));
    }

    public ScenarioBuilder carbon(@Nullable Double kgPerPeriod, @Nullable Double kgTotal, @Nullable Double price) {
        carbonPerPeriod = kgPerPeriod == null ? null : new Carbon(kgPerPeriod * 1000);
        carbonTotal = kgTotal == null ? null : new Carbon(kgTotal * 1000);
        carbonPrice = price == null ? null : new CarbonPrice(price * priceFactor);
        return this;
    }

    public ScenarioBuilder shareCap(double cap) {
        shares = shares.withSupplierSpending(cap);
        return this;
    }

    public Scenario build() {
        List<Supplier> sellers = new ArrayList<>();
        suppliers.forEach((id, own) -> sellers.add(new Supplier(
                id,
                id,
                own,
                new Fraction(discounts.getOrDefault(id, 0.0)),
                offers.getOrDefault(id, List.of()),
                quotas.getOrDefault(id, List.of()))));
        Map<String, Chip> known = new LinkedHashMap<>();
        for (String chip : chips) {
            known.put(chip, chip(chip, families.getOrDefault(chip, "cuda")));
        }
        return new Scenario(
                "test",
                null,
                new Horizon(YearMonth.of(2027, 1), months, periods, new Fraction(discountRate)),
                new ArrayList<>(sites.values()),
                sellers,
                fleet,
                workloads,
                new Policy(
                        budget,
                        capital,
                        operating,
                        new CarbonRules(carbonPerPeriod, carbonTotal, carbonPrice, CarbonBasis.AVERAGE_DIRECT),
                        dataClasses,
                        shares,
                        survivals,
                        periodLimits),
                futures.isEmpty() ? Futures.NONE : new Futures(futures, tail, tailWeight),
                new Projects(programmes, expansions),
                network,
                Resale.NONE,
                new Catalogue(known, Map.of(), Map.of(), Map.of(), Map.of()));
    }

    private Chip chip(String id, String family) {
        List<String> named = makers.getOrDefault(id, List.of("f1"));
        Map<ChipPart, Making> parts = new LinkedHashMap<>();
        for (ChipPart part : ChipPart.values()) {
            parts.put(part, new Making(named, "test", "2026"));
        }
        double peak = peaks.getOrDefault(id, 1.0) * 1e15;
        return new Chip(
                id,
                id,
                List.of(),
                "vendor",
                family,
                2024,
                Map.of(Precision.BF16, Figure.of(peak, "test", "2026")),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                8,
                null,
                null,
                null,
                parts,
                null);
    }

    /** The same scenario with every list in another order. */
    public static Scenario shuffled(Scenario scenario, Random random) {
        List<Supplier> suppliers = new ArrayList<>();
        for (Supplier supplier : mixed(scenario.suppliers(), random)) {
            suppliers.add(new Supplier(
                    supplier.id(),
                    supplier.name(),
                    supplier.own(),
                    supplier.discount(),
                    mixed(supplier.offers(), random),
                    mixed(supplier.quotas(), random)));
        }
        Policy policy = scenario.policy();
        return new Scenario(
                scenario.name(),
                scenario.description(),
                scenario.horizon(),
                mixed(scenario.sites(), random),
                suppliers,
                mixed(scenario.fleet(), random),
                mixed(scenario.workloads(), random),
                policy.withSurvivals(mixed(policy.survivals(), random))
                        .withPeriodLimits(mixed(policy.periodLimits(), random)),
                new Futures(
                        mixed(scenario.futures().each(), random),
                        scenario.futures().tail(),
                        scenario.futures().tailWeight()),
                new Projects(
                        mixed(scenario.projects().programmes(), random),
                        mixed(scenario.projects().expansions(), random),
                        mixed(scenario.projects().skills(), random)),
                scenario.network().withLinks(mixed(scenario.network().links(), random)),
                scenario.resale(),
                scenario.catalogue());
    }

    private static @Nullable Skills mixed(@Nullable Skills skills, Random random) {
        return skills == null ? null : new Skills(skills.today(), mixed(skills.learnings(), random));
    }

    private static <T> List<T> mixed(List<T> list, Random random) {
        List<T> copy = new ArrayList<>(list);
        Collections.shuffle(copy, random);
        return copy;
    }
}
