/** Pages and JSON Schemas generated from the attribute tables of scenario and plan. */
@NullMarked
package io.ampacity.scenario.reference;

import org.jspecify.annotations.NullMarked;
