/** What to buy, rent, reserve or build; where and when. */
@NullMarked
package io.ampacity.planner;

import org.jspecify.annotations.NullMarked;
