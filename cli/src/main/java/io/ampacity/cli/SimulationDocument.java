package io.ampacity.cli;

import io.ampacity.simulator.report.SimulationResult;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** The JSON document of a replay: the result's own members, and what the run itself took. */
final class SimulationDocument {

    private SimulationDocument() {}

    /** @param bases what a figure rests on, by the name of its basis */
    static ObjectNode of(SimulationResult result, Map<String, String> bases, double wallSeconds) {
        ObjectNode document = JsonForm.MAPPER.valueToTree(result);
        bases.forEach(document::put);
        document.put("wallSeconds", wallSeconds);
        document.put("peakMemoryBytes", PeakMemory.bytes());
        return document;
    }
}
