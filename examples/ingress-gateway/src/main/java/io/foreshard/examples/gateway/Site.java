package io.foreshard.examples.gateway;

import java.net.InetSocketAddress;

/**
 * A server and the path to it.
 *
 * @param backend the server
 * @param way the path
 * @param reached where the gateway reaches the server through the path
 * @param slows whether it is made slow on schedule
 */
record Site(Backend backend, Way way, InetSocketAddress reached, boolean slows) {

    String name() {
        return backend.name();
    }
}
