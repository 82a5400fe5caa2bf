package io.ampacity.simulator.calibration;

import io.ampacity.facts.Chip;
import io.ampacity.physics.StepModel;
import io.ampacity.physics.calibration.TraceReplay;
import io.ampacity.physics.measurement.MeasuredTrace;
import io.ampacity.simulator.RequestSink;
import io.ampacity.simulator.Simulation;
import io.ampacity.simulator.fleet.Fleet;
import io.ampacity.simulator.replica.EngineSettings;
import io.ampacity.traces.RequestList;
import java.util.Map;
import java.util.function.Function;

/**
 * Serves a measured run again on one replica, by the same code that simulates fleets, so that what was fitted on a run
 * holds in a simulation of it.
 *
 * @param chips finds the chip of a run by its name
 */
public record ServedAgain(Function<String, Chip> chips) implements TraceReplay {

    @Override
    public double[][] times(MeasuredTrace trace, StepModel model) {
        RequestList requests = new RequestList();
        for (int i = 0; i < trace.requests(); i++) {
            requests.add(trace.arrivals()[i], trace.prompts()[i], trace.outputs()[i]);
        }
        double[][] times = new double[trace.requests()][2];
        RequestSink sink = (workload, id, arrival, firstToken, lastToken, prompt, output, pool) -> {
            times[(int) id][0] = firstToken - arrival;
            times[(int) id][1] = lastToken - arrival;
        };
        Simulation.of(Fleet.onePool(model, 1, settings(trace), null)).run(Map.of("requests", requests.source()), sink);
        return times;
    }

    /** The engine as the run had it set; what is unknown takes the chip's defaults. */
    private EngineSettings settings(MeasuredTrace trace) {
        EngineSettings usual = EngineSettings.forChip(chips.apply(trace.chip()));
        int tokens = trace.batchedTokens() > 0 ? trace.batchedTokens() : usual.maxBatchedTokens();
        int sequences = trace.sequences() > 0 ? trace.sequences() : Math.min(usual.maxNumSeqs(), tokens);
        return usual.withMaxNumSeqs(1)
                .withMaxBatchedTokens(Math.max(tokens, sequences))
                .withMaxNumSeqs(sequences)
                .withKvTokens(trace.kvTokens());
    }
}
