package io.ampacity.cli;

import io.ampacity.routing.policy.RoutingPolicies;
import io.ampacity.simulator.serving.Autoscaling;
import io.ampacity.simulator.serving.Disaggregation;
import io.ampacity.simulator.serving.Hedging;
import io.ampacity.simulator.serving.Job;
import io.ampacity.simulator.serving.Lending;
import io.ampacity.simulator.serving.OffloadTier;
import io.ampacity.simulator.serving.PowerCap;
import io.ampacity.simulator.serving.PriorityClass;
import io.ampacity.simulator.serving.PriorityClasses;
import io.ampacity.simulator.serving.Scheduler;
import io.ampacity.simulator.serving.ServingFeatures;
import io.ampacity.units.TimeSpan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
                "cost-aware: to the cheapest pool with room, electricity at the hour's price",
                "carbon-aware: to the pool with room where a request emits least at this hour",
                "energy-aware: to the pool with room where a request takes least energy",
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
                        + " without a first token it is given up. Once for each class; shares sum to 100 %%."
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
                "kv,target=70%%: so much of the KV cache in use",
                "use,target=60%%: busy for such a part of the time",
                "forecast,rate=2.5,season=24h: requests a second each, seen ahead from the last season",
                "plan,at=0s:4+1h:8: so many from each moment on",
                "each with min=N, every=TIME, provisioning=TIME, cold-start=TIME, cool-down=TIME;",
                "with --disaggregate each half by itself, or one of them with of=prompts or of=answers."
            })
    private List<String> scale = new ArrayList<>();

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

    @Option(
            names = "--power-cap",
            paramLabel = "[SCOPE:NAME=]POWER[,…]",
            description = {
                "A limit on power, which slows chips down or turns replicas off:",
                "500 W: of every chip",
                "site:paris=2 MW: of a site's facility; pool:NAME=POWER: of a pool's chips and servers",
                "rack:paris=40 kW,chips=32: of each rack at a site",
                "each with by=shedding (replicas go off instead), and @START+DURATION after the power"
            })
    private List<String> powerCaps = new ArrayList<>();

    @Option(
            names = "--job",
            paramLabel = "NAME,work=TIME[,…]",
            description = {
                "Work that takes replicas which --scale has given up, or which a pool of fixed size can do without, and",
                "gives them back when traffic wants them:",
                "train,gang=8,work=10h,checkpoint=15m,write=30s,restart=2m: a task of eight replicas at once",
                "batch,tasks=500,work=10m: many tasks of one replica each",
                "each with power=90 %% (of the way from idle to full), start=TIME and pool=NAME"
            })
    private List<String> jobs = new ArrayList<>();

    @Option(
            names = "--lend",
            paramLabel = "REQUESTS[,…]",
            description = {
                "When pools of fixed size lend replicas to jobs: as long as those that are left have no more than so many",
                "requests each (default: 8); with keep=1, every=15s, reload=2min, cool-down=5min."
            })
    private @Nullable String lend;

    @Option(
            names = "--electricity",
            paramLabel = "FILE",
            description = {
                "Price and carbon of electricity from hour to hour: a CSV with the header",
                "hour,usd_per_kwh,grams_per_kwh and, where sites differ, site; hours count from 0, and begin again."
            })
    private @Nullable Path electricity;

    /** Whether power is limited or lent, so that power curves are needed. */
    boolean needPower() {
        return !powerCaps.isEmpty() || !jobs.isEmpty();
    }

    /** Whether prompts and answers are computed apart. */
    boolean disaggregated() {
        return disaggregate != null;
    }

    /** The file of hourly electricity; null when none is given. */
    @Nullable Path electricity() {
        return electricity;
    }

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
                .withDisaggregation(disaggregate == null ? null : Disaggregation.parse(disaggregate))
                .withAutoscaling(scale.stream().map(Autoscaling::read).toList())
                .withOffloading(offload.stream().map(OffloadTier::parse).toList())
                .withPowerCaps(powerCaps.stream().map(PowerCap::parse).toList())
                .withJobs(jobs.stream().map(Job::parse).toList())
                .withLending(lending())
                .withElectricity(electricity == null ? Map.of() : ElectricityFile.read(electricity));
    }

    private Lending lending() {
        if (lend == null) {
            return Lending.USUAL;
        }
        if (jobs.isEmpty()) {
            throw new IllegalArgumentException("--lend: there is no job to lend replicas to. Maybe add --job");
        }
        return Lending.parse(lend);
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
