package io.ampacity.facts.check;

import io.ampacity.documents.Place;
import org.jspecify.annotations.Nullable;

/**
 * What one line of a list says about a chip, before anybody has judged it.
 *
 * @param year 0 when the list has none
 * @param bf16 FLOP/s
 * @param memory bytes
 * @param bandwidth bytes/s of memory
 * @param link bytes/s of the scale-up link, read as one direction
 */
record ChipRow(
        String name,
        int year,
        @Nullable Double bf16,
        @Nullable Double fp8,
        @Nullable Double fp4,
        @Nullable Double memory,
        @Nullable Double bandwidth,
        @Nullable Double watts,
        @Nullable Double link,
        Place place) {}
