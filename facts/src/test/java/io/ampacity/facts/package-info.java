@NullMarked
package io.ampacity.facts;

import org.jspecify.annotations.NullMarked;
