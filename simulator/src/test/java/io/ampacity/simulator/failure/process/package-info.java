@NullMarked
package io.ampacity.simulator.failure.process;

import org.jspecify.annotations.NullMarked;
