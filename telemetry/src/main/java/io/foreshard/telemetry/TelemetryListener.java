package io.foreshard.telemetry;

import io.foreshard.coreapi.NodeLoad;
import io.foreshard.coreapi.PathSample;

/**
 * Is told each observation that was believed, for instance to record it. Called on the thread that observed, so it must return at
 * once; an exception is caught and counted.
 */
public interface TelemetryListener {

    /** Ignores everything. */
    TelemetryListener NOOP = new TelemetryListener() {
        @Override
        public void onPath(Object destination, PathSample sample) {}

        @Override
        public void onLoad(Object destination, NodeLoad load) {}
    };

    /**
     * Takes an observation of a path.
     *
     * @param destination a {@link java.net.SocketAddress} or an {@link AddressPrefix}
     * @param sample what was observed
     */
    void onPath(Object destination, PathSample sample);

    /**
     * Takes an observation of a server's load.
     *
     * @param destination a {@link java.net.SocketAddress} or an {@link AddressPrefix}
     * @param load what was observed
     */
    void onLoad(Object destination, NodeLoad load);
}
