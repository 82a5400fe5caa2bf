@NullMarked
package io.ampacity.reports.html;

import org.jspecify.annotations.NullMarked;
