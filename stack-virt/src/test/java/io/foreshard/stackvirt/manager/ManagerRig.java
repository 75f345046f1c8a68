package io.foreshard.stackvirt.manager;

import static org.junit.jupiter.api.Assertions.assertNull;

import io.foreshard.coreapi.Reason;
import io.foreshard.stackvirt.mux.KindStatistics;
import io.foreshard.stackvirt.mux.Multiplexer;
import io.foreshard.stackvirt.mux.MuxReason;
import io.foreshard.stackvirt.mux.Port;
import io.foreshard.stackvirt.mux.StackCondition;
import io.foreshard.stackvirt.mux.StackEvents;
import io.foreshard.stackvirt.mux.StackSet;
import io.foreshard.stackvirt.mux.StackStatistics;
import io.foreshard.stackvirt.spi.HealthCheck;
import io.foreshard.stackvirt.spi.StackFailure;
import io.foreshard.stackvirt.spi.StackId;
import io.foreshard.stackvirt.spi.StackLink;
import io.foreshard.stackvirt.spi.StackResources;
import io.foreshard.stackvirt.spi.StackSource;
import io.foreshard.stackvirt.spi.StackSpec;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/** A manager with a fake engine and a fake multiplexer in virtual time. */
final class ManagerRig implements Multiplexer {

    static final String KIND = "echo";
    static final StackSpec SPEC = new StackSpec(
            KIND,
            new StackSource.InProcess(KIND),
            "/run/echo.sock",
            new StackResources(1, 32L << 20, 16, 1 << 20),
            new HealthCheck(Duration.ofSeconds(1), Duration.ofSeconds(1), 2),
            64,
            Map.of());

    final MockTicker ticker = Ticker.newMockTicker();
    final EmbeddedChannel channel = EmbeddedChannel.builder().ticker(ticker).build();
    final FakeEngine engine = new FakeEngine(channel.eventLoop());
    final Set<Long> ready = new TreeSet<>();
    final Map<StackId, Integer> inFlight = new HashMap<>();
    final Set<StackId> draining = new HashSet<>();
    private final Set<StackId> suspended = new HashSet<>();
    final Map<StackId, StackEvents> events = new LinkedHashMap<>();
    /** Which threads have added stacks to the multiplexer. */
    final Set<Thread> adding = new HashSet<>();

    private final StackSet set = new FakeSet();
    final Map<String, Long> counts = new HashMap<>();
    StackManager manager = builder().build();

    StackManagerBuilder builder() {
        return StackManager.builder("test", this).engine(engine).kind(SPEC).observer(this::count);
    }

    private void count(Reason reason, long amount) {
        counts.merge(reason.name(), amount, Long::sum);
    }

    ManagerRig with(StackManager other) {
        manager = other;
        return this;
    }

    ManagerRig open() {
        manager.open();
        run(1);
        return this;
    }

    /** Lets virtual time pass, a millisecond at a time. */
    void run(long millis) {
        for (long i = 0; i < millis; i++) {
            ticker.advance(1, TimeUnit.MILLISECONDS);
            channel.runScheduledPendingTasks();
            channel.runPendingTasks();
        }
    }

    KindReport report() {
        return manager.report().get(0);
    }

    int count(StackPhase phase) {
        return report().count(phase);
    }

    /** Answers what it has. */
    void answer(StackId id) {
        inFlight.remove(id);
        StackEvents told = events.get(id);
        if (told != null && draining.remove(id)) {
            told.onDrained();
        }
    }

    @Override
    public EventLoop loop() {
        return channel.eventLoop();
    }

    @Override
    public long nowNanos() {
        return ticker.nanoTime();
    }

    @Override
    public Port port(EventExecutor executor, int maxOutstanding) {
        throw new AssertionError("the manager sends nothing");
    }

    @Override
    public StackSet stacks(String kind) {
        return set;
    }

    @Override
    public Map<MuxReason, Long> counts() {
        return Map.of();
    }

    @Override
    public void close() {}

    private final class FakeSet implements StackSet {

        @Override
        public StackLink.Listener add(StackId id, StackEvents told) {
            assertNull(events.put(id, told), () -> id + " is in the set already");
            adding.add(Thread.currentThread());
            return new StackLink.Listener() {
                @Override
                public void onReply(long correlation, ByteBuf reply) {
                    reply.release();
                }

                @Override
                public void onError(long correlation) {}

                @Override
                public void onPong(long correlation) {
                    if (events.containsKey(id)) {
                        told.onPong(correlation);
                    }
                }

                @Override
                public void onWritable() {}

                @Override
                public void onClosed(StackFailure failure) {
                    if (events.containsKey(id)) {
                        remove(id);
                        told.onClosed(failure);
                    }
                }
            };
        }

        @Override
        public void open(StackId id, StackLink link) {
            if (!suspended.remove(id)) {
                ready.add(id.number());
            }
        }

        @Override
        public void suspend(StackId id) {
            suspended.add(id);
            ready.remove(id.number());
        }

        @Override
        public void resume(StackId id) {
            draining.remove(id);
            ready.add(id.number());
        }

        @Override
        public void drain(StackId id) {
            ready.remove(id.number());
            draining.add(id);
            if (inFlight.getOrDefault(id, 0) == 0) {
                answer(id);
            }
        }

        @Override
        public void remove(StackId id) {
            ready.remove(id.number());
            draining.remove(id);
            inFlight.remove(id);
            events.remove(id);
        }

        @Override
        public void condition(StackId id, StackCondition condition) {}

        @Override
        public void credits(StackId id, long bytes) {}

        @Override
        public List<StackStatistics> stacks() {
            return events.keySet().stream()
                    .map(id -> new StackStatistics(
                            id, ready.contains(id.number()), inFlight.getOrDefault(id, 0), 0, 0, 0, 0))
                    .toList();
        }

        @Override
        public KindStatistics statistics() {
            return new KindStatistics(0, 0, 0, 0, 0, 0, 0, 0, 0);
        }
    }
}
