package io.ampacity.traces.model;

import io.ampacity.traces.RequestSource;
import io.ampacity.traces.model.TraceModel.Sessions;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Requests drawn from a {@link TraceModel}, one at a time.
 *
 * <p>Prefix blocks are not stored: the name of a block is a hash of its session and index, of the index alone within the
 * common prefix, and of the turn too where the block is not full. Sessions begin before time 0, unheard, so that the
 * trace starts with as many under way as it goes on with.
 */
final class Synthesis implements RequestSource {

    /** How many mean session lengths are played before time 0. */
    private static final double WARM_UP_SESSIONS = 3;

    private final TraceModel model;
    private final double seconds;
    private final long seed;
    private final @Nullable Sessions sessions;
    private final Distribution prompts;
    private final Distribution outputs;
    private final double normalCorrelation;
    private final double normalRest;
    private final double warmUpSeconds;
    private final PendingTurns pending = new PendingTurns();
    private Chance chance;
    private ArrivalProcess starts;
    private double nextStart;
    private long nextSession;
    private double arrival;
    private int prompt;
    private int output;
    private long session;
    private int turn;

    Synthesis(TraceModel model, double seconds, long seed) {
        if (!(seconds > 0)) {
            throw new IllegalArgumentException(
                    "a synthesised trace lasts " + seconds + " s; it must be above 0. Maybe the unit is seconds");
        }
        this.model = model;
        this.seconds = seconds;
        this.seed = seed;
        this.sessions = model.sessions().orElse(null);
        this.prompts = model.lengths().prompt();
        this.outputs = model.lengths().output();
        this.normalCorrelation =
                Math.clamp(2 * StrictMath.sin(Math.PI * model.lengths().rankCorrelation() / 6), -1.0, 1.0);
        this.normalRest = StrictMath.sqrt(1 - normalCorrelation * normalCorrelation);
        this.warmUpSeconds = sessions == null
                ? 0
                : WARM_UP_SESSIONS
                        * (sessions.meanTurns() - 1)
                        * sessions.pauseSeconds().mean();
        this.chance = new Chance(seed);
        this.starts = starts();
        this.nextStart = starts.next();
    }

    private ArrivalProcess starts() {
        double turns = sessions == null ? 1 : sessions.meanTurns();
        return new ArrivalProcess(
                model.arrivals(), model.arrivals().requestsPerSecond() / turns, -warmUpSeconds, chance);
    }

    @Override
    public boolean next() {
        do {
            if (pending.isEmpty() || nextStart < pending.time()) {
                begin();
            } else {
                resume();
            }
        } while (arrival < 0);
        double batch = model.arrivals().batchSeconds();
        if (batch > 0) {
            arrival = Math.ceil(arrival / batch) * batch;
        }
        return arrival < seconds;
    }

    private void begin() {
        arrival = nextStart;
        nextStart = starts.next();
        session = nextSession++;
        turn = 0;
        double first = chance.unit();
        double normal = normalCorrelation == 0 ? 0 : Normal.quantile(first);
        prompt = prompts.tokens(first, 1);
        double second = normalCorrelation == 0
                ? chance.unit()
                : Normal.below(normalCorrelation * normal + normalRest * chance.normal());
        output = outputs.tokens(second, 1);
        if (sessions != null) {
            prompt = Math.max(prompt, Math.min(sessions.commonPrefixTokens() + 1, sessions.maximumPromptTokens()));
            follow(sessions, chance.geometric(sessions.meanTurns()) - 1);
        }
    }

    private void resume() {
        Sessions known = Objects.requireNonNull(sessions);
        arrival = pending.time();
        session = pending.session();
        turn = pending.turn();
        int left = pending.turnsLeft();
        int context = pending.context();
        pending.remove();
        prompt = Math.addExact(context, known.newTokens().tokens(chance.unit(), 1));
        output = outputs.tokens(chance.unit(), 1);
        if (prompt > known.maximumPromptTokens()) {
            prompt = known.maximumPromptTokens();
            left = 0;
        }
        follow(known, left);
    }

    private void follow(Sessions known, int left) {
        long context = (long) prompt + output;
        if (left > 0 && context < known.maximumPromptTokens()) {
            double pause = known.pauseSeconds().quantile(chance.unit());
            pending.add(arrival + pause, session, turn + 1, left - 1, (int) context);
        }
    }

    @Override
    public double arrivalSeconds() {
        return arrival;
    }

    @Override
    public int promptTokens() {
        return prompt;
    }

    @Override
    public int outputTokens() {
        return output;
    }

    @Override
    public int prefixBlocks() {
        return sessions == null ? 0 : Math.ceilDiv(prompt, sessions.blockTokens());
    }

    @Override
    public long prefixBlock(int index) {
        Sessions known = Objects.requireNonNull(sessions);
        Objects.checkIndex(index, prefixBlocks());
        long end = (index + 1L) * known.blockTokens();
        if (end <= known.commonPrefixTokens()) {
            return mix(seed ^ mix(index));
        }
        long name = mix(seed ^ mix(index)) ^ mix(~session);
        return mix(end <= prompt ? name : name + turn + 1);
    }

    @Override
    public int prefixBlockTokens() {
        return sessions == null ? 0 : sessions.blockTokens();
    }

    @Override
    public long session() {
        return sessions == null ? UNKNOWN_SESSION : session;
    }

    @Override
    public void rewind() {
        chance = new Chance(seed);
        pending.clear();
        nextSession = 0;
        starts = starts();
        nextStart = starts.next();
    }

    @Override
    public void close() {
        // Nothing is held open.
    }

    private static long mix(long value) {
        long mixed = value + 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
