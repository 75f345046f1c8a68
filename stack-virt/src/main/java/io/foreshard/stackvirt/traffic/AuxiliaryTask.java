package io.foreshard.stackvirt.traffic;

/** Work of a stack beside its messages. */
public enum AuxiliaryTask {
    /** Handshakes of transport security. */
    TLS_HANDSHAKE,
    /** Signs of life of a session. */
    KEEP_ALIVE,
    /** Routes computed anew. */
    ROUTE_RECOMPUTATION
}
