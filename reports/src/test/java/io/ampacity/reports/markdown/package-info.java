@NullMarked
package io.ampacity.reports.markdown;

import org.jspecify.annotations.NullMarked;
