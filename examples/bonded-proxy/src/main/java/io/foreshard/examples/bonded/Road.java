package io.foreshard.examples.bonded;

import java.io.IOException;
import java.net.InetSocketAddress;

/** A relay and the narrow way to it. Not safe for use by several threads. */
interface Road {

    /** Returns where legs over the relay are to connect. */
    InetSocketAddress address();

    /** Ends the relay without a word. */
    void kill() throws IOException;

    /** Starts the relay again where it was. */
    void restore() throws IOException;

    /** Makes the way narrower. */
    void slow() throws IOException;
}
