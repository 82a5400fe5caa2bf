/** Readers of what users have: SkyPilot price lists, region carbon lists, Hugging Face model configurations. */
@NullMarked
package io.ampacity.facts.imports;

import org.jspecify.annotations.NullMarked;
