package io.ampacity.physics.estimate;

import io.ampacity.physics.ServingStepModel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Clients that each send their next request when the last one ends, served by workers that read prompts and others that
 * decode.
 *
 * <p>Idea: a prompt waits for a free prefill worker, which takes as many waiting prompts as its batch holds. Their keys and
 * values then cross the link to the decoding worker with the fewest sequences, which lets them in at its next step when it
 * has room. Between two events a decoding worker takes steps of the same sequences, and their times are summed in closed
 * form, as in {@link ClosedLoop}.
 *
 * <p>A mutable machine for one run; not thread-safe.
 */
final class SplitLoop {

    /** Means over a run. */
    record Result(
            double firstTokenSeconds,
            double tokenSeconds,
            double endToEndSeconds,
            double outputTokensPerSecond,
            double watts,
            double prefillBusy,
            double runningSequences) {}

    private static final class Request {
        private final double arrival;
        private final int prompt;
        private final int output;
        private double firstToken;
        private double lastStep;

        Request(double arrival, int prompt, int output) {
            this.arrival = arrival;
            this.prompt = prompt;
            this.output = output;
        }
    }

    /** Something that happens at a time; ties are taken in the order they were planned. */
    private record Event(double time, long order, Runnable action) implements Comparable<Event> {

        @Override
        public int compareTo(Event other) {
            int byTime = Double.compare(time, other.time);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    private final class Decoder {
        private final PriorityQueue<Request> running =
                new PriorityQueue<>((left, right) -> Double.compare(left.lastStep, right.lastStep));
        private final ArrayDeque<Request> waiting = new ArrayDeque<>();
        private double since;
        private double steps;
        private double context;
        private double reserved;
        private long plan;

        int sequences() {
            return running.size() + waiting.size();
        }

        /** Takes the steps that have begun before a time; a newcomer waits for the last of them to end. */
        private void advance(double time) {
            int count = running.size();
            if (count == 0) {
                since = Math.max(since, time);
                return;
            }
            double left = running.peek().lastStep - steps;
            double jump = Math.min(left, Math.ceil(stepsIn(time - since) - 1e-9));
            if (jump > 0) {
                double seconds = secondsOf(jump, count);
                joules += decode.stepChipJoules(0, 0, count, context + count * (jump - 1) / 2) * jump;
                decodeBusy += seconds;
                runningSeconds += seconds * count;
                since += seconds;
                steps += jump;
                context += jump * count;
            }
        }

        private double secondsOf(double jump, int count) {
            return jump * decode.decodeBaseSeconds(count)
                    + decode.decodeSecondsPerContextToken(count) * (jump * context + count * (jump * (jump - 1) / 2));
        }

        private double stepsIn(double seconds) {
            if (seconds <= 0) {
                return 0;
            }
            int count = running.size();
            double half = decode.decodeSecondsPerContextToken(count) * count / 2;
            double first =
                    decode.decodeBaseSeconds(count) + decode.decodeSecondsPerContextToken(count) * context - half;
            return half <= 0 ? seconds / first : (Math.sqrt(first * first + 4 * half * seconds) - first) / (2 * half);
        }

        void join(Request request) {
            advance(now);
            waiting.add(request);
            admit();
            plan();
        }

        private void admit() {
            while (!waiting.isEmpty()) {
                double room = waiting.getFirst().prompt + (double) waiting.getFirst().output;
                if (!running.isEmpty() && reserved + room > decode.kvTokens()) {
                    return;
                }
                Request request = waiting.removeFirst();
                reserved += room;
                request.firstToken = Math.max(now, since) + decode.tokenOverheadSeconds();
                request.lastStep = steps + Math.max(1, request.output - 1);
                context += request.prompt + 1.0;
                running.add(request);
            }
        }

        private void plan() {
            long current = ++plan;
            if (!running.isEmpty()) {
                double end = since + secondsOf(running.peek().lastStep - steps, running.size());
                at(end, () -> {
                    if (plan == current) {
                        finish();
                    }
                });
            }
        }

        private void finish() {
            advance(now);
            while (!running.isEmpty() && running.peek().lastStep <= steps + 1e-6) {
                Request request = running.remove();
                context -= request.prompt + (double) Math.max(2, request.output);
                reserved -= request.prompt + (double) request.output;
                complete(request, now + decode.tokenOverheadSeconds());
            }
            admit();
            plan();
        }
    }

    private final ServingStepModel prefill;
    private final ServingStepModel decode;
    private final Lengths lengths;
    private final int prefillWorkers;
    private final int batchedTokens;
    private final double transferSecondsPerToken;
    private final int clients;
    private final int total;

    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final ArrayDeque<Request> queue = new ArrayDeque<>();
    private final List<Decoder> decoders = new ArrayList<>();
    private long order;
    private double now;
    private int idle;
    private int issued;
    private int completed;
    private double joules;
    private double prefillBusy;
    private double decodeBusy;
    private double runningSeconds;
    private double firstSum;
    private double tokenSum;
    private int tokenSamples;
    private double endSum;
    private double outputs;

    SplitLoop(
            ServingStepModel prefill,
            int prefillWorkers,
            int batchedTokens,
            ServingStepModel decode,
            int decodeWorkers,
            double transferSecondsPerToken,
            Lengths lengths,
            int clients,
            int total) {
        this.prefill = prefill;
        this.prefillWorkers = prefillWorkers;
        this.batchedTokens = batchedTokens;
        this.decode = decode;
        this.transferSecondsPerToken = transferSecondsPerToken;
        this.lengths = lengths;
        this.clients = clients;
        this.total = total;
        idle = prefillWorkers;
        for (int worker = 0; worker < decodeWorkers; worker++) {
            decoders.add(new Decoder());
        }
    }

    Result run() {
        for (int client = 0; client < Math.min(clients, total); client++) {
            issue(0);
        }
        while (completed < total) {
            Event next = events.remove();
            now = next.time();
            next.action().run();
        }
        double idleJoules = prefill.chipIdleWatts() * (prefillWorkers * now - prefillBusy)
                + decode.chipIdleWatts() * (decoders.size() * now - decodeBusy);
        return new Result(
                firstSum / total,
                tokenSamples == 0 ? 0 : tokenSum / tokenSamples,
                endSum / total,
                outputs / now,
                (joules + Math.max(0, idleJoules)) / now,
                prefillBusy / (prefillWorkers * now),
                runningSeconds / (decoders.size() * now));
    }

    private void at(double time, Runnable action) {
        events.add(new Event(Math.max(now, time), order++, action));
    }

    private void issue(double when) {
        if (issued < total) {
            Request request = new Request(when, lengths.prompt(issued), lengths.output(issued, 0));
            issued++;
            double reading = request.prompt * prefill.readingSecondsPerToken();
            at(when + prefill.arrivalOverheadSeconds() + reading, () -> {
                queue.add(request);
                read();
            });
        }
    }

    /** Lets a free prefill worker read what waits, as far as its batch holds; a long prompt is read alone. */
    private void read() {
        if (idle == 0 || queue.isEmpty()) {
            return;
        }
        idle--;
        List<Request> batch = new ArrayList<>();
        int tokens = 0;
        double pairs = 0;
        while (!queue.isEmpty() && (batch.isEmpty() || tokens + queue.getFirst().prompt <= batchedTokens)) {
            Request request = queue.removeFirst();
            batch.add(request);
            tokens += request.prompt;
            pairs += request.prompt * (request.prompt / 2.0);
        }
        double seconds = prefill.stepSeconds(tokens, pairs, 0, 0);
        joules += prefill.stepChipJoules(tokens, pairs, 0, 0);
        prefillBusy += seconds;
        at(now + seconds, () -> {
            idle++;
            for (Request request : batch) {
                at(
                        now + request.prompt * transferSecondsPerToken,
                        () -> leastLoaded().join(request));
            }
            read();
        });
    }

    private Decoder leastLoaded() {
        Decoder least = decoders.getFirst();
        for (Decoder decoder : decoders) {
            if (decoder.sequences() < least.sequences()) {
                least = decoder;
            }
        }
        return least;
    }

    private void complete(Request request, double end) {
        firstSum += request.firstToken - request.arrival;
        endSum += end - request.arrival;
        outputs += request.output;
        if (request.output > 1) {
            tokenSum += (end - request.firstToken) / (request.output - 1);
            tokenSamples++;
        }
        completed++;
        issue(end);
    }
}
