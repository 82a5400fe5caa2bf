package io.ampacity.simulator.serving;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How the number of a pool's replicas follows its traffic. A new replica is ordered; after the provisioning delay it is
 * there and costs; after its cold start it serves. One that is no longer wanted gets nothing new, and goes when it has
 * served what it has. With a minimum of 0 a pool that nobody uses costs nothing, and its first request waits.
 *
 * @param minimum replicas that are always there
 * @param maximum quota: most replicas at once
 * @param intervalSeconds how often the number is looked at
 * @param provisioningSeconds from an order until the replica is there
 * @param coldStartSeconds from then until it serves
 * @param coolDownSeconds how long after any change none is given up
 */
public record Autoscaling(
        ScalingPolicy policy,
        int minimum,
        int maximum,
        double intervalSeconds,
        double provisioningSeconds,
        double coldStartSeconds,
        double coolDownSeconds) {

    public Autoscaling {
        if (minimum < 0 || maximum < 1 || minimum > maximum) {
            throw new IllegalArgumentException(
                    "--scale: from " + minimum + " to " + maximum + " replicas is no range. Maybe min=1,max=8");
        }
        if (!(intervalSeconds > 0)
                || !(provisioningSeconds >= 0)
                || !(coldStartSeconds >= 0)
                || !(coolDownSeconds >= 0)
                || Double.isInfinite(intervalSeconds + provisioningSeconds + coldStartSeconds)) {
            throw new IllegalArgumentException("--scale: a time is negative or endless, or the interval is 0. Maybe"
                    + " every=15s,provisioning=1min,cold-start=1min,cool-down=5min");
        }
        double target =
                switch (policy) {
                    case ScalingPolicy.Queue(double requests) -> requests;
                    case ScalingPolicy.KvCache(double share) -> share <= 1 ? share : Double.NaN;
                    case ScalingPolicy.Utilisation(double share) -> share <= 1 ? share : Double.NaN;
                    case ScalingPolicy.Forecast(double rate, double season) ->
                        season >= intervalSeconds && season / intervalSeconds <= 1e6 ? rate : Double.NaN;
                    case ScalingPolicy.Schedule schedule -> 1;
                };
        if (!(target > 0) || Double.isInfinite(target)) {
            throw new IllegalArgumentException("--scale: a target is out of range in " + policy
                    + ". Maybe target=8 requests, target=70% of the cache or of the time, or a rate above 0 with a"
                    + " season no shorter than the interval");
        }
    }

    /**
     * What was asked for: of whole pools, or of which half where prompts and answers are computed apart.
     *
     * @param half null when it is of all replicas
     */
    public record Asked(Autoscaling scaling, @Nullable Half half) {}

    /** A half of a pool in which prompts and answers are computed apart. */
    public enum Half {
        PROMPTS,
        ANSWERS
    }

    /** From an order until the replica serves. */
    public double leadSeconds() {
        return provisioningSeconds + coldStartSeconds;
    }

    /**
     * Reads {@code queue,target=8}, {@code kv,target=70%}, {@code use,target=60%}, {@code forecast,rate=2.5[,season=1day]}
     * or {@code plan,at=0s:4+1h:8}, each with {@code min=N,max=N,every=TIME,provisioning=TIME,cold-start=TIME,
     * cool-down=TIME}, and {@code of=prompts} or {@code of=answers}.
     */
    public static Asked read(String text) {
        Terms terms = new Terms("--scale", text);
        ScalingPolicy policy =
                switch (terms.head().toLowerCase(Locale.ROOT)) {
                    case "queue" -> new ScalingPolicy.Queue(terms.number("target", Double.NaN));
                    case "kv" -> new ScalingPolicy.KvCache(terms.share("target", Double.NaN));
                    case "use" -> new ScalingPolicy.Utilisation(terms.share("target", Double.NaN));
                    case "forecast" ->
                        new ScalingPolicy.Forecast(terms.number("rate", Double.NaN), terms.seconds("season", 86_400));
                    case "plan" -> new ScalingPolicy.Schedule(steps(terms));
                    default -> throw terms.wrong("scales by nothing known", "queue, kv, use, forecast or plan");
                };
        Autoscaling scaling = new Autoscaling(
                policy,
                terms.count("min", 1),
                terms.count("max", 0),
                terms.seconds("every", 15),
                terms.seconds("provisioning", 60),
                terms.seconds("cold-start", 120),
                terms.seconds("cool-down", 300));
        Half half = terms.has("of") ? half(terms) : null;
        terms.done();
        return new Asked(scaling, half);
    }

    /** Reads the same, of all replicas. */
    public static Autoscaling parse(String text) {
        Asked asked = read(text);
        if (asked.half() != null) {
            throw new IllegalArgumentException(
                    "--scale: \"" + text + "\" speaks of one half alone. Maybe leave out of=");
        }
        return asked.scaling();
    }

    private static Half half(Terms terms) {
        return switch (terms.word("of")) {
            case "prompts" -> Half.PROMPTS;
            case "answers" -> Half.ANSWERS;
            default -> throw terms.wrong("is of no half known", "of=prompts or of=answers");
        };
    }

    private static List<ScalingPolicy.Step> steps(Terms terms) {
        List<ScalingPolicy.Step> steps = new ArrayList<>();
        for (String step : terms.word("at").split("\\+", -1)) {
            int colon = step.indexOf(':');
            if (colon < 0) {
                throw terms.wrong("has a step without a colon, " + step, "at=0s:4+1h:8");
            }
            steps.add(new ScalingPolicy.Step(
                    terms.seconds(step.substring(0, colon).strip()),
                    terms.count(step.substring(colon + 1).strip())));
        }
        return steps;
    }
}
