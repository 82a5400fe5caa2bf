/** What the tests of several rooms share: seeds and published data. No part of the product. */
@NullMarked
package io.ampacity.testing;

import org.jspecify.annotations.NullMarked;
