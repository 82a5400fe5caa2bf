package io.ampacity.gateway;

import io.ampacity.gateway.metering.AttemptRecord;
import io.ampacity.gateway.settings.CanarySettings;
import io.ampacity.ledger.Trials.Side;
import io.ampacity.ledger.Trials.Standing;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A trial that this gateway judges by what it sees itself. Thread-safe. */
final class LoneTrial implements Trial {

    private static final double NANOS = 1e9;

    private final CanarySettings settings;
    private final LongSupplier nanos;
    private Standing standing;
    private long stageBegan;

    /** @param first how it stands; its counts begin anew */
    LoneTrial(CanarySettings settings, Standing first, LongSupplier nanos) {
        this.settings = settings;
        this.nanos = nanos;
        standing = first;
        stageBegan = nanos.getAsLong();
    }

    LoneTrial(CanarySettings settings, LongSupplier nanos) {
        this(settings, Standing.NEW, nanos);
    }

    /** One of which nothing is known. */
    static Trial begin(String canary, CanarySettings settings) {
        return new LoneTrial(settings, System::nanoTime);
    }

    @Override
    public CanarySettings settings() {
        return settings;
    }

    @Override
    public synchronized @Nullable String verdict() {
        return standing.verdict();
    }

    @Override
    public synchronized double share() {
        return settings.share(standing.stage());
    }

    @Override
    public synchronized String state() {
        return Tally.state(settings, standing);
    }

    @Override
    public synchronized @Nullable TrialTurn add(AttemptRecord attempt, boolean ofCanary, boolean stream) {
        Side said = Trial.said(attempt, stream);
        return said == null ? null : add(ofCanary ? said : Side.NOTHING, ofCanary ? Side.NOTHING : said, true);
    }

    /** Adds what both sides did; what that changed. */
    synchronized @Nullable TrialTurn add(Side own, Side others, boolean mayGrow) {
        long now = nanos.getAsLong();
        Standing aged = new Standing(
                standing.stage(),
                (now - stageBegan) / NANOS,
                standing.passed(),
                standing.verdict(),
                standing.own(),
                standing.others(),
                standing.before());
        Tally tally = Tally.of(settings, aged, own, others, mayGrow);
        if (tally.standing().stage() != standing.stage()) {
            stageBegan = now;
        }
        standing = tally.standing();
        return tally.turn();
    }
}
