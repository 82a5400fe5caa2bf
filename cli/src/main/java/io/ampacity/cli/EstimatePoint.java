package io.ampacity.cli;

import io.ampacity.physics.estimate.Estimate;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An estimate with what it costs and where its energy goes.
 *
 * @param value where it stands in a sweep; 0 outside of one
 */
record EstimatePoint(int value, Estimate estimate, PriceAndPlace.Costs costs, EnergyBreakdown energy) {

    Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("timeToFirstTokenSeconds", estimate.timeToFirstTokenSeconds());
        document.put("interTokenLatencySeconds", estimate.interTokenLatencySeconds());
        document.put("endToEndSeconds", estimate.endToEndSeconds());
        document.put("outputTokensPerSecond", estimate.outputTokensPerSecond());
        document.put("averagePowerWatts", estimate.averagePowerWatts());
        document.put("energyPerOutputTokenJoules", estimate.energyPerOutputTokenJoules());
        document.put("energyBreakdownJoulesPerOutputToken", energy.document());
        document.put("serverPowerWatts", estimate.serverWatts());
        document.put("carbonPerOutputTokenGrams", costs.carbonPerOutputTokenGrams());
        document.put("carbonBasis", costs.carbonBasis());
        document.put("costPerMillionOutputTokensUsd", costs.costPerMillionOutputTokensUsd());
        document.put("costBasis", costs.costBasis());
        document.put("runningSequences", estimate.runningSequences());
        Map<String, Object> memory = new LinkedHashMap<>();
        memory.put("weightsBytes", estimate.memory().weightsBytes());
        memory.put("kvBytesPerToken", estimate.memory().kvBytesPerToken());
        memory.put("kvTokens", estimate.memory().kvTokens());
        document.put("memory", memory);
        document.put("binding", estimate.binding().id());
        document.put("provenance", estimate.provenance().id());
        return document;
    }
}
