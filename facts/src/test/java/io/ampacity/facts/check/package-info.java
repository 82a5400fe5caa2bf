@NullMarked
package io.ampacity.facts.check;

import org.jspecify.annotations.NullMarked;
