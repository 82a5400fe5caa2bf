@NullMarked
package io.ampacity.reports.focus;

import org.jspecify.annotations.NullMarked;
