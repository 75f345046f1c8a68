package io.foreshard.stackvirt.virtualizer;

import io.foreshard.coreapi.EngineObserver;
import io.foreshard.coreapi.GateReport;
import io.foreshard.runtime.Checks;
import io.foreshard.stackvirt.manager.KindReport;
import io.foreshard.stackvirt.manager.StackManager;
import io.foreshard.stackvirt.manager.StackManagerBuilder;
import io.foreshard.stackvirt.mux.DemandListener;
import io.foreshard.stackvirt.mux.Multiplexer;
import io.foreshard.stackvirt.mux.MultiplexerBuilder;
import io.foreshard.stackvirt.mux.Port;
import io.foreshard.stackvirt.mux.TrafficListener;
import io.foreshard.stackvirt.scaling.StackScaler;
import io.foreshard.stackvirt.spi.EngineReport;
import io.foreshard.stackvirt.spi.StackEngine;
import io.foreshard.stackvirt.traffic.AuxiliaryTask;
import io.foreshard.stackvirt.traffic.ForecastReason;
import io.foreshard.stackvirt.traffic.KeyReport;
import io.foreshard.stackvirt.traffic.TrafficKey;
import io.foreshard.stackvirt.traffic.TrafficTable;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The loop of all kinds: once a second, and at once when messages wait for a stack. */
final class DefaultStackVirtualizer implements StackVirtualizer, TrafficListener, DemandListener {

    private static final Logger LOG = LoggerFactory.getLogger(DefaultStackVirtualizer.class);

    private static final Duration FIRST_THAW = Duration.ofMillis(10);

    private final EventLoop loop;
    private final Multiplexer multiplexer;
    private final StackManager manager;
    private final StackScaler scaler;
    private final List<StackEngine> engines;
    private final EngineObserver observer;
    private final BufferShares buffers;
    private final TrafficTable traffic;
    private final Map<String, KindControl> kinds = new LinkedHashMap<>();
    private final Map<Integer, KindControl> byProtocol = new HashMap<>();
    private final CompletableFuture<Void> opened = new CompletableFuture<>();
    private final long baseMillis;
    private final long baseNanos;
    private boolean isOpening;
    private boolean isEnding;
    private @Nullable Future<?> ticking;
    private volatile List<VirtualizedKind> report = List.of();
    private volatile GateReport gate = GateReport.UNKNOWN;

    DefaultStackVirtualizer(StackVirtualizerBuilder builder) {
        engines = List.copyOf(builder.engines);
        observer = builder.observer;
        loop = builder.loop;
        scaler = builder.scaler.observer(builder.observer).build();
        traffic = builder.trafficTable();
        buffers = new BufferShares(builder.bufferBytes);
        MultiplexerBuilder messages = Multiplexer.builder(loop);
        builder.kinds.values().forEach(kind -> messages.kind(kind.messages()));
        builder.multiplexer.accept(messages);
        multiplexer =
                messages.observer(builder.observer).traffic(this).demand(this).build();
        StackManagerBuilder stacks = StackManager.builder(builder.owner, multiplexer);
        builder.engines.forEach(stacks::engine);
        builder.kinds.values().forEach(kind -> stacks.kind(kind.spec()));
        stacks.firstStartTimes(builder.firstStart, FIRST_THAW);
        builder.manager.accept(stacks);
        manager = stacks.observer(builder.observer).build();
        baseMillis = builder.wallMillis.getAsLong();
        baseNanos = multiplexer.nowNanos();
        KindControl.Parts parts =
                new KindControl.Parts(scaler, manager, multiplexer, builder.observer, builder.firstStart);
        for (StackVirtualizerBuilder.Kind kind : builder.kinds.values()) {
            KindControl control = new KindControl(kind, parts);
            kinds.put(kind.spec().name(), control);
            kind.messages().protocols().forEach(protocol -> byProtocol.put(protocol, control));
        }
        new History(this, this::pass, baseMillis, baseNanos).tell(new MergedHistory(builder.histories));
    }

    @Override
    public CompletionStage<Void> open() {
        loop.execute(() -> {
            if (!isOpening && !isEnding) {
                isOpening = true;
                probe();
            }
        });
        return opened;
    }

    private void probe() {
        Map<StackEngine, EngineReport> reports = new HashMap<>();
        List<CompletableFuture<Void>> probes = new ArrayList<>();
        for (StackEngine engine : engines) {
            probes.add(engine.probe()
                    .thenAcceptAsync(report -> reports.put(engine, report), loop)
                    .toCompletableFuture());
        }
        CompletableFuture.allOf(probes.toArray(CompletableFuture[]::new))
                .thenComposeAsync(done -> manager.open(), loop)
                .whenCompleteAsync(
                        (done, thrown) -> {
                            if (thrown == null) {
                                begin(reports);
                            } else {
                                opened.completeExceptionally(thrown);
                            }
                        },
                        loop);
    }

    private void begin(Map<StackEngine, EngineReport> reports) {
        if (!isEnding) {
            kinds.forEach((name, kind) -> {
                EngineReport can = reports.get(manager.engine(name));
                if (can != null) {
                    kind.begin(can);
                }
            });
            ticking = loop.scheduleAtFixedRate(this::tick, 0, 1, TimeUnit.SECONDS);
        }
        opened.complete(null);
    }

    private long millis(long nowNanos) {
        return baseMillis + (nowNanos - baseNanos) / 1_000_000;
    }

    /** A task that throws is not run again, and everything would stand as it is. */
    private void tick() {
        try {
            step();
        } catch (RuntimeException failure) {
            LOG.error("a step failed; the next one is a second away", failure);
        }
    }

    /** A second of history is over. */
    private void pass(long nowMillis) {
        scaler.tick(nowMillis);
        traffic.tick(nowMillis);
    }

    private void step() {
        long nowNanos = multiplexer.nowNanos();
        long nowMillis = millis(nowNanos);
        boolean isWell = true;
        try {
            scaler.tick(nowMillis);
        } catch (RuntimeException failure) {
            isWell = false;
            LOG.warn("a scaling policy threw", failure);
            observer.count(VirtualizerReason.POLICY_FAILED, 1);
        }
        tellForecasters(nowMillis);
        List<KindReport> stacks = manager.report();
        List<VirtualizedKind> newest = new ArrayList<>();
        int at = 0;
        for (KindControl kind : kinds.values()) {
            // The manager has the same kinds in the same order.
            newest.add(kind.step(nowMillis, nowNanos, stacks.get(at++), isWell));
        }
        buffers.share(kinds.values());
        report = List.copyOf(newest);
        gate = scaler.gate();
    }

    /** Who makes forecasters is somebody else, and must not keep stacks from being planned. */
    private void tellForecasters(long nowMillis) {
        try {
            traffic.tick(nowMillis);
        } catch (RuntimeException failure) {
            LOG.warn("no forecaster could be made", failure);
            observer.count(ForecastReason.FORECAST_FAILED, 1);
        }
    }

    @Override
    public void onMessage(int protocol, long source, long destination, int bytes, long nowNanos) {
        KindControl kind = byProtocol.get(protocol);
        if (kind != null) {
            long now = millis(nowNanos);
            kind.arrived(now, bytes);
            traffic.arrived(key(kind, source, destination, bytes), now);
        }
    }

    @Override
    public void onResult(int protocol, long source, long destination, int bytes, long nowNanos) {
        KindControl kind = byProtocol.get(protocol);
        if (kind != null) {
            kind.answered(millis(nowNanos));
            traffic.answered(key(kind, source, destination, bytes));
        }
    }

    private static TrafficKey key(KindControl kind, long source, long destination, int bytes) {
        return new TrafficKey(kind.name(), source, destination, TrafficKey.VolumeClass.of(bytes));
    }

    @Override
    public void onDemand(String kind, int waiting, boolean cold) {
        KindControl control = kinds.get(kind);
        if (control != null && ticking != null && !isEnding) {
            control.planAtOnce(millis(multiplexer.nowNanos()), waiting);
        }
    }

    @Override
    public Port port(EventExecutor executor, int maxOutstanding) {
        return multiplexer.port(executor, maxOutstanding);
    }

    @Override
    public long nowNanos() {
        return multiplexer.nowNanos();
    }

    @Override
    public List<VirtualizedKind> report() {
        return report;
    }

    @Override
    public CompletionStage<List<KeyReport>> traffic(int most) {
        Checks.notNegative("most", most);
        return CompletableFuture.supplyAsync(() -> traffic.heaviest(most, millis(multiplexer.nowNanos())), loop);
    }

    @Override
    public void task(int protocol, long source, long destination, AuxiliaryTask task, long count) {
        KindControl kind = byProtocol.get(protocol);
        if (kind != null) {
            loop.execute(() -> {
                long now = millis(multiplexer.nowNanos());
                kind.task(task, count, now);
                traffic.task(key(kind, source, destination, 0), task, count, now);
            });
        }
    }

    @Override
    public GateReport gate() {
        return gate;
    }

    @Override
    public CompletionStage<Void> detach() {
        return end(manager::detach);
    }

    @Override
    public CompletionStage<Void> stop() {
        return end(manager::stop);
    }

    private CompletionStage<Void> end(Supplier<CompletionStage<Void>> stacks) {
        CompletableFuture<Void> ended = new CompletableFuture<>();
        loop.execute(() -> {
            isEnding = true;
            if (ticking != null) {
                ticking.cancel(false);
            }
            multiplexer.close();
            stacks.get().whenComplete((done, thrown) -> ended.complete(null));
        });
        return ended;
    }

    @Override
    public void close() {
        stop();
    }
}
