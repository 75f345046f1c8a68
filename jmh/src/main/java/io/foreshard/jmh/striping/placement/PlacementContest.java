package io.foreshard.jmh.striping.placement;

import io.foreshard.coreapi.GateMode;
import io.foreshard.jmh.ComparisonSettings;
import io.foreshard.jmh.Contest;
import io.foreshard.jmh.figure.Figure;
import io.foreshard.jmh.figure.Peer;
import io.foreshard.jmh.figure.Target;
import io.foreshard.jmh.gain.Ratio;
import io.foreshard.jmh.striping.placement.PlacementRun.Outcome;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * How long flows take and how many are in flight at a node, at the 99th percentile, where others use the nodes as well: ours with forecasts
 * and without, and peers. Ratios of paired runs with a bootstrap interval over seeds; what is judged is the worst one.
 *
 * <p>All policies get the same: traces, three probes for each flow, exact and without delay, that tell what is in flight, how long a unit of work would take now
 * and the load with the part that comes from the ingresses; what an ingress placed itself counts until it ends. Nobody sees nodes otherwise, forecasts
 * neither. Two choices are had of any probes and of new ones, Prequal as published and with a pool that loses nothing, which is the stronger one.
 */
public final class PlacementContest implements Contest {

    private static final String NAME = "placement";
    private static final Target BETTER = Target.atMost(1);
    private static final Target NO_HARM = Target.atMost(1.02);
    private static final int SEEDS = 30;
    private static final int QUICK_SEEDS = 4;
    private static final double WARM_SECONDS = 900;
    private static final double COUNTED_SECONDS = 600;
    private static final double QUICK_COUNTED_SECONDS = 250;

    /** Makes the contest. */
    public PlacementContest() {}

    private enum Policy {
        FORESHARD,
        WITHOUT_FORECAST,
        LEAST_OF_TWO,
        LEAST_OF_TWO_PROBED,
        PREQUAL_ONLY,
        HOT_COLD_OF_NEWEST,
        WEIGHTED_ROUND_ROBIN;

        static final List<Policy> JUDGED = List.of(LEAST_OF_TWO, LEAST_OF_TWO_PROBED, PREQUAL_ONLY, HOT_COLD_OF_NEWEST);

        Chooser chooser(SplittableRandom random) {
            return switch (this) {
                case FORESHARD -> new ForeshardChooser(PlacementRun.NODES, GateMode.FREE, random);
                case WITHOUT_FORECAST -> new ForeshardChooser(PlacementRun.NODES, GateMode.SHUT, random);
                case LEAST_OF_TWO -> Choosers.leastOfTwo(random);
                case LEAST_OF_TWO_PROBED -> Choosers.leastOfTwoProbed();
                case PREQUAL_ONLY -> new Prequal(PlacementRun.NODES, random);
                case HOT_COLD_OF_NEWEST -> Choosers.hotCold();
                case WEIGHTED_ROUND_ROBIN -> Choosers.weightedRoundRobin(random);
            };
        }

        String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private record Measure(String name, String unit, ToDoubleFunction<Outcome> of) {}

    @Override
    public void run(ComparisonSettings settings, Consumer<Figure> figures) {
        List<Figure> cases = new ArrayList<>();
        for (Condition condition : Condition.values()) {
            Map<Policy, List<Outcome>> outcomes = outcomes(condition, settings);
            for (Measure measure : List.of(
                    new Measure("latency", "s", Outcome::p99Seconds),
                    new Measure("in-flight", "flows", Outcome::p99InFlight),
                    new Measure("in-flight-tail", "flows", Outcome::tailInFlight))) {
                cases.add(againstPeers(condition, measure, outcomes, settings.seed()));
                cases.add(ablation(condition, measure, outcomes, settings.seed()));
            }
        }
        cases.forEach(figures);
    }

    private static Map<Policy, List<Outcome>> outcomes(Condition condition, ComparisonSettings settings) {
        Map<Policy, List<Outcome>> outcomes = new EnumMap<>(Policy.class);
        for (Policy policy : Policy.values()) {
            settings.say(NAME + ": " + condition.label() + ", " + policy.label());
            int seeds = settings.quick() ? QUICK_SEEDS : SEEDS;
            outcomes.put(
                    policy,
                    IntStream.range(0, seeds)
                            .parallel()
                            .mapToObj(seed -> new PlacementRun(
                                            condition,
                                            settings.seed() + seed,
                                            policy::chooser,
                                            WARM_SECONDS,
                                            settings.quick() ? QUICK_COUNTED_SECONDS : COUNTED_SECONDS)
                                    .run())
                            .toList());
        }
        return outcomes;
    }

    private static Figure againstPeers(
            Condition condition, Measure measure, Map<Policy, List<Outcome>> outcomes, long seed) {
        List<Peer> peers = new ArrayList<>();
        double worst = 0;
        for (Policy other : Policy.JUDGED) {
            Ratio ratio = ratio(outcomes, measure, Policy.FORESHARD, other, seed);
            worst = Math.max(worst, ratio.value());
            add(peers, "of-" + other.label(), ratio);
        }
        outcomes.forEach((policy, runs) -> peers.add(Peer.of(
                policy.label() + "-" + measure.unit(),
                runs.stream().mapToDouble(measure.of()).average().orElse(Double.NaN))));
        return new Figure(NAME + "/" + condition.label() + "-" + measure.name(), worst, "ratio", BETTER, peers);
    }

    private static Figure ablation(
            Condition condition, Measure measure, Map<Policy, List<Outcome>> outcomes, long seed) {
        Ratio ratio = ratio(outcomes, measure, Policy.FORESHARD, Policy.WITHOUT_FORECAST, seed);
        List<Peer> peers = new ArrayList<>();
        add(peers, "with-of-without", ratio);
        return new Figure(
                NAME + "/" + condition.label() + "-" + measure.name() + "-ablation",
                ratio.value(),
                "ratio",
                NO_HARM,
                peers);
    }

    private static void add(List<Peer> peers, String name, Ratio ratio) {
        peers.add(Peer.of(name, ratio.value()));
        peers.add(Peer.of(name + "-low", ratio.low()));
        peers.add(Peer.of(name + "-high", ratio.high()));
    }

    private static Ratio ratio(
            Map<Policy, List<Outcome>> outcomes, Measure measure, Policy ours, Policy other, long seed) {
        return Ratio.of(values(outcomes, measure, ours), values(outcomes, measure, other), seed);
    }

    private static double[] values(Map<Policy, List<Outcome>> outcomes, Measure measure, Policy policy) {
        return outcomes.getOrDefault(policy, List.of()).stream()
                .mapToDouble(measure.of())
                .toArray();
    }
}
