package io.foreshard.jmh.stacks;

import io.foreshard.stackvirt.spi.ScalingView;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * Replays messages against stacks that a pilot scales, on virtual time. A message that finds no running stack with room waits, and counts as exposed. A stack holds
 * its memory from the moment its start is ordered until it is gone; it goes once it has no message. Service and start times depend on the seed
 * and the message or start alone, so that all pilots meet the same.
 */
final class StackReplay {

    private static final double START_MEDIAN_MILLIS = 700;
    private static final double START_SIGMA = 0.25;

    /** What came of a replay. */
    record Outcome(long messages, long exposed, double megabyteSeconds, long starts) {
        Outcome plus(Outcome other) {
            return new Outcome(
                    messages + other.messages,
                    exposed + other.exposed,
                    megabyteSeconds + other.megabyteSeconds,
                    starts + other.starts);
        }
    }

    private final StackDemand demand;
    private final long seed;

    StackReplay(StackDemand demand, long seed) {
        this.demand = demand;
        this.seed = seed;
    }

    /** What a manager would have measured: the 95th percentile of starts. */
    static double coldMillis() {
        return START_MEDIAN_MILLIS * Math.exp(1.645 * START_SIGMA);
    }

    /** Draws how long the next message handed out takes. */
    static long serviceMillis(SplittableRandom random, StackDemand.Kind kind) {
        return Math.max(1, Math.round(-Math.log(1 - random.nextDouble()) * kind.serviceMillis()));
    }

    StackDemand demand() {
        return demand;
    }

    List<ScalingView.Bounds> bounds() {
        return demand.kinds().stream()
                .map(kind -> new ScalingView.Bounds(0, 64, kind.maxInFlight(), kind.megabytes(), coldMillis()))
                .toList();
    }

    Outcome run(Pilot pilot) {
        List<KindRun> runs = new ArrayList<>();
        for (int kind = 0; kind < demand.kinds().size(); kind++) {
            runs.add(new KindRun(kind, demand.kinds().get(kind), pilot));
        }
        for (long now = 0; now < demand.untilMillis(); now += pilot.tickMillis()) {
            long next = now + pilot.tickMillis();
            for (KindRun run : runs) {
                run.until(next);
            }
            pilot.tick(next);
            for (KindRun run : runs) {
                run.plan(next);
            }
        }
        return runs.stream().map(run -> run.outcome).reduce(new Outcome(0, 0, 0, 0), Outcome::plus);
    }

    private final class KindRun {
        private final int number;
        private final StackDemand.Kind kind;
        private final Pilot pilot;
        private final SplittableRandom service;
        private final SplittableRandom starts;
        private final PriorityQueue<Long> ends = new PriorityQueue<>();
        private final PriorityQueue<Long> ready = new PriorityQueue<>();
        private int next;
        private int running;
        private int inFlight;
        private int waiting;
        private long nowMillis;
        private Outcome outcome = new Outcome(0, 0, 0, 0);
        private long messages;
        private long exposed;
        private long started;
        private long stackMillis;

        KindRun(int number, StackDemand.Kind kind, Pilot pilot) {
            this.number = number;
            this.kind = kind;
            this.pilot = pilot;
            service = new SplittableRandom(seed * 31 + number);
            starts = new SplittableRandom(seed * 37 + number);
        }

        void until(long end) {
            while (true) {
                long arrival = next < kind.arrivals().length ? kind.arrivals()[next] : Long.MAX_VALUE;
                long answer = ends.isEmpty() ? Long.MAX_VALUE : ends.peek();
                long up = ready.isEmpty() ? Long.MAX_VALUE : ready.peek();
                long first = Math.min(arrival, Math.min(answer, up));
                if (first >= end) {
                    break;
                }
                pass(first);
                if (first == up) {
                    ready.poll();
                    running++;
                    dispatch();
                } else if (first == answer) {
                    ends.poll();
                    inFlight--;
                    pilot.answered(number, nowMillis);
                    dispatch();
                } else {
                    next++;
                    arrive();
                }
            }
            pass(end);
        }

        private void arrive() {
            boolean scored = nowMillis >= demand.scoredFromMillis();
            messages += scored ? 1 : 0;
            waiting++;
            pilot.arrived(number, nowMillis);
            dispatch();
            if (waiting > 0) {
                exposed += scored ? 1 : 0;
                int there = running + ready.size();
                if (there == 0 || (pilot.asksAtOnce() && inFlight + waiting > there * kind.maxInFlight())) {
                    plan(nowMillis);
                }
            }
        }

        private void dispatch() {
            while (waiting > 0 && inFlight < running * kind.maxInFlight()) {
                waiting--;
                inFlight++;
                ends.add(nowMillis + serviceMillis(service, kind));
            }
        }

        void plan(long atMillis) {
            pass(atMillis);
            ScalingView.Stock stock = new ScalingView.Stock(running, ready.size(), 0, 0);
            int wanted = pilot.plan(number, atMillis, stock, waiting);
            while (running + ready.size() < wanted) {
                double time = START_MEDIAN_MILLIS * Math.exp(START_SIGMA * starts.nextGaussian());
                ready.add(atMillis + Math.round(time));
                started += atMillis >= demand.scoredFromMillis() ? 1 : 0;
            }
            while (!ready.isEmpty() && running + ready.size() > wanted) {
                ready.remove(Collections.max(ready));
            }
            int busy = (inFlight + kind.maxInFlight() - 1) / kind.maxInFlight();
            running = Math.min(running, Math.max(busy, wanted - ready.size()));
            outcome = new Outcome(messages, exposed, stackMillis * kind.megabytes() / 1000, started);
        }

        private void pass(long toMillis) {
            if (toMillis > nowMillis) {
                long scored = Math.max(0, toMillis - Math.max(nowMillis, demand.scoredFromMillis()));
                stackMillis += (running + ready.size()) * scored;
                nowMillis = toMillis;
            }
        }
    }
}
