@NullMarked
package io.ampacity.ledger;

import org.jspecify.annotations.NullMarked;
