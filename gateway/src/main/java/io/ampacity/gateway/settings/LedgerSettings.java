package io.ampacity.gateway.settings;

import io.ampacity.ledger.LedgerAddress;

/**
 * Where a gateway's books are kept.
 *
 * @param keepDays days that requests are kept
 */
public record LedgerSettings(LedgerAddress address, double keepDays) {}
