/** Chips, language models, regions, offers and grids: every figure with source and date. */
@NullMarked
package io.ampacity.facts;

import org.jspecify.annotations.NullMarked;
