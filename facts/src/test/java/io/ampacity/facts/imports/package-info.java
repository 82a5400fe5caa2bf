@NullMarked
package io.ampacity.facts.imports;

import org.jspecify.annotations.NullMarked;
