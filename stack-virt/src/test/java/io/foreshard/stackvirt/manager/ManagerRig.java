package io.foreshard.stackvirt.manager;

import io.foreshard.coreapi.Reason;
import io.foreshard.stackvirt.spi.HealthCheck;
import io.foreshard.stackvirt.spi.StackFailure;
import io.foreshard.stackvirt.spi.StackId;
import io.foreshard.stackvirt.spi.StackLink;
import io.foreshard.stackvirt.spi.StackResources;
import io.foreshard.stackvirt.spi.StackRouting;
import io.foreshard.stackvirt.spi.StackSource;
import io.foreshard.stackvirt.spi.StackSpec;
import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/** A manager with a fake engine and fake routing in virtual time. */
final class ManagerRig implements StackRouting {

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
    final Map<String, Long> counts = new HashMap<>();
    StackManager manager = builder().build();

    StackManagerBuilder builder() {
        return StackManager.builder("test", channel.eventLoop(), this)
                .engine(engine)
                .kind(SPEC)
                .observer(this::count);
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

    @Override
    public StackLink.Listener attach(StackId id, StackSpec spec) {
        return new StackLink.Listener() {
            @Override
            public void onReply(long correlation, ByteBuf reply) {
                reply.release();
            }

            @Override
            public void onError(long correlation) {}

            @Override
            public void onPong(long correlation) {}

            @Override
            public void onWritable() {}

            @Override
            public void onClosed(StackFailure failure) {}
        };
    }

    @Override
    public void ready(StackId id, StackLink link) {
        ready.add(id.number());
    }

    @Override
    public void drain(StackId id) {
        ready.remove(id.number());
    }

    @Override
    public int inFlight(StackId id) {
        return inFlight.getOrDefault(id, 0);
    }

    @Override
    public void remove(StackId id) {
        ready.remove(id.number());
        inFlight.remove(id);
    }
}
