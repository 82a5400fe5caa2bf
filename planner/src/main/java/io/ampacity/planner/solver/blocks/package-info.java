/** Large models cut into blocks: a bound by cutting planes, an answer block by block. */
@NullMarked
package io.ampacity.planner.solver.blocks;

import org.jspecify.annotations.NullMarked;
