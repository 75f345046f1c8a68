package io.foreshard.jmh.gain;

import io.foreshard.jmh.ComparisonSettings;
import io.foreshard.jmh.figure.Figure;
import io.foreshard.jmh.figure.Peer;
import io.foreshard.jmh.figure.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ToDoubleFunction;

/** Runs twins on all seeds, as many at once as there are cores; those with the gate shut once for all that are compared with them. */
final class Twins implements AutoCloseable {

    private final ComparisonSettings settings;
    private final int seeds;
    private final Duration length;
    private final ExecutorService workers;
    private final Map<Scenario, List<GainResult>> shut = new HashMap<>();

    Twins(ComparisonSettings settings, int seeds, Duration length) {
        this.settings = settings;
        this.seeds = seeds;
        this.length = length;
        this.workers = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    }

    /** Returns the ratio of a twin's p99 to that with the gate shut. */
    Figure figure(String name, Scenario scenario, Twin twin, Target target, ToDoubleFunction<Ratio> end)
            throws InterruptedException {
        settings.say(name + ": " + seeds + " seeds of " + length.toSeconds() + " s");
        try {
            List<GainResult> reactive = shut.get(scenario);
            if (reactive == null) {
                reactive = runAll(scenario, Twin.SHUT);
                shut.put(scenario, reactive);
            }
            List<GainResult> other = runAll(scenario, twin);
            Ratio ratio = Ratio.of(p99(other), p99(reactive), settings.seed());
            return new Figure(name, end.applyAsDouble(ratio), "ratio", target, peers(ratio, other, reactive));
        } catch (ExecutionException e) {
            return Figure.open(name, "ratio", target, Peer.skipped("run", String.valueOf(e.getCause())));
        }
    }

    private List<GainResult> runAll(Scenario scenario, Twin twin) throws InterruptedException, ExecutionException {
        List<Future<GainResult>> running = new ArrayList<>();
        for (int i = 0; i < seeds; i++) {
            long seed = settings.seed() + i;
            running.add(workers.submit(() -> GainRun.run(scenario, twin, seed, length)));
        }
        List<GainResult> results = new ArrayList<>();
        for (Future<GainResult> each : running) {
            results.add(each.get());
        }
        return results;
    }

    private List<Peer> peers(Ratio ratio, List<GainResult> other, List<GainResult> reactive) {
        return List.of(
                Peer.of("mean", ratio.value()),
                Peer.of("low", ratio.low()),
                Peer.of("high", ratio.high()),
                Peer.of("p99-ms", median(other, GainResult::p99)),
                Peer.of("shut-p99-ms", median(reactive, GainResult::p99)),
                Peer.of("fluid-p99-ms", median(other, GainResult::fluidP99)),
                Peer.of("p50-ms", median(other, GainResult::p50)),
                Peer.of("shut-p50-ms", median(reactive, GainResult::p50)),
                Peer.of("gate-open-%", 100 * median(other, GainResult::openShare)),
                Peer.of("seeds", seeds),
                Peer.of("messages-per-run", median(other, GainResult::messages)));
    }

    private static double[] p99(List<GainResult> results) {
        return results.stream().mapToDouble(GainResult::p99).toArray();
    }

    private static double median(List<GainResult> results, ToDoubleFunction<GainResult> value) {
        double[] sorted = results.stream().mapToDouble(value).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
