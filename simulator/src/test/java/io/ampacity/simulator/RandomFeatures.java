package io.ampacity.simulator;

import io.ampacity.physics.Drafting;
import io.ampacity.simulator.fleet.FleetPool;
import io.ampacity.simulator.serving.Autoscaling;
import io.ampacity.simulator.serving.Disaggregation;
import io.ampacity.simulator.serving.Electricity;
import io.ampacity.simulator.serving.Hedging;
import io.ampacity.simulator.serving.HourlyFigure;
import io.ampacity.simulator.serving.Job;
import io.ampacity.simulator.serving.Lending;
import io.ampacity.simulator.serving.OffloadTier;
import io.ampacity.simulator.serving.PowerCap;
import io.ampacity.simulator.serving.PriorityClass;
import io.ampacity.simulator.serving.PriorityClasses;
import io.ampacity.simulator.serving.ScalingPolicy;
import io.ampacity.simulator.serving.Scheduler;
import io.ampacity.simulator.serving.ServingFeatures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Switches features on at random. */
final class RandomFeatures {

    private RandomFeatures() {}

    static ServingFeatures draw(SplittableRandom random, double seconds, int fewestReplicas, List<FleetPool> pools) {
        ServingFeatures features = ServingFeatures.PLAIN;
        if (random.nextInt(4) == 0) {
            return features;
        }
        if (random.nextBoolean()) {
            features = features.withScheduler(RandomFleets.any(Scheduler.values(), random));
        }
        if (random.nextBoolean()) {
            features = features.withClasses(classes(random, seconds));
        }
        if (random.nextInt(3) == 0) {
            features = features.withHedging(
                    new Hedging(seconds * Math.pow(10, -3 * random.nextDouble()), 0.01 + 0.99 * random.nextDouble()));
        }
        if (features.scheduler() != Scheduler.UNLIMITED && random.nextInt(3) == 0) {
            features = features.withAutoscaling(autoscaling(random, seconds));
        }
        if (features.scheduler() != Scheduler.UNLIMITED && fewestReplicas > 1 && random.nextBoolean()) {
            features = features.withDisaggregation(new Disaggregation(
                    1 + random.nextInt(fewestReplicas - 1),
                    Math.pow(10, 2 + 4 * random.nextDouble()),
                    random.nextBoolean() ? 0 : 0.1 * random.nextDouble(),
                    1));
            if (random.nextInt(3) == 0) {
                Autoscaling answers = autoscaling(random, seconds);
                features = features.withAnswersAutoscaling(new Autoscaling(
                        answers.policy(),
                        1,
                        answers.maximum(),
                        answers.intervalSeconds(),
                        answers.provisioningSeconds(),
                        answers.coldStartSeconds(),
                        answers.coolDownSeconds()));
            }
        }
        if (random.nextInt(3) == 0) {
            List<OffloadTier> tiers = new ArrayList<>();
            for (int tier = random.nextInt(3); tier > 0; tier--) {
                tiers.add(new OffloadTier(
                        "tier" + tier,
                        Math.pow(10, 1 + 4 * random.nextDouble()),
                        Math.pow(10, 2 + 4 * random.nextDouble()),
                        random.nextBoolean() ? 0 : 0.1 * random.nextDouble(),
                        1));
            }
            features = features.withOffloading(tiers);
        }
        if (random.nextInt(4) == 0) {
            int tokens = random.nextInt(4);
            features = features.withDrafting(tokens == 0 ? null : new Drafting(tokens, 0.3 * tokens));
        }
        if (features.scheduler() != Scheduler.UNLIMITED && random.nextInt(3) == 0) {
            List<PowerCap> caps = new ArrayList<>();
            for (int cap = 1 + random.nextInt(2); cap > 0; cap--) {
                caps.add(cap(random, seconds, pools));
            }
            features = features.withPowerCaps(caps);
        }
        if (features.scheduler() != Scheduler.UNLIMITED && random.nextInt(3) == 0) {
            features = features.withLending(lending(random, seconds));
            features = features.withJobs(jobs(random, seconds, features, pools));
        }
        if (random.nextInt(4) == 0) {
            features = features.withElectricity(Map.of(
                    random.nextBoolean() ? "*" : "site0",
                    new Electricity(
                            HourlyFigure.of(500 * random.nextDouble(), 500 * random.nextDouble()),
                            random.nextBoolean() ? null : HourlyFigure.of(random.nextDouble()))));
        }
        return features;
    }

    private static PowerCap cap(SplittableRandom random, double seconds, List<FleetPool> pools) {
        FleetPool pool = pools.get(random.nextInt(pools.size()));
        boolean always = random.nextBoolean();
        double start = always ? 0 : seconds * random.nextDouble();
        double end = always ? Double.POSITIVE_INFINITY : start + 0.01 + seconds * random.nextDouble();
        PowerCap.Way way = RandomFleets.any(PowerCap.Way.values(), random);
        // A pool has 1 to 6 replicas of one chip, 50 W idle and 500 W at most, and a site some of them, at a PUE of 1
        // to 2.
        return switch (RandomFleets.any(PowerCap.Scope.values(), random)) {
            case SITE ->
                new PowerCap(
                        PowerCap.Scope.SITE,
                        pool.routing().site(),
                        20 + 3000 * random.nextDouble(),
                        0,
                        way,
                        start,
                        end);
            case POOL ->
                new PowerCap(
                        PowerCap.Scope.POOL, pool.routing().id(), 20 + 1500 * random.nextDouble(), 0, way, start, end);
            case RACK ->
                new PowerCap(
                        PowerCap.Scope.RACK,
                        pool.routing().site(),
                        20 + 1500 * random.nextDouble(),
                        1 + random.nextInt(4),
                        way,
                        start,
                        end);
            case CHIP -> new PowerCap(PowerCap.Scope.CHIP, "*", 60 + 500 * random.nextDouble(), 0, way, start, end);
        };
    }

    private static Lending lending(SplittableRandom random, double seconds) {
        return new Lending(
                0.1 + 5 * random.nextDouble(),
                1,
                seconds * Math.pow(10, -2 * random.nextDouble()),
                random.nextBoolean() ? 0 : 0.1 * seconds * random.nextDouble(),
                random.nextBoolean() ? 0 : 0.2 * seconds * random.nextDouble());
    }

    /** Jobs in pools that may ever lend anything. */
    private static List<Job> jobs(
            SplittableRandom random, double seconds, ServingFeatures features, List<FleetPool> pools) {
        List<Job> jobs = new ArrayList<>();
        for (int job = 1 + random.nextInt(2); job > 0; job--) {
            FleetPool pool = pools.get(random.nextInt(pools.size()));
            int most = PoolPart.of(pool, features).stream()
                    .mapToInt(part -> part.scaling() == null ? part.size() - 1 : part.size())
                    .max()
                    .orElseThrow();
            if (most < 1) {
                continue;
            }
            jobs.add(new Job(
                    "job" + job,
                    pool.routing().id(),
                    1 + random.nextInt(most),
                    1 + random.nextInt(5),
                    seconds * Math.pow(10, -2 + 2 * random.nextDouble()),
                    random.nextInt(3) == 0
                            ? Double.POSITIVE_INFINITY
                            : seconds * Math.pow(10, -3 + 2 * random.nextDouble()),
                    random.nextBoolean() ? 0 : 0.01 * seconds * random.nextDouble(),
                    random.nextBoolean() ? 0 : 0.05 * seconds * random.nextDouble(),
                    random.nextDouble(),
                    random.nextBoolean() ? 0 : seconds * random.nextDouble()));
        }
        return jobs;
    }

    private static Autoscaling autoscaling(SplittableRandom random, double seconds) {
        ScalingPolicy policy =
                switch (random.nextInt(5)) {
                    case 0 -> new ScalingPolicy.Queue(1 + 10 * random.nextDouble());
                    case 1 -> new ScalingPolicy.KvCache(0.1 + 0.9 * random.nextDouble());
                    case 2 -> new ScalingPolicy.Utilisation(0.1 + 0.9 * random.nextDouble());
                    case 3 -> new ScalingPolicy.Forecast(0.1 + 5 * random.nextDouble(), seconds);
                    default ->
                        new ScalingPolicy.Schedule(List.of(
                                new ScalingPolicy.Step(0, random.nextInt(4)),
                                new ScalingPolicy.Step(seconds / 3, random.nextInt(4)),
                                new ScalingPolicy.Step(seconds / 2, random.nextInt(4))));
                };
        int minimum = random.nextInt(2);
        return new Autoscaling(
                policy,
                minimum,
                minimum + 1 + random.nextInt(4),
                seconds * (0.01 + 0.1 * random.nextDouble()),
                random.nextBoolean() ? 0 : 0.1 * seconds * random.nextDouble(),
                random.nextBoolean() ? 0 : 0.1 * seconds * random.nextDouble(),
                random.nextBoolean() ? 0 : 0.1 * seconds * random.nextDouble());
    }

    private static PriorityClasses classes(SplittableRandom random, double seconds) {
        double share = 0.1 + 0.8 * random.nextDouble();
        return new PriorityClasses(List.of(
                new PriorityClass("high", 0, share, patience(random, seconds), patience(random, seconds)),
                new PriorityClass(
                        "low", random.nextInt(3), 1 - share, patience(random, seconds), patience(random, seconds))));
    }

    private static double patience(SplittableRandom random, double seconds) {
        return random.nextBoolean() ? Double.POSITIVE_INFINITY : seconds * Math.pow(10, -3 * random.nextDouble());
    }
}
