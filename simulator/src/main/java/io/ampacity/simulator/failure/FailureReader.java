package io.ampacity.simulator.failure;

import io.ampacity.units.TimeSpan;
import io.ampacity.units.UnitException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one failure as it is written on the command line. */
final class FailureReader {

    private static final Pattern DAY = Pattern.compile("day ?(\\d{1,6})");
    private static final Pattern MINUTES = Pattern.compile("^([0-9.]+) ?m$");
    /** A plus sign that adds, and not one of an exponent such as 1e+3. */
    private static final Pattern PLUS = Pattern.compile("(?<![0-9][eE])\\+");

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
        if (scope == Failure.Scope.REPLICA && !target.matches(".+#\\d{1,9}")) {
            throw wrong("names no replica by number", "write replica:POOL#0@10m+5m");
        }
        String when = text.substring(at + 1);
        int comma = when.indexOf(',');
        Effect effect = comma < 0 ? new Effect.Down() : effect(when.substring(comma + 1));
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
            if (scope.name().toLowerCase(Locale.ROOT).equals(name)) {
                return scope;
            }
        }
        throw wrong("has no known scope before its colon", "one of " + Failure.scopes());
    }

    private Effect effect(String term) {
        int equals = term.indexOf('=');
        String name = equals < 0 ? term.strip() : term.substring(0, equals).strip();
        double value;
        try {
            value = equals < 0
                    ? Double.NaN
                    : Double.parseDouble(term.substring(equals + 1).strip());
        } catch (NumberFormatException e) {
            throw wrong("has no number after " + name + "=", "slow=3 or throttle=0.2");
        }
        if (name.equals("down") && equals < 0) {
            return new Effect.Down();
        }
        if (name.equals("slow") && value >= 1 && !Double.isInfinite(value)) {
            return new Effect.Slow(value);
        }
        if (name.equals("throttle") && value >= 0 && value <= 1) {
            return new Effect.Throttled(value);
        }
        throw wrong(
                "has an effect that is unknown or out of range, " + term,
                "down, slow=FACTOR with a factor of at least 1, or throttle=SHARE with a share of 0 to 1");
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
