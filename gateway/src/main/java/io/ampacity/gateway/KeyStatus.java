package io.ampacity.gateway;

import io.ampacity.gateway.settings.KeySettings;

/**
 * What a key may, and what it did in the running period of its budget.
 *
 * @param period empty when it asked nothing yet
 * @param spentUsd by this gateway since it was started
 * @param reservedUsd set aside for open requests
 */
record KeyStatus(KeySettings key, String period, double spentUsd, double reservedUsd) {}
