/** One replica: continuous batching, paged KV, prefix cache, fast-forward. */
@NullMarked
package io.ampacity.simulator.replica;

import org.jspecify.annotations.NullMarked;
