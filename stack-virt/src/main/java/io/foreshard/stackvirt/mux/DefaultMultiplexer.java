package io.foreshard.stackvirt.mux;

import io.foreshard.runtime.Checks;
import io.foreshard.runtime.ReasonCounters;
import io.foreshard.runtime.TimerWheel;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/** The edge of a multiplexer: threads, the clock, the timer of the loop. What is decided is in {@link Kind}. */
final class DefaultMultiplexer implements Multiplexer {

    /** A deadline is met within this. */
    private static final long TICK_NANOS = 1 << 17;

    private static final int MOST_OUTSTANDING = 1 << 20;
    private static final MuxReason[] REASONS = MuxReason.values();

    private final EventLoop loop;
    private final Core core;
    private final Map<String, KindStacks> stacks = new LinkedHashMap<>();
    private final int[] protocols;
    private final Kind[] kinds;
    private final Handover handover;
    /** What other threads count; the loop adds it to its own counters. */
    private final AtomicLongArray elsewhere = new AtomicLongArray(REASONS.length);

    private final AtomicBoolean foldQueued = new AtomicBoolean();
    private final Runnable fold = this::fold;
    private final Runnable alarm = this::onAlarm;
    private @Nullable ScheduledFuture<?> alarmSet;
    private long alarmNanos = Long.MAX_VALUE;
    private volatile boolean isClosed;

    DefaultMultiplexer(MultiplexerBuilder settings, List<KindSettings> kindSettings) {
        loop = settings.loop;
        LoopClock clock = new LoopClock(loop);
        core = new Core(
                clock,
                new TimerWheel(clock.nowNanos(), TICK_NANOS),
                new Exchanges(settings.maxMessages),
                new ReasonCounters<>(MuxReason.class, settings.observer),
                settings.traffic,
                settings.demand);
        handover = new Handover(loop, settings.handoverMessages, settings.handoverBytes, this::enter, this::drop);
        SplittableRandom random = new SplittableRandom(settings.seed);
        Map<Integer, Kind> byProtocol = new TreeMap<>();
        for (KindSettings each : kindSettings) {
            Kind kind = new Kind(each, core, random.split());
            Checks.require(
                    stacks.put(each.name(), new KindStacks(kind)) == null, "kind", each.name(), "each name once");
            for (Integer protocol : each.protocols()) {
                Checks.require(
                        byProtocol.put(protocol, kind) == null, "protocols", protocol, "each protocol in one kind");
            }
        }
        protocols = byProtocol.keySet().stream().mapToInt(Integer::intValue).toArray();
        kinds = byProtocol.values().toArray(Kind[]::new);
    }

    @Override
    public EventLoop loop() {
        return loop;
    }

    @Override
    public long nowNanos() {
        return core.nowNanos();
    }

    @Override
    public Port port(EventExecutor executor, int maxOutstanding) {
        return new LoopPort(this, executor, Checks.inRange("maxOutstanding", maxOutstanding, 1, MOST_OUTSTANDING));
    }

    @Override
    public StackSet stacks(String kind) {
        KindStacks set = stacks.get(kind);
        if (set == null) {
            throw new IllegalArgumentException("kind: " + kind + " (expected: one of " + stacks.keySet() + ")");
        }
        return set;
    }

    /** Takes a message of a port. Any thread. */
    void take(
            LoopPort port,
            int protocol,
            long source,
            long destination,
            ByteBuf message,
            long deadlineNanos,
            ResultHandler handler) {
        int at = Arrays.binarySearch(protocols, protocol);
        MuxReason refusal = isClosed ? MuxReason.CLOSED : at < 0 ? MuxReason.UNKNOWN_PROTOCOL : null;
        if (refusal == null) {
            Exchange exchange =
                    new Exchange(kinds[at], port, protocol, source, destination, message, deadlineNanos, handler);
            if (loop.inEventLoop()) {
                enter(exchange);
                return;
            }
            if (handover.offer(exchange)) {
                return;
            }
            refusal = MuxReason.HANDOVER_FULL;
        }
        port.cancel();
        message.release();
        refuseAtOnce(refusal, handler);
    }

    private void enter(Exchange exchange) {
        ByteBuf message = exchange.message;
        if (isClosed || message == null) {
            exchange.kind.refuseClosed(exchange);
        } else {
            exchange.kind.accept(exchange, message, core.nowNanos());
            arm();
        }
    }

    /** The loop is shut down, so nobody touches the message but this thread. */
    private void drop(Exchange exchange) {
        if (exchange.message != null) {
            exchange.message.release();
        }
        exchange.port.cancel();
        if (exchange.handler != null) {
            refuseAtOnce(MuxReason.CLOSED, exchange.handler);
        }
    }

    /** Tells a refusal on the calling thread. */
    void refuseAtOnce(MuxReason reason, ResultHandler handler) {
        count(reason);
        call(handler, new MessageResult.Refused(reason, false));
    }

    /** Calls a handler. Any thread. */
    void call(ResultHandler handler, MessageResult result) {
        try {
            handler.onResult(result);
        } catch (Exception | LinkageError failure) {
            count(MuxReason.LISTENER_FAILED);
        }
    }

    private void count(MuxReason reason) {
        if (loop.inEventLoop()) {
            core.counters.count(reason);
            return;
        }
        elsewhere.incrementAndGet(reason.ordinal());
        if (foldQueued.compareAndSet(false, true)) {
            try {
                loop.execute(fold);
            } catch (RejectedExecutionException shutDown) {
                foldQueued.set(false);
            }
        }
    }

    private void fold() {
        foldQueued.set(false);
        for (MuxReason reason : REASONS) {
            core.counters.count(reason, elsewhere.getAndSet(reason.ordinal(), 0));
        }
    }

    @Override
    public Map<MuxReason, Long> counts() {
        Map<MuxReason, Long> counts = new EnumMap<>(core.counters.snapshot());
        for (MuxReason reason : REASONS) {
            counts.merge(reason, elsewhere.get(reason.ordinal()), Long::sum);
        }
        return counts;
    }

    /** Sees to it that the loop wakes for the next deadline. */
    private void arm() {
        long next = core.timers.nextDeadlineNanos();
        if (next >= alarmNanos || isClosed) {
            return;
        }
        if (alarmSet != null) {
            alarmSet.cancel(false);
        }
        alarmNanos = next;
        alarmSet = loop.schedule(alarm, Math.max(0, next - core.nowNanos()), TimeUnit.NANOSECONDS);
    }

    private void onAlarm() {
        alarmSet = null;
        alarmNanos = Long.MAX_VALUE;
        core.timers.advance(core.nowNanos());
        arm();
    }

    @Override
    public void close() {
        isClosed = true;
        if (loop.inEventLoop()) {
            end();
            return;
        }
        try {
            loop.execute(this::end);
        } catch (RejectedExecutionException shutDown) {
            // What is under way has ended with the loop.
        }
    }

    private void end() {
        if (alarmSet != null) {
            alarmSet.cancel(false);
            alarmSet = null;
        }
        for (Exchange each : core.exchanges.waiting()) {
            each.kind.refuseClosed(each);
        }
        stacks.values().forEach(KindStacks::close);
    }
}
