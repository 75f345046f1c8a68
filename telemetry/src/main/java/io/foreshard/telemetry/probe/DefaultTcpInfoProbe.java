package io.foreshard.telemetry.probe;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.epoll.EpollTcpInfo;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Each connection is looked at on its own loop; what was seen goes to the loop of the core. */
final class DefaultTcpInfoProbe extends CoreProbe implements TcpInfoProbe {

    private static final long NANOS_PER_MICRO = 1_000;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final int maxChannels;
    private final AtomicInteger watched = new AtomicInteger();
    private final Map<SocketAddress, TcpPathInfo> newest = new ConcurrentHashMap<>();
    /** Belongs to the core's loop. */
    private final Map<SocketAddress, Remote> remotes = new HashMap<>();

    private volatile boolean closed;

    private static final class Remote {
        private final ProbedPath path;
        private int connections;

        Remote(ProbedPath path) {
            this.path = path;
        }
    }

    DefaultTcpInfoProbe(ProbeCore core, int maxChannels) {
        super(core);
        this.maxChannels = maxChannels;
    }

    @Override
    public boolean watch(Channel channel) {
        if (!(channel instanceof EpollSocketChannel socket) || closed) {
            return refuse();
        }
        InetSocketAddress remote = socket.remoteAddress();
        if (remote == null) {
            return refuse();
        }
        if (watched.incrementAndGet() > maxChannels) {
            watched.decrementAndGet();
            return refuse();
        }
        core.onLoop(() -> opened(remote));
        socket.closeFuture().addListener(gone -> core.onLoop(() -> closed(remote)));
        Look look = new Look(socket, remote);
        socket.eventLoop().execute(look);
        return true;
    }

    private boolean refuse() {
        core.onLoop(() -> core.counters.count(ProbeReason.PROBE_UNAVAILABLE));
        return false;
    }

    private void opened(InetSocketAddress remote) {
        remotes.computeIfAbsent(remote, key -> new Remote(core.open(remote, remote))).connections++;
    }

    private void closed(InetSocketAddress remote) {
        watched.decrementAndGet();
        Remote known = remotes.get(remote);
        if (known != null && --known.connections == 0) {
            remotes.remove(remote);
            newest.remove(remote);
            core.forget(known.path);
        }
    }

    private void seen(InetSocketAddress remote, TcpPathInfo info, long nowNanos, boolean fresh) {
        Remote known = remotes.get(remote);
        if (known == null || core.isStopped()) {
            return;
        }
        newest.put(remote, info);
        if (fresh && info.roundTripNanos() > 0) {
            core.answered(known.path, info.roundTripNanos(), nowNanos - info.acknowledgedAgoNanos());
        }
    }

    /** One connection; belongs to its loop. */
    private final class Look implements Runnable {

        private final EpollSocketChannel socket;
        private final InetSocketAddress remote;
        private final EpollTcpInfo info = new EpollTcpInfo();
        private long lastNanos;
        private boolean started;

        Look(EpollSocketChannel socket, InetSocketAddress remote) {
            this.socket = socket;
            this.remote = remote;
        }

        @Override
        public void run() {
            if (closed || !socket.isActive()) {
                return;
            }
            look();
            socket.eventLoop().schedule(this, core.intervalNanos, TimeUnit.NANOSECONDS);
        }

        private void look() {
            long nowNanos = core.nowNanos();
            try {
                socket.tcpInfo(info);
            } catch (ChannelException failed) {
                core.onLoop(() -> core.counters.count(ProbeReason.TCP_INFO_FAILED));
                return;
            }
            TcpPathInfo said = new TcpPathInfo(
                    info.rtt() * NANOS_PER_MICRO,
                    info.rttvar() * NANOS_PER_MICRO,
                    info.lost(),
                    info.totalRetrans(),
                    info.lastAckRecv() * NANOS_PER_MILLI);
            boolean fresh = !started || said.acknowledgedAgoNanos() < nowNanos - lastNanos;
            started = true;
            lastNanos = nowNanos;
            core.onLoop(() -> seen(remote, said, nowNanos, fresh));
        }
    }

    @Override
    public @Nullable TcpPathInfo newest(SocketAddress remote) {
        return newest.get(remote);
    }

    @Override
    public Future<Void> close() {
        closed = true;
        return super.close();
    }
}
