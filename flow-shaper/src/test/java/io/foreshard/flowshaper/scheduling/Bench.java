package io.foreshard.flowshaper.scheduling;

import io.foreshard.coreapi.EngineObserver;
import io.foreshard.flowshaper.spi.BottleneckView;
import io.foreshard.flowshaper.spi.DelayCalculator;
import io.foreshard.flowshaper.spi.FlowView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** A scheduler on a clock of its own, one bottleneck, one lane for each class, and a record of what leaves. */
final class Bench {

    final PacketScheduler scheduler;
    final BottleneckQueue bottleneck;
    private final DelayCalculator calculator;
    final List<Lane> lanes = new ArrayList<>();
    final List<Left> left = new ArrayList<>();
    final List<Sent> dropped = new ArrayList<>();
    boolean ready = true;
    boolean droppable = true;
    boolean marks;
    Boolean paused;
    ToLongFunction<FlowView> delay = flow -> 0;
    Consumer<Sent> onLeft = sent -> {};
    Consumer<Sent> onDropped = sent -> {};
    long now;
    long stopwatch;

    /** A packet that was offered. */
    record Sent(int lane, int flow, int number, int bytes, long atNanos) {}

    /** A packet that left. */
    record Left(Sent sent, long atNanos) {
        long waitedNanos() {
            return atNanos - sent.atNanos();
        }
    }

    Bench(SchedulerConfig config, long startNanos) {
        now = startNanos;
        scheduler = new PacketScheduler(config, 42, EngineObserver.NOOP, () -> stopwatch, startNanos);
        calculator = new DelayCalculator() {
            @Override
            public double rateBytesPerSecond(BottleneckView view, long nowNanos) {
                return UNLIMITED;
            }

            @Override
            public long delayNanos(FlowView flow, BottleneckView view) {
                return delay.applyAsLong(flow);
            }
        };
        bottleneck = scheduler.addBottleneck(calculator, FixedView.UNKNOWN, startNanos);
        for (int index = 0; index < config.classes().size(); index++) {
            lanes.add(scheduler.openLane(bottleneck, index, new Recorder()));
        }
    }

    Bench() {
        this(SchedulerConfig.DEFAULT, 0);
    }

    /** Two classes, thirty flows, and so little memory that all bounds are met. */
    static SchedulerConfig tight(int bytes, int bytesPerFlow) {
        return new SchedulerConfig(
                List.of(
                        new FlowClass("one", 1, Duration.ofMillis(50)),
                        new FlowClass("two", 4, Duration.ofMillis(200))),
                30,
                Duration.ofSeconds(1),
                bytes,
                bytesPerFlow,
                Duration.ofMillis(1));
    }

    private final class Recorder implements Outlet {
        @Override
        public void release(Object message, @Nullable Object attachment) {
            left.add(new Left((Sent) message, now));
            onLeft.accept((Sent) message);
        }

        @Override
        public void drop(Object message, @Nullable Object attachment, ShaperReason reason) {
            dropped.add((Sent) message);
            onDropped.accept((Sent) message);
        }

        @Override
        public boolean isReady() {
            return ready;
        }

        @Override
        public boolean mayDrop() {
            return droppable;
        }

        @Override
        public boolean mark(Object message) {
            return marks;
        }

        @Override
        public void pause(boolean asked) {
            paused = asked;
        }
    }

    Bench rate(double bytesPerSecond) {
        bottleneck.update(calculator, FixedView.UNKNOWN, bytesPerSecond, now);
        return this;
    }

    Admission send(int flow, int number, int bytes) {
        return send(0, flow, number, bytes);
    }

    Admission send(int lane, int flow, int number, int bytes) {
        Sent sent = new Sent(lane, flow, number, bytes, now);
        Admission admission = lanes.get(lane).offer(key(flow), sent, null, bytes, bytes, now);
        if (admission == Admission.PASS) {
            left.add(new Left(sent, now));
        }
        return admission;
    }

    /** Moves the clock to a time, stopping wherever the scheduler wants to be run. */
    void runUntil(long nanos) {
        for (long due = scheduler.nextDeadlineNanos(); due <= nanos; due = scheduler.nextDeadlineNanos()) {
            now = Math.max(now, due);
            scheduler.run(now);
        }
        now = nanos;
        scheduler.run(now);
    }

    void runFor(long nanos) {
        runUntil(now + nanos);
    }

    List<Integer> numbersOf(int flow) {
        return left.stream()
                .map(Left::sent)
                .filter(sent -> sent.flow() == flow)
                .map(Sent::number)
                .toList();
    }

    long bytesOf(int flow) {
        return left.stream()
                .map(Left::sent)
                .filter(sent -> sent.flow() == flow)
                .mapToLong(Sent::bytes)
                .sum();
    }

    static FlowKey key(int flow) {
        return new FlowKey().wrapIpv4(FlowKey.UDP, flow, 4000, 0x0a000002, 80);
    }
}
