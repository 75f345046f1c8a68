package io.foreshard.jmh.stacks;

import io.foreshard.jmh.ComparisonSettings;
import io.foreshard.jmh.Contest;
import io.foreshard.jmh.figure.Figure;
import io.foreshard.jmh.figure.Peer;
import io.foreshard.jmh.figure.Target;
import io.foreshard.jmh.run.JmhRun;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.openjdk.jmh.results.RunResult;

/** What a pick among 16 stacks costs, by JMH, with simpler policies beside it. */
final class MuxPickContest implements Contest {

    private static final String NAME = "mux-pick";
    private static final Target NANOS = Target.atMost(200);
    private static final Target NO_BYTES = Target.atMost(0);
    /** The harness itself allocates some kilobytes an iteration; one object of ours in a hundred picks would show. */
    private static final double WHOLE_BYTES = 0.1;

    @Override
    public void run(ComparisonSettings settings, Consumer<Figure> figures) {
        Collection<RunResult> results = JmhRun.run(settings, MuxPickBenchmark.class, "pick");
        double worst = Double.NaN;
        double bytes = Double.NaN;
        List<Peer> peers = new ArrayList<>();
        for (RunResult result : results) {
            List<Double> forks = JmhRun.forks(result);
            String policy = result.getParams().getParam("policy");
            if (policy.equals("hot-cold")) {
                worst = forks.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
                bytes = JmhRun.bytes(result);
                peers.add(Peer.of(
                        "foreshard-best-fork",
                        forks.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN)));
            } else {
                peers.add(Peer.of(
                        policy,
                        forks.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN)));
            }
        }
        figures.accept(new Figure(NAME, worst, "ns", NANOS, peers));
        figures.accept(new Figure(
                NAME + "/bytes",
                bytes < WHOLE_BYTES ? 0 : bytes,
                "B/op",
                NO_BYTES,
                List.of(Peer.of("as-profiled", bytes))));
    }
}
