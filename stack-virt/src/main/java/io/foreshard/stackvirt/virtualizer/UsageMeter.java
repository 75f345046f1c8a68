package io.foreshard.stackvirt.virtualizer;

import io.foreshard.coreapi.EngineObserver;
import io.foreshard.stackvirt.mux.Multiplexer;
import io.foreshard.stackvirt.mux.StackStatistics;
import io.foreshard.stackvirt.spi.StackEngine;
import io.foreshard.stackvirt.spi.StackId;
import io.foreshard.stackvirt.spi.StackResources;
import io.foreshard.stackvirt.spi.StackUsage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** Reads what the running stacks of a kind use: each reading is asked for a second before it is told. Confined to the loop. */
final class UsageMeter {

    private static final double SMOOTHING = 0.2;

    private final Supplier<StackResources> resources;
    private final BiConsumer<StackId, StackUsage> sink;
    private final StackEngine engine;
    private final Multiplexer multiplexer;
    private final EngineObserver observer;
    private boolean knowsUsage;
    private final Map<StackId, Meter> meters = new LinkedHashMap<>();

    /**
     * Makes one.
     *
     * @param resources what each stack may use now
     * @param sink is told each reading
     */
    UsageMeter(
            Supplier<StackResources> resources,
            BiConsumer<StackId, StackUsage> sink,
            StackEngine engine,
            Multiplexer multiplexer,
            EngineObserver observer) {
        this.resources = resources;
        this.sink = sink;
        this.engine = engine;
        this.multiplexer = multiplexer;
        this.observer = observer;
    }

    void begin(boolean engineKnows) {
        knowsUsage = engineKnows;
    }

    /** One stack between two readings. */
    private static final class Meter {
        private StackUsage earlier = StackUsage.UNKNOWN;
        private StackUsage newest = StackUsage.UNKNOWN;
        private long earlierNanos;
        private long newestNanos;
        private long toldNanos;
        private long replies;
        private double usualInFlight;
        private boolean isAsked;

        void take(StackUsage read, long nowNanos) {
            earlier = newest;
            earlierNanos = newestNanos;
            newest = read;
            newestNanos = nowNanos;
        }

        /** Of two counts that only grow; unknown, or of a stack that began anew. */
        private double perSecond(long before, long after) {
            long passed = newestNanos - earlierNanos;
            return before < 0 || after < before || passed <= 0 ? Double.NaN : (double) (after - before) / passed;
        }

        StackReading reading(StackStatistics stack, StackResources resources, long nowNanos) {
            double cpus = perSecond(earlier.cpuNanos(), newest.cpuNanos());
            double throttled = perSecond(earlier.throttledNanos(), newest.throttledNanos());
            double cpuShare = Double.isNaN(cpus) ? 0 : cpus / resources.cpus();
            double memoryShare = Math.max(0, newest.memoryBytes()) / (double) resources.memoryBytes();
            double headroom = Math.max(0, Math.min(1, 1 - Math.max(cpuShare, memoryShare)));
            long passed = nowNanos - toldNanos;
            double rate = passed > 0 && stack.replies() >= replies ? (stack.replies() - replies) * 1e9 / passed : 0;
            replies = stack.replies();
            toldNanos = nowNanos;
            usualInFlight += SMOOTHING * (stack.inFlight() - usualInFlight);
            return new StackReading(
                    stack.id(),
                    cpus,
                    throttled,
                    newest.memoryBytes(),
                    newest.memoryKills(),
                    headroom,
                    stack.inFlight(),
                    rate,
                    stack.latencyNanos());
        }
    }

    /** Tells what is known of those that run, and asks anew. */
    List<StackReading> read(List<StackStatistics> stacks, long nowNanos) {
        List<StackReading> readings = new ArrayList<>();
        Set<StackId> there = new HashSet<>();
        for (StackStatistics stack : stacks) {
            there.add(stack.id());
            if (stack.running()) {
                Meter meter = meters.computeIfAbsent(stack.id(), id -> new Meter());
                StackReading reading = meter.reading(stack, resources.get(), nowNanos);
                readings.add(reading);
                ReadingEvent.emit(reading);
                ask(stack.id(), meter);
            }
        }
        meters.keySet().retainAll(there);
        return readings;
    }

    /** Not again while the answer is awaited, so that a slow engine is not asked ever more. */
    private void ask(StackId id, Meter meter) {
        if (!knowsUsage || meter.isAsked) {
            return;
        }
        meter.isAsked = true;
        engine.usage(id)
                .whenCompleteAsync(
                        (usage, thrown) -> {
                            meter.isAsked = false;
                            if (thrown == null) {
                                meter.take(usage, multiplexer.nowNanos());
                                sink.accept(id, usage);
                            } else if (meters.containsKey(id)) {
                                observer.count(VirtualizerReason.USAGE_UNREADABLE, 1);
                            }
                        },
                        multiplexer.loop());
    }

    /** Those that ran at the newest reading. */
    Set<StackId> running() {
        return meters.keySet();
    }

    /** How many messages a stack has had of late. */
    double usualInFlight(StackId id) {
        Meter meter = meters.get(id);
        return meter == null ? 0 : meter.usualInFlight;
    }
}
