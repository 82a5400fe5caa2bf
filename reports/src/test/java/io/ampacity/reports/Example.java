package io.ampacity.reports;

import io.ampacity.facts.Catalogue;
import io.ampacity.facts.Chip;
import io.ampacity.facts.Contract;
import io.ampacity.facts.Deployment;
import io.ampacity.facts.Engine;
import io.ampacity.facts.Figure;
import io.ampacity.facts.Offer;
import io.ampacity.facts.Precision;
import io.ampacity.facts.Region;
import io.ampacity.physics.Provenance;
import io.ampacity.scenario.Budget;
import io.ampacity.scenario.CarbonRules;
import io.ampacity.scenario.Horizon;
import io.ampacity.scenario.OwnedFleet;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.Policy;
import io.ampacity.scenario.Scenario;
import io.ampacity.scenario.ServiceLevelObjective;
import io.ampacity.scenario.ShareCaps;
import io.ampacity.scenario.Site;
import io.ampacity.scenario.Supplier;
import io.ampacity.scenario.Traffic;
import io.ampacity.scenario.Workload;
import io.ampacity.units.Carbon;
import io.ampacity.units.CarbonIntensity;
import io.ampacity.units.CarbonPrice;
import io.ampacity.units.EnergyPrice;
import io.ampacity.units.Fraction;
import io.ampacity.units.Money;
import io.ampacity.units.Power;
import io.ampacity.units.RequestRate;
import io.ampacity.units.TimeSpan;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A made-up enterprise: three clouds, an own data centre, an edge site, three services and a training run. */
public final class Example {

    private static final int PERIODS = 4;

    private Example() {}

    public static Scenario scenario() {
        return scenario(
                "Northwind", "Three clouds, a data centre in Paris and an edge site in Lyon, for the year 2027");
    }

    public static Scenario scenario(String name, @Nullable String description) {
        Horizon horizon = new Horizon(YearMonth.of(2027, 1), 3, PERIODS, new Fraction(0.08));
        List<Site> sites = List.of(
                site("paris", Site.Kind.DATA_CENTRE, "own", null, "FR", 1.25, 0.094, 22, 0.012),
                site("lyon-edge", Site.Kind.EDGE, "own", null, "FR", 1.5, 0.12, 22, 0.004),
                site("aws-frankfurt", Site.Kind.CLOUD_REGION, "aws", "aws:eu-central-1", "DE", 1.19, null, 332, 0.021),
                site("gcp-eemshaven", Site.Kind.CLOUD_REGION, "gcp", "gcp:europe-west4", "NL", 1.1, null, 209, 0.024),
                site(
                        "azure-gavle",
                        Site.Kind.CLOUD_REGION,
                        "azure",
                        "azure:swedencentral",
                        "SE",
                        1.16,
                        null,
                        null,
                        0.034));
        List<Supplier> suppliers = List.of(
                new Supplier("own", "Northwind", true, new Fraction(0), List.of(), List.of()),
                new Supplier(
                        "aws",
                        "Amazon Web Services",
                        false,
                        new Fraction(0.1),
                        List.of(offer("aws-frankfurt", "aws", "h100-sxm", new Contract.Reserved(12, 0), 2.39)),
                        List.of(new Supplier.Quota("h100-sxm", null, 64, 0))),
                new Supplier(
                        "gcp",
                        "Google Cloud",
                        false,
                        new Fraction(0),
                        List.of(offer("gcp-eemshaven", "gcp", "tpu-v5e", new Contract.OnDemand(), 1.2)),
                        List.of()),
                new Supplier(
                        "azure",
                        "Microsoft Azure",
                        false,
                        new Fraction(0),
                        List.of(offer("azure-gavle", "azure", "h100-sxm", new Contract.OnDemand(), 6.98)),
                        List.of()));
        List<Workload> workloads = List.of(
                serving(
                        "chat",
                        "llama-3.1-70b",
                        40,
                        2,
                        0.6,
                        1.0,
                        0.08,
                        0.95,
                        "customer",
                        Workload.LatencyClass.REGIONAL),
                serving(
                        "code",
                        "qwen2.5-coder-32b",
                        6,
                        3,
                        0.4,
                        0.8,
                        0.05,
                        0.95,
                        "confidential",
                        Workload.LatencyClass.REGIONAL),
                serving("voice", "llama-3.1-8b", 5, 2, 0, 0.3, 0.03, 0.98, null, Workload.LatencyClass.EDGE),
                new Workload.Training(
                        "support-model",
                        "llama-3.1-8b",
                        Precision.BF16,
                        2e11,
                        0,
                        2,
                        16,
                        8192,
                        null,
                        "confidential",
                        List.of()));
        Map<String, Policy.DataClass> classes = new LinkedHashMap<>();
        classes.put("customer", new Policy.DataClass("customer", null, Set.of("FR", "DE", "NL", "SE")));
        classes.put("confidential", new Policy.DataClass("confidential", Set.of("azure"), Set.of("FR", "SE")));
        Policy policy = new Policy(
                new Budget(new Money(700_000), new Money(2_400_000)),
                Budget.UNLIMITED,
                Budget.UNLIMITED,
                new CarbonRules(null, new Carbon(500e6), new CarbonPrice(100), Policy.CarbonBasis.AVERAGE_DIRECT),
                classes,
                ShareCaps.NONE.withSupplierSpending(0.5),
                List.of(new Policy.Survival(Policy.LossOf.SUPPLIER, 0.8)),
                List.of());
        return new Scenario(
                name,
                description,
                horizon,
                sites,
                suppliers,
                List.of(
                        new OwnedFleet("paris", "h100-sxm", 64, 0, null, null),
                        new OwnedFleet("lyon-edge", "l40s", 8, 0, null, null)),
                workloads,
                policy,
                catalogue());
    }

    public static Plan plan() {
        List<Plan.Capacity> capacity = new ArrayList<>();
        hold(capacity, "paris", "own", "h100-sxm", "owned", 0.21, 64, 64, 64, 64);
        hold(capacity, "paris", "own", "mi300x", "purchase", 0.94, 0, 0, 16, 16);
        hold(capacity, "lyon-edge", "own", "l40s", "owned", 0.25, 8, 8, 8, 8);
        hold(capacity, "aws-frankfurt", "aws", "h100-sxm", "reserved-12m", 2.151, 56, 56, 56, 56);
        hold(capacity, "gcp-eemshaven", "gcp", "tpu-v5e", "on-demand", 1.2, 48, 56, 64, 72);
        hold(capacity, "azure-gavle", "azure", "h100-sxm", "on-demand", 6.98, 4, 4, 6, 8);
        List<Plan.Placement> placement = new ArrayList<>();
        place(
                placement,
                "chat",
                "paris",
                "own",
                "h100-sxm",
                4,
                new double[] {40, 45.2, 50.6, 56.9},
                0.24,
                24,
                24,
                32,
                36);
        place(
                placement,
                "chat",
                "aws-frankfurt",
                "aws",
                "h100-sxm",
                4,
                new double[] {40, 45.2, 50.6, 56.9},
                0.4,
                58,
                58,
                58,
                58);
        place(
                placement,
                "chat",
                "gcp-eemshaven",
                "gcp",
                "tpu-v5e",
                8,
                new double[] {40, 45.2, 50.6, 56.9},
                0.36,
                44,
                50,
                56,
                64);
        place(
                placement,
                "code",
                "paris",
                "own",
                "h100-sxm",
                2,
                new double[] {6, 6.53, 7.1, 7.72},
                0.78,
                20,
                20,
                20,
                22);
        place(
                placement,
                "code",
                "azure-gavle",
                "azure",
                "h100-sxm",
                2,
                new double[] {6, 6.53, 7.1, 7.72},
                0.22,
                5,
                5,
                8,
                10);
        place(placement, "voice", "lyon-edge", "own", "l40s", 1, new double[] {5, 5, 5, 5}, 1, 12, 12, 12, 12);
        placement.add(
                new Plan.Placement(0, "support-model", "paris", "own", "h100-sxm", null, 1, 16, 0, 0, 0, 0, 1.2e11));
        placement.add(
                new Plan.Placement(1, "support-model", "paris", "own", "h100-sxm", null, 1, 16, 0, 0, 0, 0, 0.8e11));
        List<Plan.PeriodTotals> totals = new ArrayList<>();
        double[] energyKwh = {392_100.5, 401_230.25, 432_900.125, 471_044.75};
        double[] carbonKg = {61_204.5, 63_020.25, 66_412.75, 71_901.5};
        double discounted = 0;
        for (int period = 0; period < PERIODS; period++) {
            int now = period;
            double held = capacity.stream()
                    .filter(one -> one.period() == now)
                    .mapToDouble(Plan.Capacity::costUsd)
                    .sum();
            double energy = energyKwh[period] * 0.31 * 0.094;
            double carbon = carbonKg[period] / 1000 * 100;
            totals.add(new Plan.PeriodTotals(
                    period,
                    held + energy + carbon,
                    held,
                    energy,
                    carbon,
                    energyKwh[period],
                    carbonKg[period],
                    energyKwh[period] * 0.4));
            discounted += (held + energy + carbon) * scenario().horizon().discountFactor(period);
        }
        return new Plan(
                1,
                "Northwind",
                "9f2c1d0a7be4455e8c3310d2b6a7f90812345678deadbeefcafef00d01234567",
                Plan.Status.OPTIMAL,
                discounted,
                discounted * (1 - 0.0042),
                0.0042,
                List.of("2027-Q1", "2027-Q2", "2027-Q3", "2027-Q4"),
                capacity,
                placement,
                totals,
                List.of(
                        new Plan.BindingLimit(
                                "sites.paris.power",
                                3,
                                412_000,
                                "MW",
                                "The data centre is full; more own chips would replace on-demand chips at Azure."),
                        new Plan.BindingLimit(
                                "policy.survive.supplier",
                                3,
                                1_830.4,
                                "percentage point",
                                "Google Cloud must be able to stand in for Amazon Web Services."),
                        new Plan.BindingLimit(
                                "policy.data-classes.confidential",
                                null,
                                96.2,
                                "chip",
                                "Code may run only in Paris and at Azure.")),
                List.of(),
                List.of(
                        "The carbon intensity of azure-gavle is unknown, so its carbon is not counted.",
                        "No spare parts are counted for the edge site."));
    }

    public static Plan infeasible() {
        Plan plan = plan();
        return new Plan(
                1,
                plan.scenarioName(),
                plan.scenarioHash(),
                Plan.Status.INFEASIBLE,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                plan.periods(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(
                        new Plan.Relaxation(
                                "policy.budget-per-period",
                                3,
                                131_250,
                                "USD",
                                "The last quarter needs more chips than it pays for."),
                        new Plan.Relaxation("suppliers.aws.quota", null, 8, "chips", "One more server in Frankfurt.")),
                List.of());
    }

    public static ProofView proof() {
        double duringChat = 0.871;
        List<ProofView.Bucket> buckets = new ArrayList<>();
        long arrivedInAll = 0;
        for (int i = 0; i < 60; i++) {
            boolean lost = i >= 20 && i < 40;
            long arrived = Math.round(180 * (52 + 26 * Math.sin((i - 6) / 60.0 * 2 * Math.PI) + (i * 7919 % 13) - 6));
            arrivedInAll += arrived;
            Map<String, Long> served = new LinkedHashMap<>();
            served.put("own", Math.round(arrived * (lost ? 0.44 : 0.33)));
            if (!lost) {
                served.put("aws", Math.round(arrived * 0.34));
            }
            served.put("gcp", Math.round(arrived * (lost ? 0.53 : 0.3)));
            served.put("azure", Math.round(arrived * 0.03));
            double dip = i == 20 ? 0.58 : i == 21 ? 0.79 : lost ? 0.86 + 0.01 * (i % 5) : 0.985 + 0.002 * (i % 4);
            buckets.add(new ProofView.Bucket(i * 180, (i + 1) * 180, arrived, dip, served));
        }
        ProofView.Requests all = new ProofView.Requests(arrivedInAll, arrivedInAll - 212 - 96, 212, 96, 1_873);
        ProofView.Percentiles first = new ProofView.Percentiles(0.352, 0.281, 0.612, 0.803, 1.94, 11.2);
        ProofView.Percentiles each = new ProofView.Percentiles(0.0312, 0.0298, 0.0413, 0.0467, 0.0702, 0.212);
        return new ProofView(
                "a synthetic trace of 2027-Q4, three hours around the peak",
                3,
                42,
                10_800,
                all,
                first,
                each,
                new ProofView.Percentiles(0.0309, 0.0291, 0.0442, 0.0511, 0.0893, 1.31),
                new ProofView.Percentiles(9.12, 7.4, 18.9, 24.1, 39.5, 88.1),
                0.9512,
                List.of(
                        workload("chat", arrivedInAll - 130_000, 0.9478, first, each),
                        workload("code", 100_000, 0.9617, first, each),
                        workload(
                                "voice",
                                30_000,
                                0.9961,
                                new ProofView.Percentiles(0.09, 0.081, 0.14, 0.17, 0.26, 0.9),
                                each)),
                List.of(
                        new ProofView.SupplierProof("own", 230_412, 0.367, 2.1e9, 1.3e7, 18_200.0),
                        new ProofView.SupplierProof("aws", 142_310, 0.227, 1.9e9, 1.8e8, 24_120.5),
                        new ProofView.SupplierProof("gcp", 236_118, 0.376, 1.2e9, 7.2e7, 9_310.25),
                        new ProofView.SupplierProof("azure", 18_841, 0.03, 4.1e8, null, 6_031.0)),
                List.of(new ProofView.Loss(
                        ProofView.LossOf.SUPPLIER,
                        "aws",
                        3600,
                        7200,
                        phase(0.9869, 0.9856, 0.9921, 0.9988),
                        phase(0.8802, duringChat, 0.9104, 0.9911),
                        phase(0.9871, 0.9861, 0.9907, 0.9985),
                        96,
                        1_873L)),
                buckets,
                5.61e9,
                null,
                57_661.75);
    }

    /** The same replay with chat starving during the loss. */
    public static ProofView brokenProof() {
        ProofView proof = proof();
        ProofView.Loss loss = proof.losses().getFirst();
        return new ProofView(
                proof.trace(),
                proof.period(),
                proof.seed(),
                proof.simulatedSeconds(),
                proof.requests(),
                proof.timeToFirstTokenSeconds(),
                proof.timePerOutputTokenSeconds(),
                proof.interTokenLatencySeconds(),
                proof.endToEndSeconds(),
                0.83,
                proof.byWorkload(),
                proof.bySupplier(),
                List.of(new ProofView.Loss(
                        loss.of(),
                        loss.id(),
                        loss.startSeconds(),
                        loss.endSeconds(),
                        loss.before(),
                        phase(0.62, 0.51, 0.9104, 0.9911),
                        loss.after(),
                        loss.lost(),
                        loss.retried())),
                proof.buckets(),
                proof.energyJoules(),
                proof.carbonGrams(),
                proof.costUsd());
    }

    public static Annex annex() {
        return new Annex(
                "0.1.0",
                List.of(
                        new Annex.Alternative(
                                "all in one cloud", 2_310_000, "Cheaper to run, but no supplier may be lost."),
                        new Annex.Alternative(
                                "no purchase in Paris", 2_402_118.5, "On-demand chips at Azure cost more.")),
                List.of(
                        new Annex.Estimate("llama-3.1-70b", "h100-sxm", "tp4-fp8", Provenance.CALIBRATED),
                        new Annex.Estimate("llama-3.1-70b", "tpu-v5e", "tp8-fp8", Provenance.UNCALIBRATED),
                        new Annex.Estimate("llama-3.1-8b", "l40s", "tp1-fp8", Provenance.KIN)));
    }

    private static Site site(
            String id,
            Site.Kind kind,
            String supplier,
            @Nullable String region,
            String jurisdiction,
            double pue,
            @Nullable Double tariff,
            @Nullable Integer intensity,
            double roundTrip) {
        return new Site(
                id,
                kind,
                supplier,
                region,
                jurisdiction,
                region == null ? new Power(120_000) : null,
                pue,
                tariff == null ? null : new EnergyPrice(tariff),
                intensity == null ? null : new CarbonIntensity(intensity),
                null,
                null,
                new TimeSpan(roundTrip),
                null);
    }

    private static Supplier.SiteOffer offer(
            String site, String supplier, String chip, Contract contract, double price) {
        Figure figure =
                Figure.of(price, "price list of " + supplier + ", https://prices.example/" + supplier, "2026-09-14");
        return new Supplier.SiteOffer(
                site, new Offer(supplier + "/" + chip, supplier, null, chip, null, 8, contract, figure, null, null), 8);
    }

    private static Workload.Serving serving(
            String id,
            String model,
            double rate,
            double peak,
            double growth,
            double first,
            double each,
            double attainment,
            @Nullable String dataClass,
            Workload.LatencyClass latency) {
        return new Workload.Serving(
                id,
                model,
                Precision.FP8,
                Precision.BF16,
                Engine.VLLM,
                new Traffic(
                        new RequestRate(rate),
                        peak,
                        growth,
                        1.6,
                        new Traffic.TokenLengths(1200, 1.1, 16_000),
                        new Traffic.TokenLengths(240, 0.9, 4_000),
                        0.1,
                        null),
                new ServiceLevelObjective(new TimeSpan(first), new TimeSpan(each), attainment),
                dataClass,
                latency,
                1,
                List.of());
    }

    private static Catalogue catalogue() {
        Map<String, Chip> chips = new LinkedHashMap<>();
        chips.put("h100-sxm", chip("h100-sxm", "NVIDIA H100 SXM", 989e12, 80e9, 3.35e12, 700));
        chips.put("mi300x", chip("mi300x", "AMD Instinct MI300X", 1307e12, 192e9, 5.3e12, 750));
        chips.put("tpu-v5e", chip("tpu-v5e", "Google TPU v5e", 197e12, 16e9, 0.82e12, 220));
        chips.put("l40s", chip("l40s", "NVIDIA L40S", 362e12, 48e9, 0.864e12, 350));
        Map<String, Region> regions = new LinkedHashMap<>();
        regions.put("aws:eu-central-1", region("aws:eu-central-1", "DE", 332, 1.19));
        regions.put("gcp:europe-west4", region("gcp:europe-west4", "NL", 209, 1.1));
        return new Catalogue(chips, Map.of(), regions, Map.of(), Map.of());
    }

    private static Chip chip(String id, String name, double flops, double memory, double bandwidth, double watts) {
        String source = "data sheet of " + name;
        return new Chip(
                id,
                name,
                List.of(),
                "",
                "",
                2023,
                Map.of(Precision.BF16, Figure.of(flops, source, "2024-03")),
                Figure.of(memory, source, "2024-03"),
                Figure.of(bandwidth, source, "2024-03"),
                Figure.of(watts, source, "2024-03"),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private static Region region(String id, String country, double grams, double pue) {
        return new Region(
                id,
                "",
                id,
                country,
                null,
                Figure.of(grams, "yearly mean of the grid operator", "2025"),
                null,
                null,
                Figure.of(pue, "sustainability report", "2025"),
                null,
                null,
                null,
                null);
    }

    private static void hold(
            List<Plan.Capacity> capacity,
            String site,
            String supplier,
            String chip,
            String contract,
            double usdPerHour,
            int... counts) {
        double hours = 8766.0 / 4;
        int before = 0;
        for (int period = 0; period < counts.length; period++) {
            if (counts[period] > 0) {
                capacity.add(new Plan.Capacity(
                        period,
                        site,
                        supplier,
                        chip,
                        contract,
                        counts[period],
                        Math.max(0, counts[period] - before),
                        counts[period] * usdPerHour * hours));
            }
            before = counts[period];
        }
    }

    private static void place(
            List<Plan.Placement> placement,
            String workload,
            String site,
            String supplier,
            String chip,
            int parallel,
            double[] rates,
            double share,
            double... carries) {
        for (int period = 0; period < rates.length; period++) {
            int replicas = (int) Math.ceil(carries[period] / 4);
            placement.add(new Plan.Placement(
                    period,
                    workload,
                    site,
                    supplier,
                    chip,
                    new Deployment(parallel, 1, 1, 1, Precision.FP8, Precision.BF16, Engine.VLLM),
                    replicas,
                    replicas * parallel,
                    rates[period] * share,
                    rates[period] * share * 2,
                    carries[period],
                    share,
                    0));
        }
    }

    private static ProofView.WorkloadProof workload(
            String id, long arrived, double attainment, ProofView.Percentiles first, ProofView.Percentiles each) {
        return new ProofView.WorkloadProof(
                id, new ProofView.Requests(arrived, arrived, 0, 0, 0), attainment, first, each);
    }

    private static ProofView.Phase phase(double all, double chat, double code, double voice) {
        Map<String, Double> byWorkload = new LinkedHashMap<>();
        byWorkload.put("chat", chat);
        byWorkload.put("code", code);
        byWorkload.put("voice", voice);
        return new ProofView.Phase(all, byWorkload);
    }
}
