/**
 * One reader a source of traces, named for it; {@link io.ampacity.traces.reader.Traces} finds the right one.
 *
 * <p>Text is read as bytes, a line at a time, and numbers are parsed in place: the readers allocate when they open, not
 * when they read. Rows may be a little out of order, as logs of several machines are; a bounded window sorts them, and
 * what lies further apart is refused. Input is hostile: every fault of a file ends as a
 * {@link io.ampacity.documents.DocumentException} that names file, line, column and value.
 */
@NullMarked
package io.ampacity.traces.reader;

import org.jspecify.annotations.NullMarked;
