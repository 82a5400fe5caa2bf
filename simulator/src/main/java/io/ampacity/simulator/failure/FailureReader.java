package io.ampacity.simulator.failure;

import io.ampacity.units.TimeSpan;
import io.ampacity.units.UnitException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one failure as it is written on the command line. */
final class FailureReader {

    private static final Pattern DAY = Pattern.compile("day ?(\\d{1,6})");
    private static final Pattern MINUTES = Pattern.compile("^([0-9.]+) ?m$");
    /** A plus sign that adds, and not one of an exponent such as 1e+3. */
    private static final Pattern PLUS = Pattern.compile("(?<![0-9][eE])\\+");

    private static final Pattern RETRY_AFTER = Pattern.compile("(.*),\\s*retry-after\\s*=(.*)");

    private final String text;

    FailureReader(String text) {
        this.text = text;
    }

    Failure read() {
        int colon = text.indexOf(':');
        int at = text.lastIndexOf('@');
        if (colon < 1 || at < colon + 2 || at == text.length() - 1) {
            throw wrong("is not SCOPE:TARGET@START+DURATION", "write supplier:azure@600s+1200s or site:paris@day2+6h");
        }
        Failure.Scope scope = scope(text.substring(0, colon));
        String target = text.substring(colon + 1, at);
        if ((scope == Failure.Scope.REPLICA || scope == Failure.Scope.SERVER) && !target.matches(".+#\\d{1,9}")) {
            throw wrong("names no " + scope.word() + " by number", "write " + scope.word() + ":POOL#0@10m+5m");
        }
        String when = text.substring(at + 1);
        int comma = when.indexOf(',');
        Effect effect = comma < 0 ? usual(scope) : effect(when.substring(comma + 1));
        List<Double> terms = new ArrayList<>();
        for (String term : PLUS.split(comma < 0 ? when : when.substring(0, comma), -1)) {
            terms.add(seconds(term.strip()));
        }
        double duration = terms.size() == 1 ? Double.POSITIVE_INFINITY : terms.removeLast();
        if (!(duration > 0)) {
            throw wrong("has no length", "the part after the last + is the duration");
        }
        double start = terms.stream().mapToDouble(Double::doubleValue).sum();
        return new Failure(scope, target, start, start + duration, effect);
    }

    private Failure.Scope scope(String name) {
        for (Failure.Scope scope : Failure.Scope.values()) {
            if (scope.word().equals(name)) {
                return scope;
            }
        }
        throw wrong("has no known scope before its colon", "one of " + Failure.scopes());
    }

    /** What happens to a thing that fails, unless said otherwise. */
    static Effect usual(Failure.Scope scope) {
        return switch (scope) {
            case LINK -> new Effect.Unreachable();
            case CONTROL_PLANE -> new Effect.Frozen();
            case SUPPLIER, SITE, POOL, CHIP, REPLICA, SERVER, REGION -> new Effect.Down();
        };
    }

    Effect effect(String terms) {
        double retryAfter = 0;
        String main = terms;
        Matcher after = RETRY_AFTER.matcher(terms);
        if (after.matches()) {
            main = after.group(1);
            retryAfter = seconds(after.group(2).strip());
            if (!main.strip().startsWith("throttle")) {
                throw wrong("has a retry-after without a throttle", "throttle=0.2,retry-after=5s");
            }
        }
        int equals = main.indexOf('=');
        String name = equals < 0 ? main.strip() : main.substring(0, equals).strip();
        if (equals < 0) {
            return switch (name) {
                case "down" -> new Effect.Down();
                case "unreachable" -> new Effect.Unreachable();
                case "frozen" -> new Effect.Frozen();
                case "late" -> new Effect.Late(1);
                case "reclaimed" -> new Effect.Reclaimed(0);
                default -> throw unknownEffect(terms);
            };
        }
        if (name.equals("notice")) {
            return new Effect.Reclaimed(seconds(main.substring(equals + 1).strip()));
        }
        double value;
        try {
            value = Double.parseDouble(main.substring(equals + 1).strip());
        } catch (NumberFormatException e) {
            throw wrong("has no number after " + name + "=", "slow=3 or throttle=0.2");
        }
        if (name.equals("slow") && value >= 1 && !Double.isInfinite(value)) {
            return new Effect.Slow(value);
        }
        if (name.equals("throttle") && value >= 0 && value <= 1) {
            return new Effect.Throttled(value, retryAfter);
        }
        if (name.equals("late") && value > 0 && value <= 1) {
            return new Effect.Late(value);
        }
        throw unknownEffect(terms);
    }

    private IllegalArgumentException unknownEffect(String term) {
        return wrong(
                "has an effect that is unknown or out of range, " + term,
                "down, unreachable, frozen, reclaimed, notice=2m, late, late=SHARE with a share above 0 to 1,"
                        + " slow=FACTOR with a factor of at least 1, throttle=SHARE with a share of 0 to 1, or that and"
                        + " retry-after=5s");
    }

    private double seconds(String term) {
        Matcher day = DAY.matcher(term);
        if (day.matches()) {
            int number = Integer.parseInt(day.group(1));
            if (number < 1) {
                throw wrong("starts on day 0", "the first day is day1");
            }
            return (number - 1) * 86_400.0;
        }
        double seconds;
        try {
            // A lone m is minutes here: no failure lasts metres or months.
            seconds =
                    TimeSpan.parse(MINUTES.matcher(term).replaceFirst("$1 min")).seconds();
        } catch (UnitException e) {
            throw wrong("has a time that cannot be read, " + term, "times look like 600s, 20m, 6h or day2");
        }
        if (!(seconds >= 0) || Double.isInfinite(seconds)) {
            throw wrong("has a time that is negative or endless, " + term, "times look like 600s, 20m, 6h or day2");
        }
        return seconds;
    }

    private IllegalArgumentException wrong(String what, String advice) {
        return new IllegalArgumentException("--fail: \"" + text + "\" " + what + ". Maybe " + advice);
    }
}
