package io.foreshard.flowsharder.relay;

/**
 * What a relay has done so far, over all its event loops. The numbers are read one after the other while the relay goes on.
 *
 * @param accepted connections that came, refused ones too
 * @param open connections that came and are not gone
 * @param routed of those that came, how many were led to a next hop
 * @param bytesForth bytes read from those who connect, without headers
 * @param bytesBack bytes read from next hops
 */
public record RelayTotals(long accepted, int open, long routed, long bytesForth, long bytesBack) {}
