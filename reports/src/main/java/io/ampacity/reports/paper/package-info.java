/** The content of a paper, without any form. */
@NullMarked
package io.ampacity.reports.paper;

import org.jspecify.annotations.NullMarked;
