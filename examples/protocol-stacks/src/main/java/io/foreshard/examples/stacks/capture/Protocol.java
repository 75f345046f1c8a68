package io.foreshard.examples.stacks.capture;

/** What stacks speak. The port is the protocol id as well. */
public enum Protocol {
    /** Names (RFC 1035). */
    DNS(53),
    /** Routes (RFC 4271). */
    BGP(179);

    private final int port;

    Protocol(int port) {
        this.port = port;
    }

    /** Returns its port. */
    public int port() {
        return port;
    }

    /** Returns the name of its kind of stack. */
    public String kind() {
        return this == DNS ? "dns" : "bgp";
    }
}
