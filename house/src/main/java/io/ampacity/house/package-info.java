/** The rules that all rooms keep, as tests. */
@NullMarked
package io.ampacity.house;

import org.jspecify.annotations.NullMarked;
