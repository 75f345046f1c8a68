package io.foreshard.jmh.shaper;

import io.foreshard.flowshaper.control.PacedDelayCalculator;
import io.foreshard.flowshaper.control.UnshapedDelayCalculator;
import io.foreshard.flowshaper.control.WeightedSumDelayCalculator;
import io.foreshard.flowshaper.spi.DelayCalculator;
import io.foreshard.jmh.ComparisonSettings;
import io.foreshard.jmh.Contest;
import io.foreshard.jmh.figure.Figure;
import io.foreshard.jmh.figure.Peer;
import io.foreshard.jmh.figure.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * How long the bottleneck's queue takes to settle after demand steps from 0.8 to 1.4 of its capacity, in loop delays; for loop delays of
 * 20 ms, 100 ms and 1 s. Fluids on virtual time, so the same in every run. A queue that swings at the end by a tenth of a loop delay has not
 * settled, nor has one into which less flows than nine tenths of the capacity. Beside it the queue under the specified rule, guarded and not: delays shed no load while it lasts.
 */
public final class StepResponseContest implements Contest {

    static final String NAME = "step-response";

    private static final Target TARGET = Target.atMost(8);
    private static final List<Duration> LOOPS =
            List.of(Duration.ofMillis(20), Duration.ofMillis(100), Duration.ofSeconds(1));

    /** Makes the contest. */
    public StepResponseContest() {}

    @Override
    public void run(ComparisonSettings settings, Consumer<Figure> figures) {
        List<Figure> cases = new ArrayList<>();
        for (Duration loop : LOOPS) {
            cases.add(figure(loop, settings::say));
        }
        cases.sort(Comparator.comparingDouble(Figure::value).reversed());
        Figure worst = cases.get(0);
        figures.accept(new Figure(NAME, worst.value(), worst.unit(), worst.target(), worst.peers()));
        cases.forEach(figures);
    }

    static Figure figure(Duration loop, Consumer<String> progress) {
        String name = NAME + "/theta-" + loop.toMillis() + "ms";
        Map<String, DelayCalculator> laws = new LinkedHashMap<>();
        laws.put("plain-pi", new PlainPi());
        laws.put("specified-rule", specified(loop, 0.8));
        laws.put("specified-rule-unguarded", specified(loop, Double.POSITIVE_INFINITY));
        laws.put("unshaped", new UnshapedDelayCalculator());
        StepResponseRun.Result ours = run(loop, PacedDelayCalculator.builder().build());
        progress.accept(name + ": queue each 5 loop delays " + trace(ours));
        List<Peer> peers = new ArrayList<>();
        peers.add(Peer.of("swing", ours.swing()));
        peers.add(Peer.of("queue", ours.queue()));
        laws.forEach((peer, law) -> {
            StepResponseRun.Result result = run(loop, law);
            progress.accept(name + ": " + peer + " " + trace(result));
            addPeer(peers, peer, result);
        });
        return new Figure(name, ours.settling(), "loop-delays", TARGET, peers);
    }

    private static String trace(StepResponseRun.Result result) {
        return result.trace().stream()
                .map(queue -> String.format(Locale.ROOT, "%.2f", queue))
                .collect(Collectors.joining(" "));
    }

    private static DelayCalculator specified(Duration loop, double gainLimit) {
        return WeightedSumDelayCalculator.builder()
                .congestionWeight(loop.multipliedBy(6))
                .maxDelay(loop.multipliedBy(20))
                .gainLimit(gainLimit)
                .build();
    }

    private static StepResponseRun.Result run(Duration loop, DelayCalculator law) {
        return new StepResponseRun(loop.toNanos() / 1e9, law).run();
    }

    private static void addPeer(List<Peer> peers, String name, StepResponseRun.Result result) {
        peers.add(
                Double.isInfinite(result.settling())
                        ? Peer.skipped(name, "never settles")
                        : Peer.of(name, result.settling()));
        peers.add(Peer.of(name + "-swing", result.swing()));
        peers.add(Peer.of(name + "-queue", result.queue()));
    }
}
