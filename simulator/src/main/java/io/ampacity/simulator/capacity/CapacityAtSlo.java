package io.ampacity.simulator.capacity;

import io.ampacity.physics.StepModel;
import io.ampacity.scenario.ServiceLevelObjective;
import io.ampacity.scenario.Traffic;
import io.ampacity.simulator.capacity.ServingCapacity.Binding;
import io.ampacity.simulator.capacity.ServingCapacity.LoadPoint;
import io.ampacity.simulator.replica.EngineSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The highest rate of requests at which one replica keeps its objective: simulated, not estimated, so that queueing,
 * batching, bursts and the KV cache are in it. Deterministic by seed. Thread-safe.
 */
public final class CapacityAtSlo {

    /*
     * How the rate is found. First the rate at which the replica ends requests when it is never out of work: more can
     * never be sustained, however long users wait. Below it, the share of requests that attain the objective falls with
     * the rate; bisection on a short sample brackets the rate where it crosses the promise, bisection on the whole sample
     * narrows the bracket. All runs use the same requests and the same unit gaps (common random numbers), so that the
     * share is monotone but for the discreteness of steps. A run ends as soon as too many requests have missed, which
     * makes the runs above the answer the cheap ones.
     */

    /** A replica cannot live at its very limit: queues would grow without bound by chance alone. */
    private static final double MOST_OF_SATURATION = 0.98;

    private static final double[] CURVE = {0.1, 0.25, 0.5, 0.75, 1};
    private static final int SHORT = 600;
    private static final double ROUGH = 1.12;
    private static final double FINE = 1.01;
    /** Below this part of the saturated rate a replica serves single requests; a lower rate changes nothing more. */
    private static final double LEAST_OF_SATURATION = 1.0 / 512;

    private CapacityAtSlo() {}

    /** The capacity with vLLM's settings for large chips. */
    public static ServingCapacity of(
            StepModel model, Traffic traffic, ServiceLevelObjective objective, double roundTripSeconds, long seed) {
        return of(model, traffic, objective, roundTripSeconds, seed, EngineSettings.LARGE);
    }

    /**
     * The capacity of one replica.
     *
     * @param traffic its lengths, burstiness and prefix share; the rate in it does not matter
     * @param roundTripSeconds network round trip, which is part of TTFT
     */
    public static ServingCapacity of(
            StepModel model,
            Traffic traffic,
            ServiceLevelObjective objective,
            double roundTripSeconds,
            long seed,
            EngineSettings engine) {
        return new Search(model, traffic, objective, roundTripSeconds, seed, engine).run();
    }

    private static final class Search {

        private final StepModel model;
        private final Trial trial;
        private final double promise;
        private final int size;
        private final int shortSize;

        Search(
                StepModel model,
                Traffic traffic,
                ServiceLevelObjective objective,
                double roundTripSeconds,
                long seed,
                EngineSettings settings) {
            this.model = model;
            EngineSettings engine = settings.withPrefixShare(traffic.prefixShare());
            double footprint =
                    traffic.promptTokens().mean() + traffic.outputTokens().mean();
            long room = engine.kvTokens() > 0 ? engine.kvTokens() : model.kvTokens();
            int concurrency = (int) Math.clamp(room / footprint, 1, engine.maxNumSeqs());
            size = 1500 + 2 * concurrency;
            shortSize = Math.min(size, SHORT + 2 * concurrency);
            SplittableRandom random = new SplittableRandom(seed);
            double overhead = roundTripSeconds + model.arrivalOverheadSeconds() + model.tokenOverheadSeconds();
            promise = objective.attainment();
            trial = new Trial(
                    model,
                    engine,
                    Lengths.arrivals(traffic.burstiness(), size, random),
                    Lengths.draw(traffic.promptTokens(), size, random),
                    Lengths.draw(traffic.outputTokens(), size, random),
                    objective.timeToFirstToken() == null
                            ? Double.POSITIVE_INFINITY
                            : objective.timeToFirstToken().seconds() - overhead,
                    objective.timePerOutputToken() == null
                            ? Double.POSITIVE_INFINITY
                            : objective.timePerOutputToken().seconds());
        }

        ServingCapacity run() {
            double most = MOST_OF_SATURATION * trial.saturatedRate(shortSize);
            if (!(most > 0) || Double.isInfinite(most)) {
                return unreachable();
            }
            if (holds(most, size)) {
                return at(most, true);
            }
            double low = most * LEAST_OF_SATURATION;
            double high = most;
            if (!holds(low, shortSize)) {
                return unreachable();
            }
            while (high / low > ROUGH) {
                double middle = Math.sqrt(low * high);
                if (holds(middle, shortSize)) {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            // The short sample may be off to either side; the whole one has the word.
            double step = ROUGH;
            while (low > most * LEAST_OF_SATURATION && !holds(low, size)) {
                high = low;
                low /= step;
                step *= step;
            }
            step = ROUGH;
            while (high < most && holds(high, size)) {
                low = high;
                high = Math.min(most, high * step);
                step *= step;
            }
            while (high / low > FINE) {
                double middle = Math.sqrt(low * high);
                if (holds(middle, size)) {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            return at(low, false);
        }

        private boolean holds(double rate, int requests) {
            int counted = requests - Math.min(size / 5, requests - 1);
            trial.run(rate, requests, (int) Math.floor((1 - promise) * counted + 1e-9));
            return trial.attainment() >= promise - 1e-12;
        }

        private ServingCapacity at(double rate, boolean saturated) {
            Binding binding = binding(rate, saturated);
            List<LoadPoint> curve = new ArrayList<>();
            for (double part : CURVE) {
                trial.run(rate * part, part < 1 ? shortSize : size, Integer.MAX_VALUE);
                curve.add(new LoadPoint(rate * part, trial.meanWatts(), trial.utilisation()));
            }
            return new ServingCapacity(
                    rate, binding, trial.attainment(), trial.utilisation(), trial.peakKvUse, model.idleWatts(), curve);
        }

        /** What is missed just above the rate. */
        private Binding binding(double rate, boolean saturated) {
            trial.run(rate * 1.05, size, Integer.MAX_VALUE);
            boolean full = trial.peakKvUse > 0.97;
            if (saturated) {
                return full ? Binding.KV_ROOM : Binding.THROUGHPUT;
            }
            if (trial.missedPace > trial.missedFirst) {
                return Binding.TIME_PER_OUTPUT_TOKEN;
            }
            return full ? Binding.KV_ROOM : Binding.TIME_TO_FIRST_TOKEN;
        }

        private ServingCapacity unreachable() {
            return new ServingCapacity(0, Binding.UNREACHABLE, 0, 0, 0, model.idleWatts(), List.of());
        }
    }
}
