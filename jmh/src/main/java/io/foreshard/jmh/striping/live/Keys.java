package io.foreshard.jmh.striping.live;

import java.nio.charset.StandardCharsets;

/** What the processes of a stand agree on. */
final class Keys {

    static final int RELAY_PORT = 4000;
    static final int DELAY_PORT = 4001;
    static final int EGRESS_PORT = 4433;
    static final int INGRESS_PORT = 5000;
    static final int ORIGIN_PORT = 8000;
    static final int MPTCP_ORIGIN_PORT = 8001;

    private Keys() {}

    static byte[] edgeSecret() {
        return "the secret of both edges".getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] relaySecret() {
        return "the relays' own secret".getBytes(StandardCharsets.US_ASCII);
    }
}
