package io.foreshard.telemetry.probe;

/** The probes that an agent can run, in the order in which it believes them. */
public enum ProbeKind {
    /** STAMP over UDP (RFC 8762), towards a reflector. */
    STAMP,
    /** What the kernel knows of TCP connections that the agent was told of. */
    TCP_INFO,
    /** The time that a TCP connection takes to open. */
    TCP_CONNECT,
    /** ICMP echo, where permitted. */
    ECHO,
    /** Hop by hop, by TTL. */
    HOPS
}
