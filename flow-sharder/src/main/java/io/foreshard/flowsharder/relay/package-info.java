/**
 * The blind relay. In: TCP connections that begin with a {@link io.foreshard.flowsharder.relay.RouteHeader}, signed with the relay's own
 * {@link io.foreshard.flowsharder.relay.RouteKey}. Out: a TCP connection to the next hop that the header names, over which all that follows
 * is passed on in both directions, unread. Both sides of a leg belong to one event loop; nothing is kept when it ends.
 */
package io.foreshard.flowsharder.relay;
