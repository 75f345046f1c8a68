package io.foreshard.telemetry;

import io.foreshard.coreapi.NodeLoad;
import io.foreshard.coreapi.PathSample;
import io.foreshard.coreapi.TelemetrySource;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Asks all sources and takes the best of each fact. */
final class DefaultCombinedTelemetry implements CombinedTelemetry {

    // What is less certain than this share of the best is left out.
    private static final double WORTHWHILE = 0.5;

    private final List<Named> sources = new ArrayList<>();
    private final TelemetryCounters counters;

    private record Named(String name, TelemetrySource source, LongAdder failures) {}

    DefaultCombinedTelemetry(Map<String, TelemetrySource> sources, TelemetryCounters counters) {
        sources.forEach((name, source) -> this.sources.add(new Named(name, source, new LongAdder())));
        this.counters = counters;
    }

    @Override
    public @Nullable PathSample latest(SocketAddress destination, long nowNanos) {
        List<PathSample> all = ask(source -> source.latest(destination, nowNanos), DefaultCombinedTelemetry::worth);
        return all.size() <= 1 ? only(all) : combined(all);
    }

    @Override
    public @Nullable NodeLoad latestLoad(SocketAddress destination, long nowNanos) {
        List<NodeLoad> all = ask(source -> source.latestLoad(destination, nowNanos), DefaultCombinedTelemetry::worth);
        return all.size() <= 1 ? only(all) : combinedLoad(all);
    }

    @Override
    public Map<String, Long> failures() {
        Map<String, Long> failures = new LinkedHashMap<>();
        sources.forEach(named -> failures.put(named.name(), named.failures().sum()));
        return Collections.unmodifiableMap(failures);
    }

    /** Returns the answers that are worth a look, the most certain first. */
    private <T> List<T> ask(Function<TelemetrySource, @Nullable T> question, ToDoubleFunction<T> worth) {
        List<T> answers = new ArrayList<>(sources.size());
        for (Named named : sources) {
            T answer = answer(named, question);
            if (answer != null && worth.applyAsDouble(answer) > 0) {
                answers.add(answer);
            }
        }
        // A stable order: of equally certain sources the first added stays the first.
        answers.sort((one, other) -> Double.compare(worth.applyAsDouble(other), worth.applyAsDouble(one)));
        return answers;
    }

    private <T> @Nullable T answer(Named named, Function<TelemetrySource, @Nullable T> question) {
        try {
            return question.apply(named.source());
        } catch (Exception | LinkageError failure) {
            // Foreign code: one source may fail, the others may not suffer.
            named.failures().increment();
            counters.count(TelemetryReason.SOURCE_FAILED);
            return null;
        }
    }

    /** Returns the confidence of an answer, 0 of one that knows nothing. */
    private static double worth(PathSample sample) {
        boolean empty = !sample.hasLatency()
                && Double.isNaN(sample.bandwidthBytesPerSecond())
                && Double.isNaN(sample.lossRatio());
        return empty ? 0 : sample.confidence();
    }

    private static double worth(NodeLoad load) {
        boolean empty = Double.isNaN(load.cpu()) && Double.isNaN(load.memory()) && Double.isNaN(load.network());
        return empty ? 0 : load.confidence();
    }

    private static PathSample combined(List<PathSample> all) {
        PathSample latency = best(all, PathSample::hasLatency, PathSample::confidence);
        PathSample bandwidth =
                best(all, sample -> !Double.isNaN(sample.bandwidthBytesPerSecond()), PathSample::confidence);
        PathSample loss = best(all, sample -> !Double.isNaN(sample.lossRatio()), PathSample::confidence);
        PathSample oldest = all.get(0);
        PathSample doubtful = all.get(0);
        for (PathSample used : usedOf(latency, bandwidth, loss)) {
            oldest = used.ageNanos() > oldest.ageNanos() ? used : oldest;
            doubtful = used.confidence() < doubtful.confidence() ? used : doubtful;
        }
        return new PathSample(
                latency == null ? PathSample.UNKNOWN_LATENCY : latency.latencyNanos(),
                bandwidth == null ? Double.NaN : bandwidth.bandwidthBytesPerSecond(),
                loss == null ? Double.NaN : loss.lossRatio(),
                oldest.ageNanos(),
                doubtful.confidence());
    }

    private static NodeLoad combinedLoad(List<NodeLoad> all) {
        NodeLoad cpu = best(all, load -> !Double.isNaN(load.cpu()), NodeLoad::confidence);
        NodeLoad memory = best(all, load -> !Double.isNaN(load.memory()), NodeLoad::confidence);
        NodeLoad network = best(all, load -> !Double.isNaN(load.network()), NodeLoad::confidence);
        NodeLoad oldest = all.get(0);
        NodeLoad doubtful = all.get(0);
        for (NodeLoad used : usedOf(cpu, memory, network)) {
            oldest = used.ageNanos() > oldest.ageNanos() ? used : oldest;
            doubtful = used.confidence() < doubtful.confidence() ? used : doubtful;
        }
        return new NodeLoad(
                cpu == null ? Double.NaN : cpu.cpu(),
                memory == null ? Double.NaN : memory.memory(),
                network == null ? Double.NaN : network.network(),
                oldest.ageNanos(),
                doubtful.confidence());
    }

    /** Returns the most certain answer that knows the fact, or null if it is much less certain than the best of all. */
    private static <T> @Nullable T best(List<T> all, Predicate<T> knows, ToDoubleFunction<T> confidence) {
        double least = WORTHWHILE * confidence.applyAsDouble(all.get(0));
        for (T answer : all) {
            if (knows.test(answer)) {
                return confidence.applyAsDouble(answer) >= least ? answer : null;
            }
        }
        return null;
    }

    @SafeVarargs
    private static <T> List<T> usedOf(@Nullable T... facts) {
        List<T> used = new ArrayList<>(facts.length);
        for (T fact : facts) {
            if (fact != null) {
                used.add(fact);
            }
        }
        return used;
    }

    private static <T> @Nullable T only(List<T> all) {
        return all.isEmpty() ? null : all.get(0);
    }
}
