/**
 * An upstream to test against: it speaks as a model server does, streams tokens at the pace of a given model on a given
 * chip, counts what it served, and breaks in every way that real ones break.
 *
 * <ul>
 *   <li>{@link io.ampacity.emulator.Emulator} is the server; {@link io.ampacity.emulator.EmulatorSettings} what it is.
 *   <li>{@link io.ampacity.emulator.Engine} gives each sequence its tokens in time: at a fixed pace, or as iterations of a
 *       batch whose length {@code physics} knows.
 *   <li>{@link io.ampacity.emulator.Fault} is one way to fail, {@link io.ampacity.emulator.FaultScript} says which request
 *       fails how.
 *   <li>{@link io.ampacity.emulator.Account} is what was really served, to hold somebody else's books against.
 * </ul>
 *
 * <p>Its text is nonsense but the same for the same prompt and seed, so an answer that was cut and continued elsewhere can
 * be compared with one that was not.
 */
@NullMarked
package io.ampacity.emulator;

import org.jspecify.annotations.NullMarked;
