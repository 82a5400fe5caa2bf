/** YAML and JSON read as a tree in which every value knows its place; mistakes as a list of issues. */
@NullMarked
package io.ampacity.documents;

import org.jspecify.annotations.NullMarked;
