package io.ampacity.simulator.replica;

import io.ampacity.physics.StepModel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The same scheduler written the plain way, as a check: one object a request, one loop turn a step, every block of the KV
 * cache counted anew. No prefix cache.
 */
final class NaiveEngine {

    static final class Sequence {
        final double arrival;
        final int prompt;
        final int output;
        int generated;
        int computed;
        int blocks;
        double first = Double.NaN;
        double last = Double.NaN;

        Sequence(double arrival, int prompt, int output) {
            this.arrival = arrival;
            this.prompt = prompt;
            this.output = output;
        }

        /** Tokens that must be computed before the next one can be sampled. */
        int target() {
            return prompt + generated;
        }
    }

    private final StepModel model;
    private final EngineSettings settings;
    private final List<Sequence> running = new ArrayList<>();
    private final Deque<Sequence> waiting = new ArrayDeque<>();
    /** Requests admitted whose prefill has not ended. */
    private final Set<Sequence> prefilling = new HashSet<>();

    private long free;
    long preemptions;
    double joules;
    double busySeconds;
    final List<Double> gaps = new ArrayList<>();

    NaiveEngine(StepModel model, EngineSettings settings) {
        this.model = model;
        this.settings = settings;
        free = model.kvTokens() / settings.blockSize();
    }

    /** Serves all requests, which come in order of arrival. */
    void serve(List<Sequence> requests) {
        double now = 0;
        int next = 0;
        while (next < requests.size() || !running.isEmpty() || !waiting.isEmpty()) {
            if (running.isEmpty() && waiting.isEmpty()) {
                now = Math.max(now, requests.get(next).arrival);
            }
            while (next < requests.size() && requests.get(next).arrival <= now) {
                waiting.add(requests.get(next++));
            }
            now = step(now);
        }
    }

    private double step(double now) {
        int budget = settings.maxBatchedTokens();
        List<Sequence> scheduled = new ArrayList<>();
        List<Integer> tokens = new ArrayList<>();
        boolean preempted = false;
        for (int i = 0; i < running.size() && budget > 0; i++) {
            Sequence sequence = running.get(i);
            int count = Math.min(budget, sequence.target() - sequence.computed);
            boolean gone = false;
            while (need(sequence, count) > free) {
                Sequence last = running.removeLast();
                preempted = true;
                preemptions++;
                free += last.blocks;
                last.blocks = 0;
                last.computed = 0;
                waiting.addFirst(last);
                if (last == sequence) {
                    gone = true;
                    break;
                }
            }
            if (gone) {
                break;
            }
            take(sequence, count);
            scheduled.add(sequence);
            tokens.add(count);
            budget -= prefilling.contains(sequence) ? count : 1 + settings.draftedTokens();
        }
        while (!preempted && !waiting.isEmpty() && budget > 0 && running.size() < settings.maxNumSeqs()) {
            Sequence sequence = waiting.peek();
            int hit = (int) (settings.prefixShare() * sequence.prompt) / settings.blockSize() * settings.blockSize();
            hit = Math.min(hit, (sequence.target() - 1) / settings.blockSize() * settings.blockSize());
            int count = Math.min(budget, sequence.target() - hit);
            long reserve = blocks(settings.reserveFullPrompt() ? sequence.target() : hit + count);
            if (reserve > free) {
                break;
            }
            waiting.remove();
            sequence.computed = hit;
            running.add(sequence);
            take(sequence, count);
            scheduled.add(sequence);
            tokens.add(count);
            budget -= count;
        }
        int prefill = 0;
        double pairs = 0;
        int decodes = 0;
        double context = 0;
        for (int i = 0; i < scheduled.size(); i++) {
            Sequence sequence = scheduled.get(i);
            if (!prefilling.contains(sequence)) {
                decodes++;
                context += sequence.computed;
            } else {
                int count = tokens.get(i);
                prefill += count;
                pairs += count * (sequence.computed + 0.5 * count);
            }
        }
        double seconds = model.stepSeconds(prefill, pairs, decodes, context);
        joules += model.stepJoules(prefill, pairs, decodes, context);
        busySeconds += seconds;
        double end = now + seconds;
        for (int i = 0; i < scheduled.size(); i++) {
            Sequence sequence = scheduled.get(i);
            sequence.computed += tokens.get(i);
            if (sequence.computed == sequence.target()) {
                prefilling.remove(sequence);
                sequence.generated++;
                if (sequence.generated == 1) {
                    sequence.first = end;
                } else {
                    gaps.add(end - sequence.last);
                }
                sequence.last = end;
                if (sequence.generated == sequence.output) {
                    free += sequence.blocks;
                    running.remove(sequence);
                }
            }
        }
        return end;
    }

    private long blocks(long tokens) {
        return (tokens + settings.blockSize() - 1) / settings.blockSize();
    }

    private long need(Sequence sequence, int count) {
        return blocks(sequence.computed + count) - sequence.blocks;
    }

    private void take(Sequence sequence, int count) {
        if (sequence.blocks == 0) {
            prefilling.add(sequence);
        }
        long need = need(sequence, count);
        free -= need;
        sequence.blocks += (int) need;
    }
}
