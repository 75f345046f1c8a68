package io.foreshard.transport;

import io.foreshard.shardcodec.PacketReader;
import io.foreshard.shardcodec.TrafficClass;
import io.foreshard.shardcodec.spi.Carrier;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Opens the paths of one session: the first one, one for each marked traffic class when it is first used, and those that the peer
 * uses. A path costs memory, so the peer gets at most {@link SessionPaths#MAX_PATHS}, each by a packet that could be among the first
 * of an honest path. Confined to one event loop.
 */
final class PathOpener {

    private static final long MAX_FIRST_NUMBER = 4096;

    private final SessionLoop loop;
    private final SessionPaths paths;
    private final MessageSender sender;
    private final PacketSink.Owner owner;
    private long peerSessionId;
    private boolean open;
    private int wanted;
    private int peerPacketBytes = Integer.MAX_VALUE;

    PathOpener(SessionLoop loop, SessionPaths paths, MessageSender sender, PacketSink.Owner owner) {
        this.loop = loop;
        this.paths = paths;
        this.sender = sender;
        this.owner = owner;
    }

    /** Opens the path that every session starts with: it serves the classes that have no socket of their own. */
    SessionPath openFirst(PacketSink sink, SocketAddress remote, long nowNanos) {
        return open(0, sink, remote, SendQueues.ALL_CLASSES & ~loop.classSinks().classes(), nowNanos);
    }

    /** Takes what the handshake said of the peer, for the paths that are open and those to come. */
    void onOpen(long sessionId, int maxPacketBytes, long nowNanos) {
        open = true;
        peerSessionId = sessionId;
        peerPacketBytes = maxPacketBytes;
        for (int i = 0; i < paths.count(); i++) {
            tellPeer(paths.get(i));
        }
        openWanted(nowNanos);
    }

    /** Takes that a message of a class is to be sent. */
    void onUse(TrafficClass trafficClass, long nowNanos) {
        int use = SendQueues.setOf(trafficClass) & loop.classSinks().classes();
        if ((wanted | use) != wanted) {
            wanted |= use;
            openWanted(nowNanos);
        }
    }

    private void openWanted(long nowNanos) {
        for (TrafficClass each : TrafficClass.values()) {
            PacketSink sink = loop.classSinks().of(each.code());
            boolean isWanted = (wanted & SendQueues.setOf(each)) != 0;
            if (open && isWanted && sink != null && paths.find(each.code()) == null) {
                open(each.code(), sink, paths.primary().path.remote(), SendQueues.setOf(each), nowNanos);
            }
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
                id,
                sink.carrier(),
                remote,
                loop.pathMtuBytes(sink.carrier()),
                loop.pacingQuantumNanos(),
                loop.gate("path " + id + " to " + remote),
                nowNanos);
        PacketOut out = new PacketOut(loop.writer(), sink, owner);
        PathTelemetry telemetry = home == 0 ? null : telemetry(path);
        SessionPath opened = new SessionPath(path, out, home, paths, sender, telemetry, loop.counters());
        if (paths.count() > 0) {
            inherit(path, paths.primary().path, nowNanos);
        }
        tellPeer(opened);
        paths.add(opened);
        sink.carry(owner);
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

    /** Returns the path that a packet of the peer names, opened if it may be; {@code null} when it must not. */
    @Nullable
    SessionPath find(PacketReader packet, SocketAddress from, PacketSink arrivedOn, long nowNanos) {
        SessionPath known = paths.find(packet.pathId());
        if (known != null && known.path.carrier == Carrier.STREAM && known.out.sink() != arrivedOn) {
            return reclaim(known) ? admit(packet, from, arrivedOn, nowNanos) : null;
        }
        return known == null ? admit(packet, from, arrivedOn, nowNanos) : known;
    }

    /** Another connection claims a path: it gets it once the one that has it is dead, and is asked whether it is. */
    private boolean reclaim(SessionPath held) {
        long now = loop.nowNanos();
        if (held.isAlive()) {
            if (held.canWrite()) {
                held.ping(now);
            }
            return false;
        }
        held.close(now);
        return true;
    }

    /**
     * Opens the path that a packet of the peer names, or returns {@code null} when it must not. Over datagrams it belongs to the
     * address that is validated, wherever the packet came from; a connection carries one path.
     */
    private @Nullable SessionPath admit(PacketReader packet, SocketAddress from, PacketSink arrivedOn, long nowNanos) {
        int id = packet.pathId();
        if (id >= SessionPaths.MAX_PATHS || packet.packetNumber() < 0 || packet.packetNumber() >= MAX_FIRST_NUMBER) {
            return null;
        }
        SessionPath first = paths.find(0);
        if (arrivedOn.carrier() == Carrier.DATAGRAM) {
            return first == null || paths.wasClosed(id) ? null : admitMarked(id, first, nowNanos);
        }
        boolean free = arrivedOn.isFree() && !paths.usesSink(arrivedOn);
        return free ? open(id, arrivedOn, from, SendQueues.ALL_CLASSES, nowNanos) : null;
    }

    private SessionPath admitMarked(int id, SessionPath first, long nowNanos) {
        PacketSink marking = loop.classSinks().of(id);
        int home = marking == null ? 0 : SendQueues.setOf(TrafficClass.ofCode(id));
        return open(id, marking == null ? first.out.sink() : marking, first.path.remote(), home, nowNanos);
    }
}
