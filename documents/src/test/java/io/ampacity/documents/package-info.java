/** Tests of documents. */
@NullMarked
package io.ampacity.documents;

import org.jspecify.annotations.NullMarked;
