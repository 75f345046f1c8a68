package io.foreshard.flowshaper;

import io.foreshard.flowshaper.scheduling.FlowClass;
import io.foreshard.flowshaper.scheduling.PacketScheduler;
import io.foreshard.flowshaper.scheduling.ShaperReason;
import io.foreshard.flowshaper.spi.DelayMechanism;
import io.foreshard.runtime.Checks;
import io.foreshard.runtime.ReasonCounters;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the packets of flows at an ingress node, so that the queue stands where flows are kept apart and shares are known, and not in
 * front of a bottleneck or a server.
 *
 * <p>Add its handlers to the pipelines of channels that lead to bottlenecks, next to the socket. They may be added to and removed from
 * a live pipeline; what waits when one is removed is sent. Without congestion, packets pass as they are: no copy, no timer.
 *
 * <p>Any thread; no thread of its own: packets are held on their channels' event loops, the control step runs on the loop that the
 * builder was given.
 */
public final class FlowShaper implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FlowShaper.class);

    private final ShaperSettings settings;
    private final ReasonCounters<ShaperReason> controlCounters;
    private final Map<EventLoop, ShaperLoop> loops = new ConcurrentHashMap<>();
    private final Map<String, ShapedBottleneck> bottlenecks = new ConcurrentHashMap<>();
    private volatile @Nullable List<FlowClass> newClasses;
    private @Nullable Future<?> steps;

    FlowShaper(ShaperSettings settings) {
        this.settings = settings;
        this.controlCounters = new ReasonCounters<>(ShaperReason.class, settings.observer());
    }

    /**
     * Returns a builder with the defaults.
     *
     * @param controlLoop on which the control step runs
     */
    public static FlowShaperBuilder builder(EventLoop controlLoop) {
        return new FlowShaperBuilder(controlLoop);
    }

    void start() {
        long step = settings.stepNanos();
        // With a fixed delay, a loop that was held up does not make up for all steps that it missed.
        steps = settings.controlLoop().scheduleWithFixedDelay(this::step, step, step, TimeUnit.NANOSECONDS);
        // Also when the control loop is shut down: nobody is left to change a rate then.
        steps.addListener(ended -> bottlenecks.values().forEach(ShapedBottleneck::lift));
    }

    private void step() {
        long now = settings.clock().nowNanos();
        bottlenecks.values().forEach(bottleneck -> step(bottleneck, now));
    }

    private void step(ShapedBottleneck bottleneck, long nowNanos) {
        try {
            bottleneck.step(nowNanos);
        } catch (RuntimeException | Error fault) {
            LOG.error("The control step of {} failed; its packets go on unshaped", bottleneck.name(), fault);
            controlCounters.count(ShaperReason.FAILED_OPEN);
            bottlenecks.remove(bottleneck.name(), bottleneck);
            bottleneck.lift();
        }
    }

    /**
     * Adds a bottleneck.
     *
     * @param name what the application calls it, a name of its own
     * @param destination where it is reached, which telemetry is asked for
     * @throws IllegalArgumentException if there is one of that name
     */
    public Bottleneck bottleneck(String name, InetSocketAddress destination) {
        ShapedBottleneck added = new ShapedBottleneck(
                this, name, destination, controlCounters, settings.clock().nowNanos());
        Checks.require(bottlenecks.putIfAbsent(name, added) == null, "name", name, "one that is not in use");
        return added;
    }

    /**
     * Forgets a bottleneck: there are no more control steps for it, and what still passes is not limited, through handlers that there
     * are and through new ones.
     *
     * @param bottleneck one of this shaper's
     */
    public void remove(Bottleneck bottleneck) {
        if (bottlenecks.remove(bottleneck.name(), bottleneck)) {
            onControlLoop(((ShapedBottleneck) bottleneck)::lift);
        }
    }

    private void onControlLoop(Runnable task) {
        try {
            settings.controlLoop().execute(task);
        } catch (RejectedExecutionException shutDown) {
            task.run();
        }
    }

    /**
     * Makes a handler that shapes what is written to one stream, in the default class.
     *
     * @param bottleneck what the channel leads to
     * @return for one channel
     * @throws IllegalArgumentException if the bottleneck was made by another shaper
     */
    public ChannelHandler streamHandler(Bottleneck bottleneck) {
        return streamHandler(bottleneck, 0);
    }

    /**
     * Makes a handler that shapes what is written to one stream. While too much of it waits, the channel is not writable, which is
     * how a proxy knows that it should stop reading from the other side. Nothing of a stream is dropped, but for what still waits
     * when the channel is closed or its output shut down: it fails with {@link ShapedOutException}, as Netty fails what it has not
     * sent by then. So close, and shut down, when the last write has succeeded.
     *
     * @param bottleneck what the channel leads to
     * @param classIndex its class in the configuration
     * @return for one channel
     * @throws IllegalArgumentException if there is no such class, or the bottleneck was made by another shaper
     */
    public ChannelHandler streamHandler(Bottleneck bottleneck, int classIndex) {
        return new StreamShaperHandler(this, own(bottleneck), checkedClass(classIndex));
    }

    /**
     * Makes a handler that shapes datagrams by their recipient and keeps senders apart, in the default class.
     *
     * @param route finds the bottleneck towards a recipient; null for one that is not shaped. On the channel's event loop, per packet
     * @return for one channel
     */
    public ChannelHandler datagramHandler(Function<InetSocketAddress, @Nullable Bottleneck> route) {
        return datagramHandler(route, 0);
    }

    /**
     * Makes a handler that shapes datagrams by their recipient and keeps senders apart: a flow is what has the same recipient, and the
     * same sender if the packet names one, the channel's own address if not.
     *
     * @param route finds the bottleneck towards a recipient; null for one that is not shaped. On the channel's event loop, per packet
     * @param classIndex their class in the configuration
     * @return for one channel
     * @throws IllegalArgumentException if there is no such class
     */
    public ChannelHandler datagramHandler(Function<InetSocketAddress, @Nullable Bottleneck> route, int classIndex) {
        return new DatagramShaperHandler(this, route, checkedClass(classIndex));
    }

    /**
     * Replaces the classes; what is queued follows.
     *
     * @param classes as many as there were
     * @throws IllegalArgumentException if there are fewer or more
     */
    public void reclass(List<FlowClass> classes) {
        int count = settings.scheduler().classes().size();
        Checks.require(classes.size() == count, "classes", classes.size(), String.valueOf(count));
        newClasses = List.copyOf(classes);
        loops.values().forEach(this::reclass);
    }

    /** Ends the control step, as the end of its loop does. */
    void endSteps() {
        if (steps != null) {
            steps.cancel(false);
        }
    }

    private void reclass(ShaperLoop loop) {
        List<FlowClass> classes = newClasses;
        if (classes == null) {
            return;
        }
        try {
            loop.executor().execute(() -> loop.scheduler().reclass(classes));
        } catch (RejectedExecutionException shutDown) {
            LOG.debug("An event loop has ended", shutDown);
        }
    }

    /**
     * Returns how often something was counted, on all event loops.
     *
     * @param reason what
     */
    public long count(ShaperReason reason) {
        return controlCounters.get(reason)
                + loops.values().stream()
                        .mapToLong(loop -> loop.scheduler().count(reason))
                        .sum();
    }

    /** Ends the control step and lifts every limit: what waits is sent, and packets pass from now on. */
    @Override
    public void close() {
        endSteps();
        List.copyOf(bottlenecks.values()).forEach(this::remove);
    }

    /** Returns what holds packets on the event loop of a handler. */
    ShaperLoop on(ChannelHandlerContext context) {
        EventLoop loop = context.channel().eventLoop();
        Checks.require(context.executor() == loop, "executor", context.executor(), "the channel's event loop");
        ShaperLoop known = loops.get(loop);
        if (known != null) {
            return known;
        }
        ShaperLoop added = loops.computeIfAbsent(loop, this::newLoop);
        reclass(added);
        return added;
    }

    private ShaperLoop newLoop(EventLoop executor) {
        LoopClock clock = new LoopClock(executor);
        PacketScheduler scheduler = new PacketScheduler(
                settings.scheduler(),
                settings.secrets().getAsLong(),
                settings.observer(),
                clock::nowNanos,
                clock.nowNanos());
        return new ShaperLoop(executor, clock, scheduler);
    }

    /** Returns what holds back the packets of a channel: the first mechanism that works for it, the queue if none does. */
    DelayMechanism mechanismFor(Channel channel) {
        for (DelayMechanism mechanism : settings.mechanisms()) {
            String reason = mechanism.unavailabilityReason(channel);
            if (reason.isEmpty()) {
                return mechanism;
            }
            LOG.debug("{}: no {} delay: {}", channel, mechanism.name(), reason);
        }
        return new InProcessQueue();
    }

    ShaperSettings settings() {
        return settings;
    }

    boolean owns(Bottleneck bottleneck) {
        return bottlenecks.get(bottleneck.name()) == bottleneck;
    }

    /** Returns one that is or was of this shaper: what is no longer limited must not cost its channels more than the shaping. */
    ShapedBottleneck own(Bottleneck bottleneck) {
        ShapedBottleneck own = bottleneck instanceof ShapedBottleneck shaped && shaped.isOf(this) ? shaped : null;
        Checks.require(own != null, "bottleneck", bottleneck.name(), "one of this shaper's");
        return Objects.requireNonNull(own);
    }

    private int checkedClass(int classIndex) {
        return Checks.inRange(
                "classIndex", classIndex, 0, settings.scheduler().classes().size() - 1);
    }
}
