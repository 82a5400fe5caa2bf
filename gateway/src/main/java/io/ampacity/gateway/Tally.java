package io.ampacity.gateway;

import io.ampacity.gateway.settings.CanarySettings;
import io.ampacity.ledger.Trials.Side;
import io.ampacity.ledger.Trials.Standing;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a trial stands after one more look, and what that changed. The pools on trial are compared over so many of their requests, then
 * anew, so that one that becomes worse later is found too. What was not worse over a whole count gets its next share, once it has
 * had this one for long enough.
 *
 * @param turn null when nothing changed but counts
 */
record Tally(Standing standing, @Nullable TrialTurn turn) {

    /**
     * Adds what both sides did since the last look.
     *
     * @param mayGrow whether a next share may be earned
     */
    static Tally of(CanarySettings settings, Standing before, Side own, Side others, boolean mayGrow) {
        if (before.verdict() != null) {
            return new Tally(before, null);
        }
        // With all requests on trial only what failed there comes to the others, which is nothing to compare with.
        boolean beside = settings.share(before.stage()) < 1;
        Standing now = with(
                before,
                before.own().plus(own),
                beside ? before.others().plus(others) : before.others(),
                before.before());
        if (own.ended() == 0) {
            return new Tally(now, null);
        }
        String verdict = judged(settings, now);
        if (verdict != null) {
            return new Tally(
                    new Standing(
                            now.stage(),
                            now.stageSeconds(),
                            now.passed(),
                            verdict,
                            now.own(),
                            now.others(),
                            now.before()),
                    new TrialTurn(TrialTurn.Kind.STOPPED, verdict));
        }
        if (now.own().ended() < settings.requests()) {
            return new Tally(now, null);
        }
        boolean whole = now.others().ended() >= settings.requests();
        Standing anew =
                with(now, Side.NOTHING, whole ? Side.NOTHING : now.others(), whole ? now.others() : now.before());
        return mayGrow && hasShown(settings, now) ? grown(settings, now, anew) : new Tally(anew, null);
    }

    private static Standing with(Standing one, Side own, Side others, Side before) {
        return new Standing(one.stage(), one.stageSeconds(), one.passed(), one.verdict(), own, others, before);
    }

    /** What is compared with: the others over their last whole count while this one is small. */
    private static Side compared(CanarySettings settings, Standing standing) {
        return standing.before().ended() > 0 && standing.others().ended() < settings.requests()
                ? standing.before()
                : standing.others();
    }

    /** Failures that its whole count may have and not be worse than the others. */
    private static double allowed(CanarySettings settings, Standing standing) {
        Side rest = compared(settings, standing);
        long count = Math.max(settings.requests(), standing.own().ended());
        return rest.ended() == 0 ? 0 : settings.worseBy() * rest.failed() / rest.ended() * count;
    }

    /** Whether a whole count that did not stop it earns more. */
    private static boolean hasShown(CanarySettings settings, Standing standing) {
        return settings.stages() > 1
                && !standing.passed()
                && compared(settings, standing).ended() >= settings.requests()
                && standing.own().failed() <= allowed(settings, standing)
                && standing.stageSeconds() >= settings.holdSeconds();
    }

    private static Tally grown(CanarySettings settings, Standing now, Standing anew) {
        Side rest = compared(settings, now);
        String earned = String.format(
                Locale.ROOT,
                ", after %d of %d requests failed; of the others %d of %d",
                now.own().failed(),
                now.own().ended(),
                rest.failed(),
                rest.ended());
        boolean last = now.stage() + 1 == settings.stages();
        int stage = last ? now.stage() : now.stage() + 1;
        return new Tally(
                new Standing(
                        stage, last ? now.stageSeconds() : 0, last, null, anew.own(), anew.others(), anew.before()),
                new TrialTurn(
                        last ? TrialTurn.Kind.PASSED : TrialTurn.Kind.WIDENED, Trial.place(settings, stage) + earned));
    }

    private static @Nullable String judged(CanarySettings settings, Standing standing) {
        Side own = standing.own();
        Side rest = compared(settings, standing);
        // So many failures are too many even if all that is left of the count went well: nobody waits for that.
        if (own.failed() >= CanarySettings.FEWEST_FAILURES && own.failed() > allowed(settings, standing)) {
            return String.format(
                    Locale.ROOT,
                    "%d of %d requests failed; of the others %d of %d",
                    own.failed(),
                    own.ended(),
                    rest.failed(),
                    rest.ended());
        }
        if (own.ended() >= settings.requests()
                && own.firstTokens() > 0
                && rest.firstTokens() > 0
                && own.meanFirstToken() > settings.worseBy() * rest.meanFirstToken()) {
            return String.format(
                    Locale.ROOT,
                    "the first token takes %.3g s; that of the others %.3g s",
                    own.meanFirstToken(),
                    rest.meanFirstToken());
        }
        return null;
    }

    /** How it stands, in words. */
    static String state(CanarySettings settings, Standing standing) {
        if (standing.verdict() != null) {
            return "stopped: " + standing.verdict();
        }
        return settings.stages() == 1
                ? "on trial"
                : String.format(
                        Locale.ROOT,
                        "%s: %s; %d of %d requests compared",
                        standing.passed() ? "passed" : "on trial",
                        Trial.place(settings, standing.stage()),
                        standing.own().ended(),
                        settings.requests());
    }
}
