package io.foreshard.examples.gateway;

import java.io.IOException;
import java.net.InetSocketAddress;

/** A real server in a process of its own. Any thread. */
interface Backend {

    /** Returns what the report calls it. */
    String name();

    /** Returns where it listens. */
    InetSocketAddress address();

    /** Returns the share of it that is in use, 0…1, over the last fraction of a second; NaN before the first look. */
    double load();

    /** Returns how many requests it says it has answered. */
    long answered() throws IOException;
}
