package io.foreshard.transport;

import io.foreshard.shardcodec.PacketReader;
import io.foreshard.shardcodec.spi.Carrier;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Opens the paths of one session: the first one, and those that the peer uses. A path costs memory, so the peer gets at most
 * {@link SessionPaths#MAX_PATHS}, each by a packet that could be among the first of an honest path. Confined to one event loop.
 */
final class PathOpener {

    private static final long MAX_FIRST_NUMBER = 4096;

    private final SessionLoop loop;
    private final SessionPaths paths;
    private final MessageSender sender;
    private final PacketSink.TooLarge tooLarge;
    private long peerSessionId;
    private int peerPacketBytes = Integer.MAX_VALUE;

    PathOpener(SessionLoop loop, SessionPaths paths, MessageSender sender, PacketSink.TooLarge tooLarge) {
        this.loop = loop;
        this.paths = paths;
        this.sender = sender;
        this.tooLarge = tooLarge;
    }

    /** Takes what the handshake said of the peer, for the paths that are open and those to come. */
    void onOpen(long sessionId, int maxPacketBytes) {
        peerSessionId = sessionId;
        peerPacketBytes = maxPacketBytes;
        for (int i = 0; i < paths.count(); i++) {
            tellPeer(paths.get(i));
        }
    }

    private void tellPeer(SessionPath path) {
        path.out.openTo(peerSessionId);
        path.path.limitTo(peerPacketBytes);
    }

    /**
     * Opens a path.
     *
     * @param id free and below {@link SessionPaths#MAX_PATHS}
     * @param home the classes that leave there, none for a path that only the peer sends on
     */
    SessionPath open(int id, PacketSink sink, SocketAddress remote, int home, long nowNanos) {
        Path path = new Path(
                id, sink.carrier(), remote, loop.pathMtuBytes(sink.carrier()), loop.pacingQuantumNanos(), nowNanos);
        PacketOut out = new PacketOut(loop.writer(), sink, tooLarge);
        PathTelemetry telemetry = home == 0 ? null : telemetry(path);
        SessionPath opened = new SessionPath(path, out, home, paths, sender, telemetry, loop.counters());
        if (paths.count() > 0) {
            inherit(path, paths.primary().path, nowNanos);
        }
        tellPeer(opened);
        paths.add(opened);
        return opened;
    }

    private PathTelemetry telemetry(Path path) {
        TransportConfig config = loop.config();
        return new PathTelemetry(
                path,
                new PathForecast(config.planningIntervalNanos, config.forecasters),
                config.forecastExecutor,
                config.telemetrySource,
                config.outlookListener,
                loop.counters());
    }

    /** The same route, as far as known: the first packets need not wait for an unknown round trip. */
    private static void inherit(Path path, Path from, long nowNanos) {
        path.limitTo(from.mtuBytes());
        if (from.rtt.hasSample()) {
            path.rtt.onSample(from.rtt.smoothedNanos(), 0, nowNanos);
        }
    }

    /**
     * Opens the path that a packet of the peer names, or returns {@code null} when it must not. Over datagrams it belongs to the
     * address that is validated, wherever the packet came from; a connection carries one path.
     */
    @Nullable
    SessionPath admit(PacketReader packet, SocketAddress from, PacketSink arrivedOn, long nowNanos) {
        int id = packet.pathId();
        if (id >= SessionPaths.MAX_PATHS || packet.packetNumber() < 0 || packet.packetNumber() >= MAX_FIRST_NUMBER) {
            return null;
        }
        SessionPath primary = paths.primary();
        if (arrivedOn.carrier() != primary.path.carrier) {
            return null;
        }
        if (arrivedOn.carrier() == Carrier.DATAGRAM) {
            return open(id, primary.out.sink(), primary.path.remote(), 0, nowNanos);
        }
        return paths.usesSink(arrivedOn) ? null : open(id, arrivedOn, from, SendQueues.ALL_CLASSES, nowNanos);
    }
}
