package io.foreshard.jmh.striping.placement;

import io.foreshard.jmh.lossy.Percentile;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** One trace: flows arrive at any time, ingresses in turn probe three nodes for each and place it. */
final class PlacementRun {

    static final int NODES = 32;
    private static final int INGRESSES = 5;
    private static final int PROBES = 3;
    private static final double UNITS_PER_FLOW = 2;
    private static final double FLOWS_PER_SECOND = 84;

    private final SplittableRandom arrivals;
    private final SplittableRandom probing;
    private final List<SharedNode> nodes;
    private final List<View> views =
            IntStream.range(0, INGRESSES).mapToObj(i -> new View(NODES)).toList();
    private final Chooser chooser;
    private final double fromSeconds;
    private final double untilSeconds;
    private final LongStream.Builder latencies = LongStream.builder();
    private final LongStream.Builder inFlight = LongStream.builder();

    /**
     * Sets up a run.
     *
     * @param seed of the trace: arrivals and what others do
     * @param chooser by a generator of its own
     * @param warmSeconds not counted
     */
    PlacementRun(
            Condition condition,
            long seed,
            Function<SplittableRandom, Chooser> chooser,
            double warmSeconds,
            double countedSeconds) {
        SplittableRandom random = new SplittableRandom(seed);
        this.arrivals = random.split();
        List<SharedNode> fleet = new ArrayList<>();
        for (int i = 0; i < NODES; i++) {
            fleet.add(new SharedNode(condition, random.split()));
        }
        this.nodes = fleet;
        this.probing = random.split();
        this.chooser = chooser.apply(random.split());
        this.fromSeconds = warmSeconds;
        this.untilSeconds = warmSeconds + countedSeconds;
    }

    /**
     * What came out.
     *
     * @param p99Seconds of how long flows took
     * @param p99InFlight over nodes and seconds
     * @param tailInFlight the mean of the largest hundredth of them; finer than a percentile, which is a whole number
     */
    record Outcome(double p99Seconds, double p99InFlight, double tailInFlight) {}

    Outcome run() {
        double now = 0;
        double arrival = exponential(1 / FLOWS_PER_SECOND);
        double second = 1;
        int flow = 0;
        while (now < untilSeconds) {
            int busy = soonest();
            double event = nodes.get(busy).nextEvent();
            now = Math.min(event, Math.min(arrival, second));
            if (now == event) {
                advance(busy, now);
            } else if (now == arrival) {
                place(flow++ % INGRESSES, now);
                arrival = now + exponential(1 / FLOWS_PER_SECOND);
            } else {
                second(now);
                second++;
            }
        }
        long[] numbers = inFlight.build().sorted().toArray();
        return new Outcome(
                Percentile.of(latencies.build(), 99) / 1e9,
                Percentile.of(LongStream.of(numbers), 99),
                LongStream.of(numbers)
                        .skip(numbers.length - numbers.length / 100)
                        .average()
                        .orElse(Double.NaN));
    }

    private int soonest() {
        int soonest = 0;
        double event = Double.POSITIVE_INFINITY;
        for (int i = 0; i < NODES; i++) {
            double next = nodes.get(i).nextEvent();
            if (next < event) {
                event = next;
                soonest = i;
            }
        }
        return soonest;
    }

    private void advance(int index, double now) {
        SharedNode.@Nullable Placed ended = nodes.get(index).advance(now);
        if (ended == null) {
            return;
        }
        views.get(ended.ingress()).ended(index);
        chooser.ended(ended.slot(), (now - ended.begunAt()) / ended.size());
        if (ended.begunAt() >= fromSeconds) {
            latencies.add((long) ((now - ended.begunAt()) * 1e9));
        }
    }

    private void place(int ingress, double now) {
        View view = views.get(ingress);
        view.begin(now);
        for (int probe = 0; probe < PROBES; probe++) {
            int node = probing.nextInt(NODES);
            view.probe(node, nodes.get(node));
        }
        int chosen = chooser.choose(view);
        nodes.get(chosen).place(exponential(UNITS_PER_FLOW), ingress, chooser.slot(), now);
        view.placed(chosen);
    }

    private void second(double now) {
        chooser.second(now, views.get(0));
        if (now >= fromSeconds) {
            nodes.forEach(node -> inFlight.add(node.inFlight()));
        }
    }

    private double exponential(double mean) {
        return -mean * Math.log(1 - arrivals.nextDouble());
    }
}
