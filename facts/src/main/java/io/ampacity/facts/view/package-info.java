/** Facts as people and programs read them: rows of a list, one thing in full, JSON-able maps, and YAML to write out. */
@NullMarked
package io.ampacity.facts.view;

import org.jspecify.annotations.NullMarked;
