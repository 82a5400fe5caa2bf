package io.ampacity.physics.estimate;

import io.ampacity.physics.EngineLimits;
import io.ampacity.physics.ServingStepModel;
import java.util.ArrayDeque;
import java.util.PriorityQueue;

/**
 * Clients that each send their next request when the last one ends, served by one replica with continuous batching.
 *
 * <p>Idea: mean-field formulas miss what sets the time to first token in such a loop. All clients start at once, so
 * prompts come in bursts that the scheduler keeps together. The loop is therefore replayed step by step, with the
 * engine's own batching rule and no chance in it. Between two events (a prompt arrives, a sequence ends) all steps
 * decode the same sequences, their times grow evenly, and their sum is taken in closed form; so the cost is a few
 * hundred nanoseconds a request, whatever its length.
 *
 * <p>The front end takes requests one after another, so those that arrive together reach the scheduler spread out, as they
 * do behind a real server.
 *
 * <p>A mutable machine for one run; not thread-safe.
 */
final class ClosedLoop {

    /** What was seen over the whole run. */
    record Result(
            double firstWaveTokenSeconds,
            double laterFirstTokenSeconds,
            double meanTokenSeconds,
            double meanEndToEndSeconds,
            double outputTokensPerSecond,
            double watts,
            double meanRunning,
            boolean waitedForRoom,
            int firstPrompt) {

        /** Mean over a run in which each client sends this many requests: the burst of the first wave thins out. */
        double meanFirstTokenSeconds(int waves) {
            return (firstWaveTokenSeconds + (waves - 1) * laterFirstTokenSeconds) / waves;
        }
    }

    /** A request in the replica. */
    private static final class Request {
        private final double arrival;
        private final double ready;
        private final int prompt;
        private final int output;
        private int read;
        private double firstToken;
        private long lastStep;

        Request(double arrival, double ready, int prompt, int output) {
            this.arrival = arrival;
            this.ready = ready;
            this.prompt = prompt;
            this.output = output;
        }
    }

    /** Time the front end is busy with one request; the rest of its latency overlaps with others'. */
    private static final double FRONT_END_SECONDS = 1e-3;

    /**
     * What each open request delays one that arrives: a benchmark's clients share a process, and those whose requests end
     * together come back together. Servers of requests that come by chance show nothing of it.
     */
    private static final double OPEN_CLIENT_SECONDS = 0.5e-3;

    /**
     * How far outputs are stretched and shortened around their length on engines that mix prompts with decoding: a request
     * that arrives alone is read at once, so that waves even of equal requests lose step, while engines that stop
     * decoding keep them together.
     */
    private static final double LOST_STEP = 0.2;

    private final ServingStepModel model;
    private final EngineLimits limits;
    private final Lengths lengths;
    private final double lostStep;
    private final int clients;
    private final int total;
    private final double reservedOutput;
    private final int admissionSteps;

    private final ArrayDeque<Request> waiting = new ArrayDeque<>();
    private final ArrayDeque<Request> prefilling = new ArrayDeque<>();
    private final PriorityQueue<Request> decoding =
            new PriorityQueue<>((left, right) -> Long.compare(left.lastStep, right.lastStep));

    private double now;
    private double frontEndFree;
    private double joules;
    private long steps;
    private double context;
    private double reserved;
    private int issued;
    private int completed;
    private double firstWaveSum;
    private double laterSum;
    private double tokenSum;
    private int tokenSamples;
    private double endToEndSum;
    private double outputSum;
    private double runningSeconds;
    private boolean waitedForRoom;

    /**
     * @param reservedOutput share of its output for which a request needs room before it is let in
     * @param admissionSteps decoding steps that a request waits before the engine looks at it
     */
    ClosedLoop(
            ServingStepModel model,
            EngineLimits limits,
            Lengths lengths,
            int clients,
            int total,
            double reservedOutput,
            int admissionSteps) {
        this.model = model;
        this.limits = limits;
        this.lengths = lengths;
        this.lostStep = limits.mixesPrefill() ? LOST_STEP : 0;
        this.clients = clients;
        this.total = total;
        this.reservedOutput = reservedOutput;
        this.admissionSteps = admissionSteps;
        for (int client = 0; client < clients; client++) {
            issue(0);
        }
    }

    private void issue(double when) {
        if (issued < total) {
            frontEndFree = Math.max(frontEndFree, when) + FRONT_END_SECONDS;
            int prompt = lengths.prompt(issued);
            int open = waiting.size() + prefilling.size() + decoding.size();
            waiting.add(new Request(
                    when,
                    frontEndFree
                            + model.arrivalOverheadSeconds()
                            + prompt * model.readingSecondsPerToken()
                            + open * OPEN_CLIENT_SECONDS
                            + admissionSeconds(),
                    prompt,
                    lengths.output(issued, lostStep)));
            issued++;
        }
    }

    private double admissionSeconds() {
        return admissionSteps == 0 || decoding.isEmpty()
                ? 0
                : admissionSteps * model.stepSeconds(0, 0, decoding.size(), context);
    }

    private void steps(int requests) {
        while (completed < requests) {
            admit();
            if (!prefilling.isEmpty()) {
                prefillStep();
            } else if (!decoding.isEmpty()) {
                decodeSteps();
            } else {
                now = Math.max(now, waiting.getFirst().ready);
            }
        }
    }

    Result run() {
        steps(total);
        return new Result(
                firstWaveSum / clients,
                total > clients ? laterSum / (total - clients) : firstWaveSum / clients,
                tokenSamples == 0 ? 0 : tokenSum / tokenSamples,
                endToEndSum / total,
                outputSum / now,
                joules / now,
                runningSeconds / now,
                waitedForRoom,
                lengths.prompt(0));
    }

    private double roomFor(Request request) {
        return request.prompt + reservedOutput * request.output;
    }

    private void admit() {
        while (!waiting.isEmpty()) {
            Request next = waiting.getFirst();
            if (next.ready > now) {
                return;
            }
            boolean alone = decoding.isEmpty() && prefilling.isEmpty();
            boolean room = reserved + roomFor(next) <= model.kvTokens();
            boolean seat = decoding.size() + prefilling.size() < limits.sequences();
            if (!alone && !(room && seat)) {
                waitedForRoom = true;
                return;
            }
            waiting.removeFirst();
            reserved += roomFor(next);
            prefilling.add(next);
        }
    }

    private void prefillStep() {
        int sequences = limits.mixesPrefill() ? decoding.size() : 0;
        int budget = Math.max(64, limits.batchedTokens() - sequences);
        int tokens = 0;
        double pairs = 0;
        ArrayDeque<Request> done = new ArrayDeque<>();
        while (!prefilling.isEmpty() && tokens < budget) {
            Request request = prefilling.getFirst();
            int left = request.prompt - request.read;
            int chunk = limits.splitsPrompts() ? Math.min(budget - tokens, left) : left;
            if (tokens > 0 && chunk > budget - tokens) {
                break;
            }
            tokens += chunk;
            pairs += chunk * (request.read + chunk / 2.0);
            request.read += chunk;
            if (request.read < request.prompt) {
                break;
            }
            done.add(prefilling.removeFirst());
        }
        double decodeContext = limits.mixesPrefill() ? context : 0;
        double seconds = model.stepSeconds(tokens, pairs, sequences, decodeContext);
        joules += model.stepChipJoules(tokens, pairs, sequences, decodeContext);
        runningSeconds += seconds * decoding.size();
        now += seconds;
        if (limits.mixesPrefill()) {
            steps++;
            context += sequences;
            finish();
        }
        for (Request request : done) {
            request.firstToken = now + model.tokenOverheadSeconds();
            if (request.arrival == 0) {
                firstWaveSum += request.firstToken;
            } else {
                laterSum += request.firstToken - request.arrival;
            }
            request.lastStep = steps + request.output - 1;
            decoding.add(request);
            context += request.prompt;
        }
        finish();
    }

    private void decodeSteps() {
        int sequences = decoding.size();
        double base = model.decodeBaseSeconds(sequences);
        double slope = model.decodeSecondsPerContextToken(sequences);
        long jump = decoding.peek().lastStep - steps;
        if (!waiting.isEmpty()) {
            double until = waiting.getFirst().ready - now;
            if (until > 0) {
                jump = Math.min(jump, (long) Math.ceil(until / (base + slope * context)));
            }
        }
        jump = Math.max(1, jump);
        double contexts = jump * context + sequences * (jump * (jump - 1) / 2.0);
        double seconds = jump * base + slope * contexts;
        joules += model.stepChipJoules(0, 0, sequences, contexts / jump) * jump;
        runningSeconds += seconds * sequences;
        now += seconds;
        steps += jump;
        context += jump * sequences;
        finish();
    }

    private void finish() {
        while (!decoding.isEmpty() && decoding.peek().lastStep <= steps) {
            Request request = decoding.remove();
            context -= request.prompt + request.output - 1.0;
            reserved -= roomFor(request);
            double end = now + model.tokenOverheadSeconds();
            if (request.output > 1) {
                tokenSum += (end - request.firstToken) / (request.output - 1);
                tokenSamples++;
            }
            endToEndSum += end - request.arrival;
            outputSum += request.output;
            completed++;
            issue(end);
        }
    }
}
