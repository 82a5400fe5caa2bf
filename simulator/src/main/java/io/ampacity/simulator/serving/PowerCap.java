package io.ampacity.simulator.serving;

import io.ampacity.routing.Pool;
import io.ampacity.units.Power;
import io.ampacity.units.UnitException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A limit on power: of a site's facility at the meter, of a pool's replicas, of each rack, or of each chip.
 *
 * @param target name of the site, pool or chip; {@code *} for every one; of a rack, the site it stands at
 * @param watts of the facility for a site, so with PUE; of chips and servers for a pool and a rack; of the chip alone for
 *     a chip
 * @param chips chips that stand in one rack; only for racks
 * @param way how the limit is kept
 * @param startSeconds from when it holds
 * @param endSeconds until when; infinite for always
 */
public record PowerCap(
        Scope scope, String target, double watts, int chips, Way way, double startSeconds, double endSeconds) {

    /** Whose power is limited. */
    public enum Scope {
        SITE,
        POOL,
        RACK,
        CHIP;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How a limit is kept. */
    public enum Way {
        /** Every replica gives up the same part of its range between idle and full; some go off only when that is not enough. */
        CLOCKS,
        /** Replicas go off until the others may run at full power. */
        SHEDDING
    }

    public PowerCap {
        if (!(watts > 0) || Double.isInfinite(watts)) {
            throw new IllegalArgumentException(
                    "--power-cap: " + watts + " W is no limit; it must be above 0 and finite. Maybe in MW");
        }
        if (!(startSeconds >= 0) || !(endSeconds > startSeconds)) {
            throw new IllegalArgumentException("--power-cap: a limit from " + startSeconds + " s to " + endSeconds
                    + " s never holds. Maybe the part after the last + is its duration");
        }
    }

    /**
     * Reads {@code SCOPE:NAME=POWER[@START+DURATION][,by=clocks|shedding][,chips=N]}, or a power alone, which is that of
     * every chip, in watts unless said.
     */
    public static PowerCap parse(String text) {
        Terms terms = new Terms("--power-cap", text);
        String head = terms.head();
        int equals = head.indexOf('=');
        int colon = head.indexOf(':');
        if (equals >= 0 && (colon < 1 || colon > equals)) {
            throw terms.wrong("does not say whose power it is", "write site:paris=2 MW or rack:paris=40 kW,chips=32");
        }
        Scope scope = equals < 0 ? Scope.CHIP : scope(terms, head.substring(0, colon));
        String target = equals < 0 ? "*" : head.substring(colon + 1, equals).strip();
        String value = head.substring(equals + 1);
        int at = value.indexOf('@');
        double[] window = {0, Double.POSITIVE_INFINITY};
        if (at >= 0) {
            window = window(terms, value.substring(at + 1));
            value = value.substring(0, at);
        }
        int chips = terms.count("chips", 0);
        if ((scope == Scope.RACK) != (chips > 0)) {
            throw terms.wrong(
                    scope == Scope.RACK ? "does not say how many chips a rack holds" : "says chips, and names no rack",
                    "write rack:paris=40 kW,chips=32");
        }
        String by = terms.has("by") ? terms.word("by") : "clocks";
        Way way = Arrays.stream(Way.values())
                .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(by))
                .findFirst()
                .orElseThrow(() -> terms.wrong("is kept by " + by + ", which is unknown", "by=clocks or by=shedding"));
        terms.done();
        return new PowerCap(scope, target, watts(terms, value.strip()), chips, way, window[0], window[1]);
    }

    private static Scope scope(Terms terms, String word) {
        for (Scope scope : Scope.values()) {
            if (scope.word().equals(word.strip())) {
                return scope;
            }
        }
        throw terms.wrong("limits a " + word + ", which is unknown", "one of site, pool, rack, chip");
    }

    private static double[] window(Terms terms, String text) {
        List<String> parts = List.of(text.split("\\+", -1));
        double[] seconds =
                parts.stream().mapToDouble(part -> terms.seconds(part.strip())).toArray();
        double start =
                Arrays.stream(seconds, 0, Math.max(1, seconds.length - 1)).sum();
        return new double[] {start, seconds.length == 1 ? Double.POSITIVE_INFINITY : start + seconds[seconds.length - 1]
        };
    }

    private static double watts(Terms terms, String value) {
        try {
            return value.matches("[0-9.eE+-]+")
                    ? Double.parseDouble(value)
                    : Power.parse(value).watts();
        } catch (UnitException | NumberFormatException e) {
            throw terms.wrong("has a power that cannot be read, " + value, "powers look like 2 MW, 40 kW or 500 W");
        }
    }

    /** Whether it limits replicas of a pool that have a kind of chip. */
    public boolean concerns(Pool pool, String chip) {
        return target.equals("*")
                || switch (scope) {
                    case SITE, RACK -> pool.site().equals(target);
                    case POOL -> pool.id().equals(target);
                    case CHIP -> chip.equals(target);
                };
    }

    /** Short name: scope and target. */
    public String name() {
        return scope.word() + ":" + target;
    }
}
