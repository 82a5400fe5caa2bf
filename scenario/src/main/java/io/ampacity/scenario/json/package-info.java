/** The plan as a JSON document that scripts and people rely on, and its attribute table. */
@NullMarked
package io.ampacity.scenario.json;

import org.jspecify.annotations.NullMarked;
