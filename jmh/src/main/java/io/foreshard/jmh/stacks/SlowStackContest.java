package io.foreshard.jmh.stacks;

import io.foreshard.jmh.ComparisonSettings;
import io.foreshard.jmh.Contest;
import io.foreshard.jmh.figure.Figure;
import io.foreshard.jmh.figure.Peer;
import io.foreshard.jmh.figure.Target;
import io.foreshard.stackvirt.selection.HotColdSelector;
import io.foreshard.stackvirt.selection.LeastInFlightSelector;
import io.foreshard.stackvirt.selection.RoundRobinSelector;
import io.foreshard.stackvirt.selection.TwoChoicesSelector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The tail of latency with one slow stack among sixteen, against the usual ways to pick: as load balancers have them, without a bound on what
 * a stack has in flight. Those with the multiplexer's bound are printed beside. All in virtual time, the same arrivals for all.
 */
final class SlowStackContest implements Contest {

    private static final String NAME = "slow-stack";
    private static final Target ROUND_ROBIN = Target.atLeast(5);
    private static final Target LEAST = Target.atLeast(2);
    private static final int UNBOUNDED = 1 << 20;
    private static final int SHIPPED = 16;
    private static final int SEEDS = 30;
    private static final int QUICK_SEEDS = 5;
    /** One loop that sees everything, and several that each see a part, as those of a server with some cores do. */
    private static final int[] LOOPS = {1, 8};

    private static final double[] SPEEDS = {0.1, 0.2, 0.5};

    /** How much the times of messages differ: as in the evaluation of Prequal (NSDI 2024), and where all are much alike. */
    private static final double[] DEVIATIONS = {1, 0.2};

    private record Condition(double deviation, int loops, double speed) {

        String text() {
            return (deviation < 0.5 ? "alike-" : "varied-") + loops + (loops == 1 ? "-loop-at-" : "-loops-at-")
                    + Math.round(100 * speed) + "-percent";
        }
    }

    private static Map<String, SlowStackRun.Way> ways() {
        Map<String, SlowStackRun.Way> ways = new LinkedHashMap<>();
        ways.put(
                "foreshard",
                new SlowStackRun.Way(SHIPPED, () -> HotColdSelector.builder().build(), false));
        ways.put("round-robin", new SlowStackRun.Way(UNBOUNDED, RoundRobinSelector::new, false));
        ways.put("least-connections", new SlowStackRun.Way(UNBOUNDED, LeastInFlightSelector::new, false));
        ways.put("two-choices", new SlowStackRun.Way(UNBOUNDED, TwoChoicesSelector::new, false));
        ways.put("round-robin-bounded", new SlowStackRun.Way(SHIPPED, RoundRobinSelector::new, false));
        ways.put("least-connections-bounded", new SlowStackRun.Way(SHIPPED, LeastInFlightSelector::new, false));
        ways.put("without-the-slow-one", new SlowStackRun.Way(UNBOUNDED, LeastInFlightSelector::new, true));
        return ways;
    }

    @Override
    public void run(ComparisonSettings settings, Consumer<Figure> figures) {
        List<Figure> roundRobin = new ArrayList<>();
        List<Figure> least = new ArrayList<>();
        for (double deviation : DEVIATIONS) {
            for (int loops : LOOPS) {
                for (double speed : SPEEDS) {
                    run(settings, new Condition(deviation, loops, speed), roundRobin, least);
                }
            }
        }
        roundRobin.sort(Comparator.comparingDouble(Figure::value));
        least.sort(Comparator.comparingDouble(Figure::value));
        roundRobin.forEach(figures);
        least.forEach(figures);
    }

    private static void run(ComparisonSettings settings, Condition at, List<Figure> roundRobin, List<Figure> least) {
        String condition = at.text();
        Map<String, double[]> millis = new LinkedHashMap<>();
        ways().forEach((name, way) -> {
            settings.say(NAME + " " + condition + ": " + name);
            millis.put(name, millis(settings, at, way));
        });
        List<Peer> peers = new ArrayList<>();
        millis.forEach((name, each) -> peers.add(Peer.of(name + "-p99-ms", median(each))));
        roundRobin.add(figure("round-robin." + condition, millis, "round-robin", ROUND_ROBIN, peers));
        least.add(figure("least-connections." + condition, millis, "least-connections", LEAST, peers));
    }

    private static Figure figure(
            String condition, Map<String, double[]> millis, String peer, Target target, List<Peer> peers) {
        double[] ours = millis.getOrDefault("foreshard", new double[0]);
        double[] theirs = millis.getOrDefault(peer, new double[0]);
        double[] ratios = new double[ours.length];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = theirs[i] / ours[i];
        }
        List<Peer> all = new ArrayList<>(peers);
        all.add(Peer.of("least-ratio", Arrays.stream(ratios).min().orElse(Double.NaN)));
        all.add(Peer.of("seeds", ratios.length));
        return new Figure(NAME + "/" + condition, median(ratios), "times", target, all);
    }

    private static double[] millis(ComparisonSettings settings, Condition at, SlowStackRun.Way way) {
        Duration length = Duration.ofSeconds(settings.quick() ? 2 : 4);
        double[] millis = new double[settings.quick() ? QUICK_SEEDS : SEEDS];
        for (int i = 0; i < millis.length; i++) {
            millis[i] =
                    SlowStackRun.p99Millis(settings.seed() + i, length, at.speed(), at.loops(), at.deviation(), way);
        }
        return millis;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
    }
}
