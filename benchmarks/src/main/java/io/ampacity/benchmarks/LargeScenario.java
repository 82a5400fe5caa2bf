package io.ampacity.benchmarks;

import io.ampacity.facts.Catalogue;
import io.ampacity.facts.Chip;
import io.ampacity.facts.Contract;
import io.ampacity.facts.Engine;
import io.ampacity.facts.Figure;
import io.ampacity.facts.Offer;
import io.ampacity.facts.Precision;
import io.ampacity.scenario.CarbonRules;
import io.ampacity.scenario.Future;
import io.ampacity.scenario.Futures;
import io.ampacity.scenario.Horizon;
import io.ampacity.scenario.Policy;
import io.ampacity.scenario.Policy.LossOf;
import io.ampacity.scenario.Policy.Survival;
import io.ampacity.scenario.Projects;
import io.ampacity.scenario.Scenario;
import io.ampacity.scenario.ServiceLevelObjective;
import io.ampacity.scenario.Site;
import io.ampacity.scenario.Supplier;
import io.ampacity.scenario.Supplier.Quota;
import io.ampacity.scenario.Supplier.SiteOffer;
import io.ampacity.scenario.Traffic;
import io.ampacity.scenario.Traffic.TokenLengths;
import io.ampacity.scenario.Workload;
import io.ampacity.scenario.Workload.LatencyClass;
import io.ampacity.units.CarbonIntensity;
import io.ampacity.units.CarbonPrice;
import io.ampacity.units.Fraction;
import io.ampacity.units.RequestRate;
import io.ampacity.units.TimeSpan;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The large reference: clouds with several regions and chips, each chip on demand and reserved for one year or three, quotas that
 * grow, workloads from small to very large, one supplier that may fail, and futures that differ in growth, in the demand
 * of each workload and in prices.
 *
 * <p>Chip speeds and list prices are of the order of what was offered in 2026; they are made, so that a size can be chosen
 * freely and only the planner is measured.
 */
final class LargeScenario {

    /** How large. */
    record Size(int suppliers, int offersEach, int periods, int workloads, int futures) {}

    private record Kind(String id, double speed, double usdPerHour) {}

    private static final List<Kind> CHIPS = List.of(
            new Kind("a100", 1.0, 1.6),
            new Kind("h100", 2.2, 2.9),
            new Kind("h200", 2.9, 3.6),
            new Kind("mi300x", 2.5, 2.7),
            new Kind("b200", 5.2, 5.6),
            new Kind("tpu-v6e", 1.7, 2.2),
            new Kind("trainium2", 1.5, 1.7),
            new Kind("l40s", 0.5, 0.9));

    private LargeScenario() {}

    static Scenario of(Size size, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Workload> workloads = new ArrayList<>();
        double chipsNeeded = 0;
        for (int w = 0; w < size.workloads(); w++) {
            Workload.Serving workload = workload(w, random);
            workloads.add(workload);
            chipsNeeded += workload.traffic().rate().requestsPerSecond()
                    * workload.traffic().peakToMean()
                    / LargeCoefficients.REQUESTS_A_SPEED;
        }
        List<Site> sites = new ArrayList<>();
        List<Supplier> suppliers = new ArrayList<>();
        int pools = Math.max(1, size.offersEach() / 2);
        for (int s = 0; s < size.suppliers(); s++) {
            String supplier = "cloud" + s;
            List<SiteOffer> sold = new ArrayList<>();
            List<Quota> quotas = new ArrayList<>();
            double margin = 0.85 + 0.3 * random.nextDouble();
            int regions = Math.max(1, pools / 4);
            for (int pool = 0; pool < pools; pool++) {
                int region = pool % regions;
                String site = supplier + "-" + region;
                if (pool < regions) {
                    sites.add(site(site, supplier, region % 2 == 0 ? 0.02 : 0.11, random));
                }
                Kind kind = CHIPS.get((s * 3 + pool / regions * 5 + region) % CHIPS.size());
                double price = kind.usdPerHour() * margin * (0.9 + 0.2 * random.nextDouble());
                int months = (s + pool) % 3 == 0 ? 36 : 12;
                double off = months == 36 ? 0.45 : 0.3;
                sold.add(offer(supplier, site, kind.id(), new Contract.OnDemand(), price));
                sold.add(offer(
                        supplier, site, kind.id(), new Contract.Reserved(months, s % 2 * 0.5), price * (1 - off)));
                double fair = chipsNeeded / kind.speed() / (size.suppliers() * pools);
                for (int year = 0; 4 * year < size.periods(); year++) {
                    int chips = (int) (fair * 4 * Math.pow(1.35, year) * (0.7 + random.nextDouble()));
                    quotas.add(new Quota(kind.id(), site, 8 * (chips / 8 + 1), 4 * year));
                }
            }
            suppliers.add(new Supplier(supplier, supplier, false, new Fraction(0), sold, quotas));
        }
        return new Scenario(
                "large",
                null,
                new Horizon(YearMonth.of(2027, 1), 3, size.periods(), new Fraction(0.08)),
                sites,
                suppliers,
                List.of(),
                workloads,
                Policy.NONE
                        .withCarbon(CarbonRules.NONE.priced(new CarbonPrice(90)))
                        .withSurvivals(List.of(new Survival(LossOf.SUPPLIER, 0.8))),
                futures(size, workloads, random),
                Projects.NONE,
                new Catalogue(chips(), Map.of(), Map.of(), Map.of(), Map.of()));
    }

    static double speed(String chip) {
        return CHIPS.stream()
                .filter(kind -> kind.id().equals(chip))
                .findFirst()
                .orElseThrow()
                .speed();
    }

    private static Workload.Serving workload(int number, SplittableRandom random) {
        return new Workload.Serving(
                "workload" + number,
                "model",
                Precision.BF16,
                Precision.BF16,
                Engine.VLLM,
                new Traffic(
                        new RequestRate(4_000 * Math.exp(1.1 * normal(random))),
                        1.4 + random.nextDouble(),
                        0.1 + 0.4 * random.nextDouble(),
                        1,
                        new TokenLengths(1000, 1, 8000),
                        new TokenLengths(200, 1, 2000),
                        0,
                        null),
                new ServiceLevelObjective(new TimeSpan(1), new TimeSpan(0.05), 0.95),
                null,
                number % 3 == 0 ? LatencyClass.REGIONAL : LatencyClass.ANYWHERE,
                1,
                List.of());
    }

    private static Futures futures(Size size, List<Workload> workloads, SplittableRandom random) {
        if (size.futures() <= 1) {
            return Futures.NONE;
        }
        List<Future> futures = new ArrayList<>();
        for (int f = 0; f < size.futures(); f++) {
            Map<String, Double> factors = new HashMap<>();
            for (Workload workload : workloads) {
                factors.put(workload.id(), Math.exp(0.15 * normal(random)));
            }
            futures.add(Future.asStated(String.format(Locale.ROOT, "f%02d", f), 1.0 / size.futures())
                    .withWorkloads(factors)
                    .withDemandGrowth(Math.max(-0.25, Math.min(0.25, 0.12 * normal(random))))
                    .withPrice(Math.exp(0.12 * normal(random))));
        }
        return Futures.of(futures);
    }

    /** A normal deviate of mean 0 and deviation 1, by the sum of twelve uniform ones. */
    private static double normal(SplittableRandom random) {
        double sum = -6;
        for (int i = 0; i < 12; i++) {
            sum += random.nextDouble();
        }
        return sum;
    }

    private static Site site(String id, String supplier, double roundTripSeconds, SplittableRandom random) {
        return new Site(
                id,
                Site.Kind.CLOUD_REGION,
                supplier,
                null,
                "DE",
                null,
                1.2,
                null,
                new CarbonIntensity(50 + random.nextInt(500)),
                null,
                null,
                new TimeSpan(roundTripSeconds),
                null);
    }

    private static SiteOffer offer(String supplier, String site, String chip, Contract contract, double price) {
        Offer offer = new Offer(
                supplier + "/" + site + "/" + chip + "/" + contract.id(),
                supplier,
                null,
                chip,
                null,
                8,
                contract,
                Figure.of(price, "made", "2026"),
                null,
                null);
        return new SiteOffer(site, offer, 8);
    }

    private static Map<String, Chip> chips() {
        Map<String, Chip> chips = new LinkedHashMap<>();
        for (Kind kind : CHIPS) {
            String id = kind.id();
            chips.put(
                    id,
                    new Chip(
                            id, id, List.of(), "vendor", "cuda", 2024, Map.of(), null, null, null, null, null, null,
                            null, 8, null, null, null, null));
        }
        return chips;
    }
}
