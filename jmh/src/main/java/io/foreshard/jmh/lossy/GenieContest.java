package io.foreshard.jmh.lossy;

import io.foreshard.jmh.ComparisonSettings;
import io.foreshard.jmh.Contest;
import io.foreshard.jmh.figure.Figure;
import io.foreshard.jmh.figure.Peer;
import io.foreshard.jmh.figure.Target;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * Messages of 64 KiB over lossy paths, in an open loop at 30 % of 100 Mbit/s: the 99th percentile of our completion times by that of
 * {@link GenieArq} on the same arrivals and loss seeds. Production endpoints with shipped defaults, in virtual time, so a run is
 * the same everywhere. Both directions lose.
 *
 * <p>Times run from a message's intended start until the receiver's listener has it. The first eight seconds are sent and not counted:
 * a session is opened once and used for long. Redundant bytes are shard bytes that reached the receiver although it had that shard
 * already, by message bytes.
 */
public final class GenieContest implements Contest {

    static final String NAME = "lossy.genie";

    private static final Target TARGET = Target.atMost(1.15);
    private static final Target REDUNDANCY = Target.atMost(10);
    private static final int QUICK_SEEDS = 3;
    private static final int QUICK_MESSAGES = 400;
    private static final int SEEDS = 10;
    private static final int MESSAGES = 1000;
    private static final int[] RTT_MILLIS = {50, 250};
    private static final int[] LOSS_PERCENT = {1, 5, 10};

    /** What one condition gave. */
    private record Outcome(Condition condition, Completions ours, Completions genie) {

        double ratio() {
            return ours.millisAt(0.99) / genie.millisAt(0.99);
        }

        Figure figure() {
            return new Figure(NAME + "/" + condition.name(), ratio(), "ratio", TARGET, peers());
        }

        List<Peer> peers() {
            return List.of(
                    Peer.of("foreshard-p99-ms", ours.millisAt(0.99)),
                    Peer.of("genie-p99-ms", genie.millisAt(0.99)),
                    Peer.of("foreshard-p50-ms", ours.millisAt(0.5)),
                    Peer.of("genie-p50-ms", genie.millisAt(0.5)),
                    Peer.of("redundant-percent", ours.redundantPercent()));
        }
    }

    /** Makes the contest. */
    public GenieContest() {}

    @Override
    public void run(ComparisonSettings settings, Consumer<Figure> figures) {
        List<Outcome> outcomes = new ArrayList<>();
        for (int rtt : RTT_MILLIS) {
            for (int loss : LOSS_PERCENT) {
                outcomes.add(measure(new Condition(rtt, loss), settings));
            }
        }
        outcomes.sort(Comparator.comparingDouble(Outcome::ratio).reversed());
        Outcome worst = outcomes.get(0);
        figures.accept(new Figure(NAME, worst.ratio(), "ratio", TARGET, worst.peers()));
        figures.accept(redundancy(outcomes));
        outcomes.forEach(outcome -> figures.accept(outcome.figure()));
    }

    private static Figure redundancy(List<Outcome> outcomes) {
        double most = outcomes.stream()
                .mapToDouble(outcome -> outcome.ours().redundantPercent())
                .max()
                .orElse(Double.NaN);
        return new Figure(NAME + "/redundant", most, "percent", REDUNDANCY, List.of());
    }

    private static Outcome measure(Condition condition, ComparisonSettings settings) {
        Outcome outcome = new Outcome(condition, new Completions(), new Completions());
        int seeds = settings.quick() ? QUICK_SEEDS : SEEDS;
        for (int i = 0; i < seeds; i++) {
            long seed = settings.seed() * 1_000 + i;
            Arrivals arrivals = Arrivals.poisson(settings.quick() ? QUICK_MESSAGES : MESSAGES, seed);
            EngineRun.run(arrivals, condition, seed, outcome.ours());
            outcome.genie().add(arrivals, GenieArq.run(arrivals, condition, seed));
        }
        settings.say(NAME + "/" + condition.name() + ": " + outcome.ours().count() + " messages, "
                + outcome.peers().stream()
                        .map(peer -> peer.name() + " " + Math.round(peer.value() * 100) / 100.0)
                        .toList());
        return outcome;
    }
}
