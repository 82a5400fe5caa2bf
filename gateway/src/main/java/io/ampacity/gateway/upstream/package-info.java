/** Connections to upstreams: names, sockets, TLS, keep-alive. One pool a thread, so nothing is locked. */
@NullMarked
package io.ampacity.gateway.upstream;

import org.jspecify.annotations.NullMarked;
