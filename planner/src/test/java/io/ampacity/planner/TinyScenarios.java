package io.ampacity.planner;

import io.ampacity.facts.ChipPart;
import io.ampacity.facts.Contract;
import io.ampacity.scenario.Policy;
import io.ampacity.scenario.Policy.LossOf;
import io.ampacity.scenario.Scenario;
import io.ampacity.scenario.ShareCaps;
import io.ampacity.scenario.Workload;
import io.ampacity.scenario.Workload.LatencyClass;
import io.ampacity.units.Carbon;
import io.ampacity.units.Energy;
import io.ampacity.units.Money;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Random scenarios small enough to try every plan. */
record TinyScenarios(Scenario scenario, HandMade numbers) {

    static final int MOST_BLOCKS = 3;

    static TinyScenarios random(Random seeded) {
        // The first numbers of neighbouring seeds are much alike; those of a second generator are not.
        Random random = new Random(seeded.nextLong());
        boolean limits = random.nextBoolean();
        int periods = random.nextInt(3) == 0 ? 2 : 1;
        ScenarioBuilder builder = new ScenarioBuilder().horizon(periods, 3, random.nextInt(3) * 0.1);
        builder.supplier("a", false).supplier("b", false).supplier("own", true);
        builder.site("a1", "a", "DE", 20 + random.nextInt(60), null, 100.0 + random.nextInt(500), null)
                .site("b1", "b", random.nextBoolean() ? "DE" : "US", 20, null, 100.0 + random.nextInt(500), null)
                .site(
                        "o1",
                        "own",
                        "DE",
                        5,
                        0.05 + random.nextInt(20) / 100.0,
                        50.0,
                        limits && random.nextBoolean() ? 1500.0 + random.nextInt(5000) : null);
        boolean capped = limits && random.nextInt(3) == 0;
        addOffers(builder, random, periods, capped);
        builder.knows("z");
        if (random.nextInt(3) == 0) {
            builder.owned("o1", "y", 1 + random.nextInt(3), 0, random.nextBoolean() ? null : 1);
        }
        if (random.nextInt(3) == 0) {
            builder.quota(
                    random.nextBoolean() ? "a" : "b",
                    random.nextBoolean() ? "x" : null,
                    null,
                    2 + random.nextInt(3),
                    0);
        }
        HandMade numbers = addWork(builder, random, limits, capped, periods);
        if (random.nextInt(4) == 0) {
            builder.survive(random.nextBoolean() ? LossOf.SUPPLIER : LossOf.SITE, 0.2 + random.nextInt(6) / 10.0);
        }
        if (random.nextInt(12) == 0) {
            builder.surviveTwo(random.nextBoolean() ? LossOf.SUPPLIER : LossOf.SITE, 0.1 + random.nextInt(4) / 10.0);
        }
        builder.family("y", "rocm").family("z", "tpu");
        if (random.nextInt(14) == 0) {
            double service = 0.1 + random.nextInt(5) / 10.0;
            switch (random.nextInt(3)) {
                case 0 -> builder.surviveTwo(LossOf.CHIP_FAMILY, service);
                default -> builder.survive(LossOf.CHIP_FAMILY, service);
            }
        }
        @Nullable Double carbonPrice = random.nextBoolean() ? 50.0 + random.nextInt(200) : null;
        if (limits) {
            addLimits(builder, random, carbonPrice);
            if (capped) {
                builder.shareCap(0.4 + random.nextInt(6) / 10.0);
            }
        } else {
            builder.carbon(null, null, carbonPrice);
        }
        // What is trained when is chosen by hand in the brute force, by cost alone.
        boolean trains = builder.build().workloads().stream().anyMatch(Workload.Training.class::isInstance);
        if (limits && (periods == 1 || !trains) && random.nextInt(5) == 0) {
            Energy energy = new Energy(3.6e6 * (800 + random.nextInt(4000)));
            builder.periodLimit(new Policy.PeriodLimit(random.nextInt(periods), 1, null, energy, null));
        }
        addShares(builder, random, capped);
        return new TinyScenarios(builder.build(), numbers);
    }

    private static void addShares(ScenarioBuilder builder, Random random, boolean capped) {
        builder.made("y", random.nextBoolean() ? List.of("f2") : List.of("f1", "f2"), 1.5)
                .made("z", List.of("f2"), 2);
        if (random.nextInt(12) == 0) {
            builder.computeCap(0.4 + random.nextInt(6) / 10.0);
        }
        if (random.nextInt(12) == 0) {
            ShareCaps.ShareOf of =
                    capped && random.nextBoolean() ? ShareCaps.ShareOf.SPENDING : ShareCaps.ShareOf.COMPUTE;
            String maker = random.nextInt(3) == 0 ? "f2" : null;
            builder.partCap(new ShareCaps.PartCap(ChipPart.FOUNDRY, maker, of, 0.3 + random.nextInt(7) / 10.0));
        }
    }

    private static void addOffers(ScenarioBuilder builder, Random random, int periods, boolean capped) {
        double price = 1 + random.nextInt(40) / 10.0;
        builder.discount("a", random.nextInt(3) * 0.1);
        builder.rent("a", "a1", "x", new Contract.OnDemand(), price, 1 + random.nextInt(2));
        if (random.nextBoolean()) {
            builder.rent("b", "b1", "x", new Contract.OnDemand(), 1 + random.nextInt(40) / 10.0, 1 + random.nextInt(2));
        }
        if (periods == 2 || random.nextBoolean()) {
            Contract reserved = new Contract.Reserved(random.nextBoolean() ? 6 : 3, random.nextInt(3) * 0.5);
            builder.rent("a", "a1", "x", reserved, price * (0.5 + random.nextInt(5) / 10.0), 1);
        }
        if (!capped && random.nextInt(3) == 0) {
            builder.offer(
                    "b",
                    "o1",
                    "y",
                    new Contract.Purchase(12 + random.nextInt(3) * 12, random.nextInt(2) * 3),
                    5000 + random.nextInt(20000),
                    1);
        }
    }

    private static HandMade addWork(
            ScenarioBuilder builder, Random random, boolean limits, boolean capped, int periods) {
        HandMade numbers = new HandMade();
        boolean secret = random.nextInt(3) == 0;
        if (secret) {
            builder.dataClass(
                    "secret", random.nextBoolean() ? Set.of("a") : null, random.nextBoolean() ? Set.of("DE") : null);
        }
        double rate = 1 + random.nextInt(25) / 10.0;
        builder.serving(
                "w",
                rate,
                1 + random.nextInt(20) / 10.0,
                random.nextInt(3) * 0.5,
                secret ? "secret" : null,
                random.nextInt(3) == 0 ? LatencyClass.REGIONAL : LatencyClass.ANYWHERE,
                List.of());
        double joules = limits ? 0 : 100 + random.nextInt(2000);
        numbers.serves("w", "x", 1, 1 + random.nextInt(30) / 10.0, 200 + random.nextInt(400), joules);
        numbers.serves("w", "y", 1, 1 + random.nextInt(30) / 10.0, 200 + random.nextInt(400), joules * 0.8);
        // Under a cap on shares a wasteful layout can be worth its waste; the planner does not look at such layouts.
        if (!capped && random.nextInt(3) == 0) {
            numbers.serves("w", "x", 2, 3 + random.nextInt(50) / 10.0, 500 + random.nextInt(400), joules);
        }
        if (random.nextInt(4) == 0) {
            int start = random.nextInt(periods);
            double seconds = 8766.0 / 4 * 3600;
            builder.training("t", seconds * (50 + random.nextInt(150)), start, periods - 1, 1);
            numbers.trains("t", "x", 100, 500 + random.nextInt(500), 1);
            if (random.nextBoolean()) {
                numbers.trains("t", "y", 120, 500 + random.nextInt(500), 1);
            }
        }
        return numbers;
    }

    private static void addLimits(ScenarioBuilder builder, Random random, @Nullable Double carbonPrice) {
        @Nullable Double perPeriod = random.nextInt(3) == 0 ? 8000.0 + random.nextInt(40000) : null;
        @Nullable Double total = random.nextInt(3) == 0 ? 10000.0 + random.nextInt(60000) : null;
        builder.budget(perPeriod, total);
        @Nullable Double kgPerPeriod = random.nextInt(3) == 0 ? 500.0 + random.nextInt(1500) : null;
        @Nullable Double kgTotal = random.nextInt(3) == 0 ? 800.0 + random.nextInt(3000) : null;
        builder.carbon(kgPerPeriod, kgTotal, carbonPrice);
        if (random.nextInt(4) == 0) {
            Money spending = new Money(9000.0 + random.nextInt(40000));
            Carbon carbon = random.nextBoolean() ? null : new Carbon(1000 * (400.0 + random.nextInt(1500)));
            builder.periodLimit(new Policy.PeriodLimit(0, random.nextInt(2), spending, null, carbon));
        }
        // Asked last, so that scenarios of earlier seeds stay what they were.
        if (random.nextInt(3) == 0) {
            builder.capital(random.nextInt(3) * 6000.0, random.nextBoolean() ? null : 15_000.0);
        }
        if (random.nextInt(3) == 0) {
            builder.operating(
                    random.nextBoolean() ? null : 5000.0 + random.nextInt(30_000), 8000.0 + random.nextInt(50_000));
        }
        if (random.nextInt(6) == 0) {
            Money capital = new Money(1000.0 * random.nextInt(20));
            Money operating = random.nextBoolean() ? null : new Money(10_000.0 + random.nextInt(40_000));
            builder.periodLimit(new Policy.PeriodLimit(0, random.nextInt(2), null, capital, operating, null, null));
        }
    }
}
