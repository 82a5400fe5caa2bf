/**
 * From a YAML document to a {@link io.ampacity.scenario.Scenario}.
 *
 * <p>A document is read in four steps, and each goes on where the one before it found mistakes, so that a person sees
 * them all at once:
 *
 * <ol>
 *   <li>{@link io.ampacity.scenario.reading.InheritedDocument}: YAML to a tree, with the files it extends below it;
 *   <li>the attribute tables ({@code *Table}): keys, units, ranges, defaults, and names that the catalogue knows;
 *   <li>the builders ({@code *Building}): parts of the document that are sound become records, joined with the catalogue;
 *   <li>{@link io.ampacity.scenario.reading.AnswerabilityCheck}: whether the rules leave any answer at all.
 * </ol>
 */
@NullMarked
package io.ampacity.scenario.reading;

import org.jspecify.annotations.NullMarked;
