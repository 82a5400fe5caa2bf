/**
 * The data plane: live traffic over many suppliers, as planned, through faults.
 *
 * <p>A request goes through these hands, all on the event loop of its client's connection:
 *
 * <ol>
 *   <li>{@link io.ampacity.gateway.ClientHandler} reads it within limits, and knows when the client goes away;
 *   <li>{@link io.ampacity.gateway.Exchange} answers for it: asks {@link io.ampacity.gateway.Dispatcher} for a pool, tries
 *       again elsewhere, goes on with an answer that broke ({@link io.ampacity.gateway.Rescue}), asks somebody else beside one
 *       that is slow ({@link io.ampacity.gateway.Race}), and writes the record before the client sees the end ({@link
 *       io.ampacity.gateway.Account});
 *   <li>{@link io.ampacity.gateway.Attempt} is one try at one upstream: it borrows a connection and keeps time; its answer is an
 *       {@link io.ampacity.gateway.ArrivingStream} or an {@link io.ampacity.gateway.ArrivingDocument}, which tell a whole one
 *       from a broken one;
 *   <li>{@link io.ampacity.gateway.StreamRelay} passes events on as they come, each only when it is complete and readable;
 *   <li>{@link io.ampacity.gateway.AnswerWriter} gathers what goes to the client into one write.
 * </ol>
 *
 * <p>Bytes pass as they came. An answer is parsed beside its way, for tokens, for its end, and for what the user has read
 * so far; the same bytes go out, unless an answer is mended.
 *
 * <p>Which pool is asked is decided by {@code routing}, the code that the simulator runs too. What may not serve a request
 * is left out of the question, so no retry, no rescue and no broken breaker can choose it.
 */
@NullMarked
package io.ampacity.gateway;

import org.jspecify.annotations.NullMarked;
