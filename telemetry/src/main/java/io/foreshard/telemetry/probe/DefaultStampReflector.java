package io.foreshard.telemetry.probe;

import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.util.Map;

/**
 * A reflector with a socket of its own.
 *
 * @param channel the socket
 * @param handler what answers on it
 */
record DefaultStampReflector(Channel channel, StampReflectorHandler handler) implements StampReflector {

    @Override
    public InetSocketAddress localAddress() {
        return (InetSocketAddress) channel.localAddress();
    }

    @Override
    public long answered() {
        return handler.answered();
    }

    @Override
    public Map<ProbeReason, Long> counters() {
        return handler.counters();
    }

    @Override
    public Future<Void> close() {
        return channel.close();
    }
}
