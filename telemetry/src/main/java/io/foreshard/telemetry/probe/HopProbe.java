package io.foreshard.telemetry.probe;

import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Measures how far along a path its latency arises, as traceroute does: datagrams with a small TTL, which routers answer by ICMP. Needs no
 * privilege, but sockets of Netty's epoll transport, where errors that ICMP brings can be asked for. Which router answered cannot be
 * told, because the kernel keeps its address where Netty does not read. The path's sample is the round trip to the destination itself,
 * if that answers: a STAMP reflector does, and so does the kernel where nothing listens on the port. The loss ratio is unknown. Any
 * thread.
 */
public interface HopProbe extends PathProbe {

    /**
     * Returns what was measured last.
     *
     * @param destination one of the destinations, with its port
     * @return the newest report, or {@code null} before the first; it says itself when it was taken
     */
    @Nullable
    HopReport hops(SocketAddress destination);
}
