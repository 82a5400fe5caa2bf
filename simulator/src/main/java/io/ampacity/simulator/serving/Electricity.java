package io.ampacity.simulator.serving;

import org.jspecify.annotations.Nullable;

/**
 * Electricity at a site from hour to hour; null leaves a figure as the fleet has it.
 *
 * @param gramsPerKilowattHour carbon
 * @param usdPerKilowattHour tariff, paid for facility energy beside what holding replicas costs
 */
public record Electricity(
        @Nullable HourlyFigure gramsPerKilowattHour,
        @Nullable HourlyFigure usdPerKilowattHour) {}
