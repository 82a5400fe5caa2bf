package io.ampacity.emulator;

import io.ampacity.physics.StepModel;
import io.ampacity.sockets.Loops;
import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * One replica that runs all its sequences in a common batch: each iteration reads prompts up to the engine's limit and
 * writes one token of every sequence whose prompt was read; it lasts as long as the step model says. Sequences wait while
 * the KV cache has no room for them whole. All state belongs to one event loop.
 */
final class BatchEngine implements Engine {

    private static final double NANOS = 1e9;

    private final StepModel model;
    private final Pace.OfReplica pace;
    private final EventLoop loop;
    private final ArrayDeque<Member> waiting = new ArrayDeque<>();
    private final List<Member> running = new ArrayList<>();
    private long reservedTokens;
    private boolean stepping;

    private static final class Member {
        private final Sequence sequence;
        private int unread;
        private int written;

        Member(Sequence sequence) {
            this.sequence = sequence;
            unread = Math.max(1, sequence.promptTokens() - sequence.cachedTokens());
        }

        int room() {
            return sequence.promptTokens() + sequence.outputTokens();
        }

        int read() {
            return sequence.promptTokens() - unread;
        }
    }

    BatchEngine(Pace.OfReplica pace, EventLoop loop) {
        this.model = pace.model();
        this.pace = pace;
        this.loop = loop;
    }

    @Override
    public void start(Sequence sequence) {
        long overhead =
                nanos(model.arrivalOverheadSeconds() + sequence.promptTokens() * model.readingSecondsPerToken());
        Loops.after(loop, overhead, () -> arrive(sequence));
    }

    private void arrive(Sequence sequence) {
        waiting.add(new Member(sequence));
        if (!stepping) {
            stepping = true;
            step();
        }
    }

    private void step() {
        drop();
        admit();
        int budget = pace.limits().batchedTokens();
        int prefill = 0;
        double pairs = 0;
        int decoding = 0;
        double context = 0;
        for (Member member : running) {
            if (member.unread == 0) {
                decoding++;
                context += member.read() + member.written;
            }
        }
        boolean readsPrompts = running.stream().anyMatch(member -> member.unread > 0);
        if (readsPrompts && !pace.limits().mixesPrefill()) {
            decoding = 0;
            context = 0;
        }
        List<Member> finishes = new ArrayList<>();
        for (Member member : running) {
            if (member.unread > 0) {
                int chunk = Math.min(member.unread, budget - decoding - prefill);
                if (chunk <= 0) {
                    break;
                }
                pairs += chunk * (member.read() + chunk / 2.0);
                prefill += chunk;
                member.unread -= chunk;
                if (member.unread == 0) {
                    finishes.add(member);
                }
            } else if (decoding > 0) {
                finishes.add(member);
            }
        }
        if (prefill == 0 && decoding == 0) {
            stepping = false;
            return;
        }
        double seconds = model.stepSeconds(prefill, pairs, decoding, context);
        Loops.after(loop, nanos(seconds), () -> ended(finishes));
    }

    private void ended(List<Member> members) {
        for (Member member : members) {
            member.written++;
            member.sequence.loop().execute(member.sequence::token);
        }
        step();
    }

    private void drop() {
        Iterator<Member> each = running.iterator();
        while (each.hasNext()) {
            Member member = each.next();
            if (member.written >= member.sequence.outputTokens() || member.sequence.isOver()) {
                reservedTokens -= member.room();
                each.remove();
            }
        }
        waiting.removeIf(member -> member.sequence.isOver());
    }

    private void admit() {
        while (!waiting.isEmpty() && running.size() < pace.limits().sequences()) {
            Member first = waiting.getFirst();
            if (!running.isEmpty() && reservedTokens + first.room() > model.kvTokens()) {
                return;
            }
            reservedTokens += first.room();
            running.add(waiting.removeFirst());
        }
    }

    private long nanos(double seconds) {
        return (long) (seconds * pace.timeScale() * NANOS);
    }
}
