/** Text for a terminal: what it can show, tables, bars, progress, and papers as text. */
@NullMarked
package io.ampacity.reports.terminal;

import org.jspecify.annotations.NullMarked;
