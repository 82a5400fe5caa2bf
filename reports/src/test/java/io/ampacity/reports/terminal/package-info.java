@NullMarked
package io.ampacity.reports.terminal;

import org.jspecify.annotations.NullMarked;
