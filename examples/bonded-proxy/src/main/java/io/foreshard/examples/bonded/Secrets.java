package io.foreshard.examples.bonded;

import io.foreshard.flowsharder.relay.RouteKey;
import java.nio.charset.StandardCharsets;

/** What edges and relays share. In a real deployment these come from where secrets are kept. Stateless. */
final class Secrets {

    private Secrets() {}

    static byte[] edges() {
        return "a secret that both edges share".getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] relays() {
        return "another that the relays know".getBytes(StandardCharsets.US_ASCII);
    }

    static RouteKey routes() {
        return new RouteKey(relays());
    }
}
