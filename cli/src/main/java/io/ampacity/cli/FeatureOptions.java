package io.ampacity.cli;

import io.ampacity.routing.policy.RoutingPolicies;
import io.ampacity.simulator.serving.Autoscaling;
import io.ampacity.simulator.serving.Disaggregation;
import io.ampacity.simulator.serving.Hedging;
import io.ampacity.simulator.serving.OffloadTier;
import io.ampacity.simulator.serving.PriorityClass;
import io.ampacity.simulator.serving.PriorityClasses;
import io.ampacity.simulator.serving.Scheduler;
import io.ampacity.simulator.serving.ServingFeatures;
import io.ampacity.units.TimeSpan;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What replicas and fleets do beyond plain continuous batching. */
final class FeatureOptions {

    @Option(
            names = "--router",
            paramLabel = "NAME",
            defaultValue = "plan-weighted",
            description = {
                "Which pool gets a request (default: ${DEFAULT-VALUE}).",
                "plan-weighted: as the plan says; what is missing goes to those with spare capacity",
                "least-outstanding: to the pool with the fewest requests outstanding for its size",
                "power-of-two: to the less loaded of two drawn at random",
                "prefix-aware: requests with a common prefix to the same pool, unless it is overloaded",
                "round-robin: to each pool in turn, whatever its size",
                "cost-aware: to the cheapest pool with room",
                "carbon-aware: to the pool with the cleanest electricity and room",
                "naive: a bound: to the pools of the main supplier in turn, as where nobody plans",
                "clairvoyant: a bound: perfect balance, the lengths of answers being known beforehand"
            })
    private String router = "plan-weighted";

    @Option(
            names = "--scheduler",
            paramLabel = "NAME",
            defaultValue = "fcfs",
            description = {
                "In which order replicas take waiting requests (default: ${DEFAULT-VALUE}).",
                "fcfs: in order of arrival",
                "priority: by priority class, then in order of arrival",
                "clairvoyant: a bound: shortest remaining time first, lengths being known beforehand",
                "unlimited: a bound: a replica of its own for every request"
            })
    private String scheduler = "fcfs";

    @Option(
            names = "--class",
            paramLabel = "NAME,share=SHARE[,priority=N][,queue=TIME][,deadline=TIME]",
            description = {
                "A class of requests, drawn by the seed: its share of all, its priority (the lower, the sooner; with"
                        + " --scheduler priority), after which time in the queue it is shed, and after which time"
                        + " without a first token it is given up. Once for each class; shares sum to 100 %."
            })
    private List<String> classes = new ArrayList<>();

    @Option(
            names = "--queue-timeout",
            paramLabel = "TIME",
            description = "Shed requests that have waited so long and were not begun.")
    private @Nullable String queueTimeout;

    @Option(
            names = "--deadline",
            paramLabel = "TIME",
            description = "Give requests up whose first token is not there so long after their arrival.")
    private @Nullable String deadline;

    @Option(
            names = "--hedge",
            paramLabel = "DELAY[,share=SHARE]",
            description = "Send a request once more when its first token is so late; at most for this share of them.")
    private @Nullable String hedge;

    @Option(
            names = "--scale",
            paramLabel = "BY,max=N[,…]",
            description = {
                "Let the number of replicas of every pool follow its traffic, up to max (quota):",
                "queue,target=8: so many requests in flight on each",
                "kv,target=70%: so much of the KV cache in use",
                "use,target=60%: busy for such a part of the time",
                "forecast,rate=2.5,season=24h: requests a second each, seen ahead from the last season",
                "plan,at=0s:4+1h:8: so many from each moment on",
                "each with min=N, every=TIME, provisioning=TIME, cold-start=TIME, cool-down=TIME"
            })
    private @Nullable String scale;

    @Option(
            names = "--disaggregate",
            paramLabel = "N,link=RATE[,latency=TIME]",
            description = {
                "Compute prompts on N replicas of each pool and answers on the others;",
                "KV caches cross a link that the pool shares, such as 3,link=50GB/s."
            })
    private @Nullable String disaggregate;

    @Option(
            names = "--offload",
            paramLabel = "NAME,room=BYTES,link=RATE[,latency=TIME]",
            description = {
                "Keep evicted prefixes in a tier behind the KV cache of each replica, such as",
                "host,room=200GB,link=50GB/s. Once for each tier, the nearest first."
            })
    private List<String> offload = new ArrayList<>();

    /** The routing policy. */
    RoutingPolicies router() {
        return RoutingPolicies.named(router);
    }

    /** @throws IllegalArgumentException when a value cannot be read */
    ServingFeatures features() {
        return ServingFeatures.PLAIN
                .withScheduler(Scheduler.named(scheduler))
                .withClasses(classes())
                .withHedging(hedge == null ? null : Hedging.parse(hedge))
                .withAutoscaling(scale == null ? null : Autoscaling.parse(scale))
                .withDisaggregation(disaggregate == null ? null : Disaggregation.parse(disaggregate))
                .withOffloading(offload.stream().map(OffloadTier::parse).toList());
    }

    private PriorityClasses classes() {
        List<PriorityClass> all = new ArrayList<>();
        for (String one : classes) {
            all.add(PriorityClass.parse(one));
        }
        if (all.isEmpty()) {
            all.add(PriorityClass.ONLY);
        }
        if (queueTimeout != null) {
            double seconds = positive("--queue-timeout", queueTimeout);
            all.replaceAll(
                    one -> one.queueTimeoutSeconds() < Double.POSITIVE_INFINITY ? one : one.withQueueTimeout(seconds));
        }
        if (deadline != null) {
            double seconds = positive("--deadline", deadline);
            all.replaceAll(one -> one.deadlineSeconds() < Double.POSITIVE_INFINITY ? one : one.withDeadline(seconds));
        }
        return new PriorityClasses(all);
    }

    private static double positive(String option, String time) {
        return Numbers.positive(option, TimeSpan.parse(time).seconds());
    }
}
