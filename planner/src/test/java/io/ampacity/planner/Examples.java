package io.ampacity.planner;

import io.ampacity.facts.Contract;
import io.ampacity.scenario.Policy.LossOf;
import io.ampacity.scenario.Workload.LatencyClass;
import java.util.List;
import java.util.Set;

/** Scenarios of the size people really plan, for tests. */
final class Examples {

    private Examples() {}

    static final Contract ON_DEMAND = new Contract.OnDemand();
    static final Contract SPOT = new Contract.Spot();
    static final Contract ONE_YEAR = new Contract.Reserved(12, 0);

    /** Three clouds, an own data centre, an edge site, two chat workloads, one training run, a nightly batch; 4 quarters. */
    static ScenarioBuilder enterprise() {
        return enterprise(1);
    }

    static ScenarioBuilder enterprise(double prices) {
        ScenarioBuilder builder = new ScenarioBuilder().horizon(4, 3, 0.08).pricesTimes(prices);
        builder.supplier("aurora", false)
                .supplier("borealis", false)
                .supplier("cirrus", false)
                .supplier("home", true)
                .supplier("vendor", false);
        builder.site("aurora-de", "aurora", "DE", 22, null, 340.0, null)
                .site("aurora-us", "aurora", "US", 95, null, 380.0, null)
                .site("borealis-fi", "borealis", "FI", 38, null, 60.0, null)
                .site("cirrus-us", "cirrus", "US", 110, null, 420.0, null)
                .site("home-fr", "home", "FR", 14, 0.11, 45.0, 250_000.0)
                .site("edge-paris", "home", "FR", 5, 0.19, 45.0, 30_000.0);
        for (String[] offer : new String[][] {
            {"aurora", "aurora-de", "h100", "4.90"},
            {"aurora", "aurora-de", "l40s", "1.35"},
            {"aurora", "aurora-us", "h100", "4.10"},
            {"borealis", "borealis-fi", "h100", "3.20"},
            {"borealis", "borealis-fi", "h200", "4.20"},
            {"borealis", "borealis-fi", "l40s", "1.20"},
            {"cirrus", "cirrus-us", "h100", "2.60"},
            {"cirrus", "cirrus-us", "mi300x", "2.40"},
        }) {
            double price = Double.parseDouble(offer[3]);
            int block = offer[2].equals("l40s") ? 1 : 8;
            builder.rent(offer[0], offer[1], offer[2], ON_DEMAND, price, block)
                    .rent(offer[0], offer[1], offer[2], ONE_YEAR, price * 0.64, block);
        }
        builder.rent("cirrus", "cirrus-us", "h100", SPOT, 1.3, 8);
        builder.offer("vendor", "home-fr", "h200", new Contract.Purchase(48, 4), 38_000, 8)
                .offer("vendor", "edge-paris", "l40s", new Contract.Purchase(48, 2), 9_500, 2);
        builder.quota("aurora", "h100", null, 64, 0)
                .quota("borealis", "h100", null, 32, 0)
                .quota("borealis", "h200", null, 16, 0)
                .quota("cirrus", null, null, 128, 0);
        builder.owned("home-fr", "h100", 32, 0, null).owned("edge-paris", "l40s", 4, 0, null);
        builder.dataClass("personal", Set.of("aurora", "borealis"), Set.of("DE", "FR", "FI"))
                .dataClass("public", null, null);
        builder.serving("assistant", 60, 2.4, 0.6, "personal", LatencyClass.REGIONAL, List.of())
                .serving("search", 140, 1.9, 0.3, "public", LatencyClass.ANYWHERE, List.of())
                .training("tuning", 6e11, 0, 2, 16)
                .batch("digest", 3e10, 0.2);
        builder.survive(LossOf.SUPPLIER, 0.9).survive(LossOf.SITE, 0.7);
        builder.shareCap(0.6).carbon(null, null, 90.0);
        return builder;
    }

    static HandMade enterpriseNumbers() {
        HandMade table = new HandMade();
        Object[][] chips = {
            {"h100", 1.0, 350.0, 1.0},
            {"h200", 1.35, 370.0, 0.95},
            {"l40s", 0.2, 120.0, 1.1},
            {"mi300x", 1.15, 420.0, 1.05},
        };
        for (Object[] chip : chips) {
            String id = (String) chip[0];
            double speed = (double) chip[1];
            double idle = (double) chip[2];
            double joules = (double) chip[3];
            table.serves("assistant", id, 2, 7.3 * speed, 2 * idle, 90 * joules)
                    .serves("assistant", id, 4, 15.9 * speed, 4 * idle, 88 * joules)
                    .serves("search", id, 1, 6.1 * speed, idle, 40 * joules)
                    .serves("search", id, 2, 12.9 * speed, 2 * idle, 41 * joules)
                    .trains("tuning", id, 1_900 * speed, 700 * joules, 8)
                    .works("digest", id, 2, 3_400 * speed, 900 * joules);
        }
        return table;
    }

    /** Two clouds and an own site over two quarters: small enough for exact plans, with every kind of work and limit. */
    static ScenarioBuilder company(double prices) {
        return new ScenarioBuilder()
                .horizon(2, 3, 0.1)
                .pricesTimes(prices)
                .supplier("aurora", false)
                .supplier("borealis", false)
                .supplier("home", true)
                .site("aurora-de", "aurora", "DE", 20, null, 300.0, null)
                .site("borealis-fi", "borealis", "FI", 40, null, 60.0, null)
                .site("home-fr", "home", "FR", 10, 0.12, 50.0, 60_000.0)
                .rent("aurora", "aurora-de", "h100", ON_DEMAND, 4, 2)
                .rent("aurora", "aurora-de", "h100", new Contract.Reserved(6, 0.5), 2.6, 2)
                .rent("borealis", "borealis-fi", "h100", ON_DEMAND, 3.3, 4)
                .rent("borealis", "borealis-fi", "h100", SPOT, 1.4, 4)
                .offer("aurora", "home-fr", "h200", new Contract.Purchase(48, 3), 30_000, 2)
                .owned("home-fr", "h100", 10, 0, null)
                .quota("borealis", "h100", null, 16, 0)
                .quota("borealis", "h100", null, 24, 1)
                .dataClass("personal", Set.of("aurora"), Set.of("DE", "FR"))
                .serving("chat", 30, 2, 0.4, "personal", LatencyClass.REGIONAL, List.of())
                .serving("search", 40, 1.6, 0.2)
                .training("tuning", 6e10, 0, 1, 4)
                .batch("digest", 2e9, 0)
                .survive(LossOf.SUPPLIER, 0.6)
                .carbon(null, null, 80.0);
    }

    static HandMade companyNumbers() {
        HandMade table = new HandMade();
        for (String chip : List.of("h100", "h200")) {
            double speed = chip.equals("h100") ? 1 : 1.4;
            table.serves("chat", chip, 2, 11.3 * speed, 700, 80)
                    .serves("search", chip, 1, 8.9 * speed, 350, 40)
                    .trains("tuning", chip, 900 * speed, 650, 2)
                    .works("digest", chip, 2, 3_000 * speed, 1_300);
        }
        return table;
    }
}
