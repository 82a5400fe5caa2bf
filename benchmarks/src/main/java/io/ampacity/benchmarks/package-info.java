/** How fast the rooms are: micro-benchmarks under JMH, and programs that measure a whole run in a process of its own. */
@NullMarked
package io.ampacity.benchmarks;

import org.jspecify.annotations.NullMarked;
