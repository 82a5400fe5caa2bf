/** Traces written down: as CSV that {@link io.ampacity.traces.reader.RequestCsvReader} reads, or as Parquet. */
@NullMarked
package io.ampacity.traces.conversion;

import org.jspecify.annotations.NullMarked;
