/**
 * What the gateway must understand of requests and answers, and no more: which model is asked for, which tokens were
 * counted, whether an answer is whole. All else passes as bytes.
 */
@NullMarked
package io.ampacity.gateway.protocol;

import org.jspecify.annotations.NullMarked;
