@NullMarked
package io.ampacity.facts.view;

import org.jspecify.annotations.NullMarked;
