package io.ampacity.benchmarks;

import io.ampacity.facts.Catalogue;
import io.ampacity.facts.Chip;
import io.ampacity.facts.Contract;
import io.ampacity.facts.Engine;
import io.ampacity.facts.Figure;
import io.ampacity.facts.Offer;
import io.ampacity.facts.Precision;
import io.ampacity.scenario.Horizon;
import io.ampacity.scenario.Policy;
import io.ampacity.scenario.Policy.LossOf;
import io.ampacity.scenario.Policy.Survival;
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
import io.ampacity.units.Fraction;
import io.ampacity.units.RequestRate;
import io.ampacity.units.TimeSpan;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Makes scenarios of any size: clouds of two sites each, one of them near, two chips a site, on demand and reserved for a year; half of the
 * workloads must stay near; one supplier may fail.
 */
final class MadeScenario {

    private static final int SITES_A_CLOUD = 2;
    private static final List<String> CHIPS = List.of("alpha", "beta", "gamma", "delta");

    private MadeScenario() {}

    /** A scenario with {@code offers} rounded up to whole clouds. */
    static Scenario of(int workloads, int offers, int periods, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Site> sites = new ArrayList<>();
        List<Supplier> suppliers = new ArrayList<>();
        int made = 0;
        for (int cloud = 0; made < offers; cloud++) {
            String supplier = "cloud" + cloud;
            List<SiteOffer> sold = new ArrayList<>();
            List<Quota> quotas = new ArrayList<>();
            for (int place = 0; place < SITES_A_CLOUD; place++) {
                String site = supplier + "-" + place;
                sites.add(site(site, supplier, place == 0 ? 0.02 : 0.12, random));
                for (int which = 0; which < 2; which++) {
                    String chip = CHIPS.get((cloud + place + which) % CHIPS.size());
                    double price = (2 + 3 * random.nextDouble()) * speed(chip);
                    sold.add(offer(supplier, site, chip, new Contract.OnDemand(), price));
                    sold.add(offer(supplier, site, chip, new Contract.Reserved(12, 0), price * 0.65));
                    quotas.add(new Quota(
                            chip, site, 8 * (5 + random.nextInt(10)) * Math.max(1, 8 * workloads / offers + 1), 0));
                    made += 2;
                }
            }
            suppliers.add(new Supplier(supplier, supplier, false, new Fraction(0), sold, quotas));
        }
        List<Workload> served = new ArrayList<>();
        for (int workload = 0; workload < workloads; workload++) {
            served.add(workload(workload, random));
        }
        return new Scenario(
                "made",
                null,
                new Horizon(YearMonth.of(2027, 1), 3, periods, new Fraction(0.08)),
                sites,
                suppliers,
                List.of(),
                served,
                Policy.NONE.withSurvivals(List.of(new Survival(LossOf.SUPPLIER, 0.7))),
                new Catalogue(chips(), Map.of(), Map.of(), Map.of(), Map.of()));
    }

    /** How much more than the slowest chip this one serves. */
    static double speed(String chip) {
        return 1 + 0.4 * CHIPS.indexOf(chip);
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

    private static Workload workload(int number, SplittableRandom random) {
        return new Workload.Serving(
                "workload" + number,
                "model",
                Precision.BF16,
                Precision.BF16,
                Engine.VLLM,
                new Traffic(
                        new RequestRate(20 + 200 * random.nextDouble()),
                        1.5 + random.nextDouble(),
                        0.3,
                        1,
                        new TokenLengths(1000, 1, 8000),
                        new TokenLengths(200, 1, 2000),
                        0,
                        null),
                new ServiceLevelObjective(new TimeSpan(1), new TimeSpan(0.05), 0.95),
                null,
                number % 2 == 0 ? LatencyClass.REGIONAL : LatencyClass.ANYWHERE,
                1,
                List.of());
    }

    private static Map<String, Chip> chips() {
        Map<String, Chip> chips = new LinkedHashMap<>();
        for (String id : CHIPS) {
            chips.put(
                    id,
                    new Chip(
                            id, id, List.of(), "vendor", "cuda", 2024, Map.of(), null, null, null, null, null, null,
                            null, 8, null, null, null, null));
        }
        return chips;
    }
}
