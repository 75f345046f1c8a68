package io.foreshard.telemetry.probe;

import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Sends one datagram after the other, each a hop further. State belongs to the loop of the core. */
final class DefaultHopProbe extends CoreProbe implements HopProbe {

    /** Behind so many silent routers there is most likely a filter. */
    private static final int SILENT_HOPS = 8;

    private final int maxHops;
    private final Map<SocketAddress, HopReport> reports = new ConcurrentHashMap<>();
    private final Set<ProbedPath> running = new HashSet<>();
    private boolean warm;
    private volatile @Nullable String unavailable;

    DefaultHopProbe(ProbeCore core, int maxHops) {
        super(core);
        this.maxHops = maxHops;
    }

    void start() {
        if (ProbeChannels.isEpoll(core.loop)) {
            core.start(this::trace);
        } else {
            core.loop.execute(
                    () -> giveUp("only sockets of Netty's epoll transport can ask for a TTL and for the errors"
                            + " that ICMP brings (expected: epoll event loops)"));
        }
    }

    private void giveUp(String why) {
        unavailable = why;
        core.counters.count(ProbeReason.PROBE_UNAVAILABLE);
        core.stop();
    }

    private void trace(ProbedPath path) {
        if (!running.add(path)) {
            return;
        }
        if (warm) {
            new Trace(path).next();
        } else {
            // The first socket takes as long as it takes to load what it needs; its time would tell nothing.
            warm = true;
            new HopSocket(core, path.target(), 1, (outcome, roundTrip, now) -> new Trace(path).next()).send();
        }
    }

    /** One walk along a path. */
    private final class Trace {

        private final ProbedPath path;
        private final List<Hop> hops = new ArrayList<>();
        private int silent;

        Trace(ProbedPath path) {
            this.path = path;
        }

        void next() {
            if (core.isStopped() || hops.size() >= maxHops || silent >= SILENT_HOPS) {
                end(false, core.nowNanos());
            } else {
                new HopSocket(core, path.target(), hops.size() + 1, this::onOutcome).send();
            }
        }

        private void onOutcome(HopSocket.Outcome outcome, long roundTripNanos, long nowNanos) {
            switch (outcome) {
                case ROUTER -> goOn(roundTripNanos, 0);
                case SILENCE -> goOn(Hop.SILENT, silent + 1);
                case DESTINATION -> arrive(roundTripNanos, nowNanos);
                case NOT_SENT -> fail(nowNanos);
                case NOT_POSSIBLE -> giveUp("the socket refuses a TTL or the errors that ICMP brings");
            }
        }

        private void goOn(long roundTripNanos, int silentNow) {
            silent = silentNow;
            hops.add(new Hop(hops.size() + 1, roundTripNanos));
            next();
        }

        private void arrive(long roundTripNanos, long nowNanos) {
            hops.add(new Hop(hops.size() + 1, roundTripNanos));
            core.answered(path, roundTripNanos, nowNanos);
            end(true, nowNanos);
        }

        private void fail(long nowNanos) {
            core.counters.count(ProbeReason.PROBE_NOT_SENT);
            end(false, nowNanos);
        }

        private void end(boolean reached, long nowNanos) {
            running.remove(path);
            if (!hops.isEmpty()) {
                reports.put(path.destination(), new HopReport(hops, reached, nowNanos));
            }
        }
    }

    @Override
    public @Nullable HopReport hops(SocketAddress destination) {
        return reports.get(destination);
    }

    @Override
    public @Nullable String unavailable() {
        return unavailable;
    }
}
