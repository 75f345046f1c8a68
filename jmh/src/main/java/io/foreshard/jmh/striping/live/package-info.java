/**
 * The flow sharder between processes on real sockets: origin, egress, relays, ingress and client, relays behind virtual cables of a given
 * rate, and kernel MPTCP over the same cables. Commands flow into the processes, one line each; what receivers saw flows back.
 */
@NullMarked
package io.foreshard.jmh.striping.live;

import org.jspecify.annotations.NullMarked;
