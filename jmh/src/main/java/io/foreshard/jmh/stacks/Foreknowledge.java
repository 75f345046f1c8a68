package io.foreshard.jmh.stacks;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * What one that knows each message and how long a start takes would need: each stack is there whenever messages fill those before it, goes whenever they do not for longer than a start
 * takes, and is started so long before. Where that is more memory than there is, those starts ahead are given up that spare the fewest messages for their memory.
 */
final class Foreknowledge {

    /** A start ahead: what it costs and the messages that come within the time it would take otherwise. */
    private record Lead(double megabyteSeconds, long messages) {
        double worth() {
            return messages / Math.max(1e-9, megabyteSeconds);
        }
    }

    private final StackDemand demand;
    private final long seed;
    private final List<Lead> leads = new ArrayList<>();
    private double megabyteSeconds;

    Foreknowledge(StackDemand demand, long seed) {
        this.demand = demand;
        this.seed = seed;
        for (int kind = 0; kind < demand.kinds().size(); kind++) {
            new Kind(demand.kinds().get(kind), kind).run();
        }
    }

    /** Returns how many messages wait at a budget of memory for all together: replays differ in what they need. */
    static long exposed(List<Foreknowledge> replays, double budget) {
        double spent =
                replays.stream().mapToDouble(each -> each.megabyteSeconds).sum();
        long exposed = 0;
        List<Lead> leads = replays.stream()
                .flatMap(each -> each.leads.stream())
                .sorted(Comparator.comparingDouble(Lead::worth))
                .toList();
        for (Lead lead : leads) {
            if (spent <= budget) {
                break;
            }
            spent -= lead.megabyteSeconds();
            exposed += lead.messages();
        }
        return exposed;
    }

    /** Returns the memory at which no message waits. */
    double megabyteSeconds() {
        return megabyteSeconds;
    }

    /** As no message waits, each is in flight from when it comes. */
    private final class Kind {
        private final StackDemand.Kind kind;
        private final SplittableRandom service;
        private final PriorityQueue<Long> ends = new PriorityQueue<>();
        /** When each stack was needed last. */
        private final List<Long> left = new ArrayList<>();
        /** Until when messages would have waited for it, and how many were spared. */
        private final List<Long> lateUntil = new ArrayList<>();

        private final List<Double> leadCost = new ArrayList<>();
        private final List<Long> spared = new ArrayList<>();
        private int needed;

        Kind(StackDemand.Kind kind, int number) {
            this.kind = kind;
            service = new SplittableRandom(seed * 31 + number);
        }

        void run() {
            for (long at : kind.arrivals()) {
                answersUntil(at);
                ends.add(at + StackReplay.serviceMillis(service, kind));
                if (ends.size() > needed * kind.maxInFlight()) {
                    begin(at);
                }
                for (int level = 0; level < needed; level++) {
                    if (at <= lateUntil.get(level) && at >= demand.scoredFromMillis()) {
                        spared.set(level, spared.get(level) + 1);
                    }
                }
            }
            answersUntil(demand.untilMillis());
            for (int level = 0; level < left.size(); level++) {
                if (level < needed) {
                    spend(left.get(level), demand.untilMillis());
                }
                settle(level);
            }
        }

        private void answersUntil(long at) {
            while (!ends.isEmpty() && ends.peek() <= at) {
                long end = ends.poll();
                if (ends.size() <= (needed - 1) * kind.maxInFlight()) {
                    needed--;
                    spend(left.get(needed), end);
                    left.set(needed, end);
                }
            }
        }

        private void begin(long at) {
            int level = needed++;
            long cold = (long) StackReplay.coldMillis();
            if (level == left.size()) {
                left.add(Math.max(0, at - cold));
                lateUntil.add(Long.MIN_VALUE);
                leadCost.add(0.0);
                spared.add(0L);
            }
            long from = Math.max(left.get(level), at - cold);
            settle(level);
            leadCost.set(level, spend(from, at));
            lateUntil.set(level, at + Math.min(cold, at - from));
            left.set(level, at);
        }

        private void settle(int level) {
            if (spared.get(level) > 0) {
                leads.add(new Lead(leadCost.get(level), spared.get(level)));
                spared.set(level, 0L);
            }
        }

        private double spend(long from, long to) {
            long scored = Math.max(0, to - Math.max(from, demand.scoredFromMillis()));
            double spent = scored * kind.megabytes() / 1000;
            megabyteSeconds += spent;
            return spent;
        }
    }
}
