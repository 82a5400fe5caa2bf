package io.ampacity.cli;

import io.ampacity.simulator.report.SimulationResult;
import tools.jackson.databind.node.ObjectNode;

/** The JSON document of a replay: the result's own members, and what the run itself took. */
final class SimulationDocument {

    private SimulationDocument() {}

    static ObjectNode of(SimulationResult result, double wallSeconds) {
        ObjectNode document = JsonForm.MAPPER.valueToTree(result);
        document.put("wallSeconds", wallSeconds);
        document.put("peakMemoryBytes", PeakMemory.bytes());
        return document;
    }
}
