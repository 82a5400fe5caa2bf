@NullMarked
package io.ampacity.reports;

import org.jspecify.annotations.NullMarked;
