/** Papers as one HTML file that needs no network. */
@NullMarked
package io.ampacity.reports.html;

import org.jspecify.annotations.NullMarked;
