@NullMarked
package io.ampacity.simulator.report;

import org.jspecify.annotations.NullMarked;
