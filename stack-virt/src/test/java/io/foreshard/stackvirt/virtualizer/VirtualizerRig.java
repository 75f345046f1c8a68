package io.foreshard.stackvirt.virtualizer;

import io.foreshard.coreapi.Reason;
import io.foreshard.stackvirt.engine.inprocess.InProcessEngine;
import io.foreshard.stackvirt.manager.StackPhase;
import io.foreshard.stackvirt.mux.KindSettings;
import io.foreshard.stackvirt.mux.MessageResult;
import io.foreshard.stackvirt.mux.Port;
import io.foreshard.stackvirt.scaling.StackScaler;
import io.foreshard.stackvirt.spi.HealthCheck;
import io.foreshard.stackvirt.spi.StackResources;
import io.foreshard.stackvirt.spi.StackSource;
import io.foreshard.stackvirt.spi.StackSpec;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** All parts together in virtual time, with stacks in this process that take 400 ms to start. */
final class VirtualizerRig implements AutoCloseable {

    static final String KIND = "echo";
    static final int PROTOCOL = 53;
    static final long NOW_MILLIS = 1_700_000_000_000L;
    static final long MEMORY = 40_000_000;
    private static final long STEP_MILLIS = 25;

    final MockTicker ticker = Ticker.newMockTicker();
    final EmbeddedChannel channel = EmbeddedChannel.builder().ticker(ticker).build();
    final SlowEngine engine = new SlowEngine(
            InProcessEngine.builder(channel.eventLoop(), channel.eventLoop())
                    .handler(KIND, () -> message -> message)
                    .build(),
            channel.eventLoop());
    final Map<String, Long> counts = new HashMap<>();
    final List<MessageResult> results = new ArrayList<>();
    final StackVirtualizer virtualizer;
    private final Port port;

    VirtualizerRig(StackScaler.Builder scaler, StackBounds bounds) {
        this(scaler, bounds, List.of());
    }

    VirtualizerRig(StackScaler.Builder scaler, StackBounds bounds, List<PastMessage> history) {
        StackSpec spec = new StackSpec(
                KIND,
                new StackSource.InProcess(KIND),
                "/run/echo.sock",
                new StackResources(1, MEMORY, 16, 1 << 20),
                new HealthCheck(Duration.ofSeconds(1), Duration.ofSeconds(1), 2),
                64,
                Map.of());
        virtualizer = StackVirtualizer.builder("rig", channel.eventLoop())
                .engine(engine)
                .kind(spec, KindSettings.builder(KIND, PROTOCOL).maxInFlight(8).build(), bounds)
                .scaler(scaler)
                .observer(this::count)
                .multiplexer(settings -> settings.seed(7))
                .wallMillis(() -> NOW_MILLIS)
                .history(history)
                .build();
        port = virtualizer.port(channel.eventLoop(), 1 << 10);
    }

    private void count(Reason reason, long amount) {
        counts.merge(reason.name(), amount, Long::sum);
    }

    VirtualizerRig open() {
        virtualizer.open();
        run(STEP_MILLIS);
        return this;
    }

    /** Lets virtual time pass. */
    void run(long millis) {
        for (long passed = 0; passed < millis; passed += STEP_MILLIS) {
            ticker.advance(STEP_MILLIS, TimeUnit.MILLISECONDS);
            channel.runScheduledPendingTasks();
            channel.runPendingTasks();
        }
    }

    void send(int messages) {
        for (int i = 0; i < messages; i++) {
            port.send(
                    PROTOCOL,
                    i,
                    1,
                    Unpooled.copiedBuffer(new byte[100]),
                    virtualizer.nowNanos() + 10_000_000_000L,
                    this::take);
        }
    }

    private void take(MessageResult result) {
        results.add(result);
        if (result instanceof MessageResult.Reply reply) {
            reply.message().release();
        }
    }

    long replies() {
        return results.stream().filter(MessageResult.Reply.class::isInstance).count();
    }

    VirtualizedKind report() {
        return virtualizer.report().get(0);
    }

    int running() {
        return report().stacks().count(StackPhase.RUNNING);
    }

    @Override
    public void close() {
        virtualizer.close();
        run(STEP_MILLIS);
        engine.close();
    }
}
