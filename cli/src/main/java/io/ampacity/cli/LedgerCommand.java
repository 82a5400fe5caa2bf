package io.ampacity.cli;

import picocli.CommandLine.Command;

/** {@code ampacity ledger}: what happened. */
@Command(
        name = "ledger",
        description = "Read the books that gateways keep: what was served, where, and what it cost.",
        subcommands = {LedgerSummary.class, LedgerExportCommand.class, LedgerKeep.class, LedgerAudit.class})
final class LedgerCommand extends AbstractGroup {}
