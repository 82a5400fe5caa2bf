/** Answers to one question: a batch or a closed loop of clients on one deployment. */
@NullMarked
package io.ampacity.physics.estimate;

import org.jspecify.annotations.NullMarked;
