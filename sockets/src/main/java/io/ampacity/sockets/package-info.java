/**
 * Event loops over the sockets of this machine: epoll where Linux has it, the portable selector elsewhere.
 *
 * <p>What the emulator and the gateway share, and nothing more.
 */
@NullMarked
package io.ampacity.sockets;

import org.jspecify.annotations.NullMarked;
