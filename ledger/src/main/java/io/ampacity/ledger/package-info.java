/**
 * What happened: every request with all its attempts, plans and proofs, telemetry, who changed what, and what each key
 * has spent.
 *
 * <h2>How a request gets here</h2>
 *
 * <p>A gateway writes one line a request to its journal before the client sees the end of the answer. {@link
 * io.ampacity.ledger.Intake} reads the journal from where it stopped and puts rows into the database. The rows and the
 * place that was reached are one transaction, and a request's id is its key. So a process that is killed at any moment
 * goes on where its last transaction ended: nothing that a client knows to be complete is missing, and nothing stands
 * there twice. Requests never wait for the database.
 *
 * <h2>Where it lives</h2>
 *
 * <p>{@link io.ampacity.ledger.LedgerAddress} is a folder, for an embedded H2, or the address of a PostgreSQL that several
 * gateways share. An embedded one belongs to one process, which lets
 * others of this machine visit through a {@linkplain io.ampacity.ledger.Ledger#receiveVisitors() door}. Both have the same tables and the same statements; Flyway brings older ones up to date.
 */
@NullMarked
package io.ampacity.ledger;

import org.jspecify.annotations.NullMarked;
