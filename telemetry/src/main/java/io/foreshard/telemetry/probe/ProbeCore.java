package io.foreshard.telemetry.probe;

import io.foreshard.coreapi.PathSample;
import io.foreshard.runtime.ReasonCounters;
import io.foreshard.telemetry.PathProfile;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.netty.util.concurrent.Promise;
import io.netty.util.concurrent.Ticker;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What all probes are made of: one event loop, a timer per path, and what is known of each. Outcomes belong to the loop; looking
 * something up is allowed on any thread.
 */
final class ProbeCore {

    private static final Logger LOG = LoggerFactory.getLogger(ProbeCore.class);
    private static final double INTERVAL_JITTER = 0.1;

    final EventLoop loop;
    final RandomGenerator random;
    final ReasonCounters<ProbeReason> counters;
    final long intervalNanos;
    final long timeoutNanos;
    final List<ProbedPath> paths = new ArrayList<>();
    private final Map<SocketAddress, PathWindow> windows = new ConcurrentHashMap<>();
    /** The first that is open, for who asks for another port. */
    private final Map<InetAddress, PathWindow> windowsByHost = new ConcurrentHashMap<>();
    /** All that are open, in order; belongs to the loop once the core is made. */
    private final Map<InetAddress, Set<PathWindow>> openByHost = new HashMap<>();

    private final boolean lossKnown;
    private final Ticker ticker;
    private final ProbeListener listener;
    private boolean stopped;

    ProbeCore(EventLoop loop, ProbeBuilder<?> builder, boolean lossKnown) {
        this.loop = loop;
        ticker = SystemSurroundings.ticker(loop);
        random = builder.random;
        counters = new ReasonCounters<>(ProbeReason.class, builder.observer);
        intervalNanos = builder.interval.toNanos();
        timeoutNanos = builder.timeout.toNanos();
        listener = builder.listener;
        this.lossKnown = lossKnown;
        builder.destinations.forEach((destination, target) -> paths.add(open(destination, target)));
    }

    /** Makes a path known whose target is not on a timer of ours. */
    ProbedPath open(InetSocketAddress destination, InetSocketAddress target) {
        PathWindow window = new PathWindow(intervalNanos, lossKnown);
        windows.put(destination, window);
        openByHost
                .computeIfAbsent(destination.getAddress(), host -> new LinkedHashSet<>())
                .add(window);
        windowsByHost.putIfAbsent(destination.getAddress(), window);
        return new ProbedPath(destination, target, window);
    }

    /** Forgets a path. */
    void forget(ProbedPath path) {
        windows.remove(path.destination(), path.window());
        InetAddress host = path.destination().getAddress();
        Set<PathWindow> open = openByHost.getOrDefault(host, Set.of());
        open.remove(path.window());
        if (open.isEmpty()) {
            openByHost.remove(host);
            windowsByHost.remove(host);
        } else if (windowsByHost.get(host) == path.window()) {
            windowsByHost.put(host, open.iterator().next());
        }
    }

    long nowNanos() {
        return ticker.nanoTime();
    }

    /** Probes each path from now on, the first time within one interval, until {@link #stop}. Any thread. */
    void start(Consumer<ProbedPath> probe) {
        loop.execute(() -> paths.forEach(path -> schedule(path, probe, random.nextDouble())));
    }

    private void schedule(ProbedPath path, Consumer<ProbedPath> probe, double intervals) {
        if (!stopped && !loop.isShuttingDown()) {
            long delayNanos = (long) (intervalNanos * intervals);
            loop.schedule(() -> turn(path, probe), delayNanos, TimeUnit.NANOSECONDS);
        }
    }

    private void turn(ProbedPath path, Consumer<ProbedPath> probe) {
        if (stopped) {
            return;
        }
        try {
            probe.accept(path);
        } finally {
            schedule(path, probe, 1 + INTERVAL_JITTER * (2 * random.nextDouble() - 1));
        }
    }

    boolean isStopped() {
        return stopped;
    }

    /** Runs something on the loop. Any thread. Returns whether the loop still takes work. */
    boolean onLoop(Runnable task) {
        try {
            loop.execute(task);
            return true;
        } catch (RejectedExecutionException over) {
            LOG.debug("An event loop was shut down before the probe on it was closed", over);
            return false;
        }
    }

    /** Runs something on the loop, at once if this is it: Netty tells of sockets that could not be made on a thread of its own. */
    void inLoop(Runnable task) {
        if (loop.inEventLoop()) {
            task.run();
        } else {
            onLoop(task);
        }
    }

    /** Ends all timers; each fires once more at most and does nothing. Any thread. */
    Future<Void> stop() {
        Promise<Void> done = loop.newPromise();
        boolean taken = onLoop(() -> {
            stopped = true;
            done.setSuccess(null);
        });
        return taken ? done : ImmediateEventExecutor.INSTANCE.newSucceededFuture(null);
    }

    void answered(ProbedPath path, long roundTripNanos, long nowNanos) {
        path.window().onRoundTrip(roundTripNanos, nowNanos);
        tell(() -> listener.onRoundTrip(path.destination(), roundTripNanos, nowNanos));
    }

    void lost(ProbedPath path, long nowNanos) {
        counters.count(ProbeReason.PROBE_LOST);
        path.window().onLost();
        tell(() -> listener.onLoss(path.destination(), nowNanos));
    }

    private static void tell(Runnable news) {
        try {
            news.run();
        } catch (RuntimeException fault) {
            LOG.debug("The listener of a probe failed", fault);
        }
    }

    @Nullable
    PathSample latest(SocketAddress destination, long nowNanos) {
        PathWindow window = window(destination);
        return window == null ? null : window.sample(nowNanos);
    }

    @Nullable
    PathProfile profile(SocketAddress destination, long nowNanos) {
        PathWindow window = window(destination);
        return window == null ? null : window.profile(nowNanos);
    }

    private @Nullable PathWindow window(SocketAddress destination) {
        PathWindow exact = windows.get(destination);
        if (exact != null || !(destination instanceof InetSocketAddress address) || address.isUnresolved()) {
            return exact;
        }
        return windowsByHost.get(address.getAddress());
    }
}
