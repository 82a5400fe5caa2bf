@NullMarked
package io.ampacity.reports.paper;

import org.jspecify.annotations.NullMarked;
