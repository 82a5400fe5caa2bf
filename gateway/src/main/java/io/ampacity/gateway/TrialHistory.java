package io.ampacity.gateway;

import io.ampacity.gateway.settings.CanarySettings;
import io.ampacity.ledger.Ledger;
import io.ampacity.ledger.Trials.Side;
import io.ampacity.ledger.Trials.Standing;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How the trials of former gateways stood, as the record of deeds tells it. A deed belongs to a trial when it names its pool
 * and ends with its rule: with another rule a pool is tried anew.
 */
record TrialHistory(List<Ledger.Deed> deeds) {

    static final TrialHistory NONE = new TrialHistory(List.of());

    private static final Pattern STAGE = Pattern.compile("^[0-9.e+-]+ % of the requests, stage (\\d{1,4}) of ");

    /** What is written of a turn, so that it is found again. */
    static String detail(String pool, CanarySettings settings, TrialTurn turn) {
        return pool + ": " + turn.told() + rule(settings);
    }

    /** What a trial is judged by, in words: with another rule it is another trial. */
    static String rule(CanarySettings settings) {
        return DoubleStream.concat(
                        DoubleStream.of(settings.share()),
                        settings.expand().stream().mapToDouble(Double::doubleValue))
                .mapToObj(Trial::percent)
                .collect(Collectors.joining(
                        ", ",
                        " [",
                        "; worse by " + settings.worseBy() + " over " + settings.requests() + "; hold "
                                + settings.holdSeconds() + " s]"));
    }

    /** How a trial stood, without its counts; null when nothing is known of it. */
    @Nullable Standing standing(String pool, CanarySettings settings) {
        String rule = rule(settings);
        boolean known = false;
        int stage = 0;
        boolean passed = false;
        @Nullable String stopped = null;
        for (Ledger.Deed deed : deeds) {
            TrialTurn.Kind kind = kind(deed);
            if (kind == null
                    || !deed.detail().startsWith(pool + ": ")
                    || !deed.detail().endsWith(rule)) {
                continue;
            }
            String told =
                    deed.detail().substring(pool.length() + 2, deed.detail().length() - rule.length());
            known = true;
            switch (kind) {
                case BEGUN -> {
                    stage = 0;
                    passed = false;
                    stopped = null;
                }
                // Of several gateways the one that came furthest counts, and one that stopped it counts for all.
                case WIDENED -> stage = Math.max(stage, stage(told));
                case PASSED -> {
                    stage = Math.max(stage, stage(told));
                    passed = true;
                }
                case STOPPED -> stopped = told;
            }
        }
        return known
                ? new Standing(
                        Math.clamp(stage, 0, settings.stages() - 1),
                        0,
                        passed,
                        stopped,
                        Side.NOTHING,
                        Side.NOTHING,
                        Side.NOTHING)
                : null;
    }

    private static TrialTurn.@Nullable Kind kind(Ledger.Deed deed) {
        return Stream.of(TrialTurn.Kind.values())
                .filter(kind -> kind.action().equals(deed.action()))
                .findFirst()
                .orElse(null);
    }

    private static int stage(String told) {
        Matcher matcher = STAGE.matcher(told);
        return matcher.find() ? Integer.parseInt(matcher.group(1)) - 1 : 0;
    }
}
