@NullMarked
package io.ampacity.emulator;

import org.jspecify.annotations.NullMarked;
