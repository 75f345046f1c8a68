package io.foreshard.jmh.stacks;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Messages as protocols make them, from a seed: timers with jitter, drift and misses; bursts, of which some recur and others nobody can foresee; and chance alone.
 */
final class MadeDemand {

    private static final long HOUR = 3_600_000;
    private static final int KINDS = 12;

    private final SplittableRandom random;
    private final long scoredFrom;
    private final long until;

    private MadeDemand(long seed, double learnHours, double scoreHours) {
        random = new SplittableRandom(seed);
        scoredFrom = (long) (learnHours * HOUR);
        until = scoredFrom + (long) (scoreHours * HOUR);
    }

    /** Timers, from half a minute to half an hour; one event in thirty is missing, and one in thirty comes by chance. */
    static StackDemand periodic(long seed, double learnHours, double scoreHours) {
        MadeDemand made = new MadeDemand(seed, learnHours, scoreHours);
        List<StackDemand.Kind> kinds = new ArrayList<>();
        for (int kind = 0; kind < KINDS; kind++) {
            Arrivals arrivals = new Arrivals(made.until);
            int timers = kind % 4 == 3 ? 2 : 1;
            for (int timer = 0; timer < timers; timer++) {
                made.timer(arrivals, kind % 2 == 0);
            }
            kinds.add(made.kind("timer-" + kind, arrivals));
        }
        return made.demand("periodic", kinds);
    }

    private void timer(Arrivals arrivals, boolean drifts) {
        double period = logUniform(30_000, 1_800_000);
        double jitter = period * (0.005 + 0.025 * random.nextDouble());
        double due = random.nextDouble() * period;
        while (due < until) {
            double at = due + jitter * random.nextGaussian();
            if (random.nextDouble() >= 1 / 30.0) {
                event(arrivals, at);
            }
            due = (drifts ? at : due) + period;
        }
        for (double at = exponential(30 * period); at < until; at += exponential(30 * period)) {
            event(arrivals, at);
        }
    }

    /** A few messages one after the other. */
    private void event(Arrivals arrivals, double atMillis) {
        double at = atMillis;
        arrivals.add(at);
        while (random.nextDouble() < 0.67) {
            at += exponential(150);
            arrivals.add(at);
        }
    }

    /** Bursts that need several stacks; those of half of the kinds recur, with jitter, those of the others come by chance. */
    static StackDemand bursty(long seed, double learnHours, double scoreHours) {
        MadeDemand made = new MadeDemand(seed, learnHours, scoreHours);
        List<StackDemand.Kind> kinds = new ArrayList<>();
        for (int kind = 0; kind < KINDS; kind++) {
            Arrivals arrivals = new Arrivals(made.until);
            made.bursts(arrivals, kind % 2 == 0);
            kinds.add(made.kind("burst-" + kind, arrivals));
        }
        return made.demand("bursty", kinds);
    }

    private void bursts(Arrivals arrivals, boolean recurs) {
        double gap = logUniform(120_000, 1_800_000);
        double perSecond = logUniform(10, 150);
        double length = logUniform(5_000, 40_000);
        double at = random.nextDouble() * gap;
        while (at < until) {
            burst(arrivals, at, length * Math.exp(0.5 * random.nextGaussian()), perSecond);
            at += recurs ? gap * (1 + 0.03 * random.nextGaussian()) : exponential(gap);
        }
    }

    /** Rises within a quarter of its length, then stays. */
    private void burst(Arrivals arrivals, double from, double length, double usualPerSecond) {
        double perSecond = usualPerSecond * Math.exp(0.4 * random.nextGaussian());
        double at = from;
        while (at < from + length) {
            double share = Math.min(1, 0.1 + (at - from) / (0.25 * length));
            arrivals.add(at);
            at += exponential(1000 / (perSecond * share));
        }
    }

    /** Chance alone: every message for itself, at rates from one in twenty seconds to one in twenty minutes. */
    static StackDemand poisson(long seed, double learnHours, double scoreHours) {
        MadeDemand made = new MadeDemand(seed, learnHours, scoreHours);
        List<StackDemand.Kind> kinds = new ArrayList<>();
        for (int kind = 0; kind < KINDS; kind++) {
            Arrivals arrivals = new Arrivals(made.until);
            double gap = made.logUniform(20_000, 1_200_000);
            for (double at = made.exponential(gap); at < made.until; at += made.exponential(gap)) {
                arrivals.add(at);
            }
            kinds.add(made.kind("poisson-" + kind, arrivals));
        }
        return made.demand("poisson", kinds);
    }

    /** Chance alone, of one kind alone: a message each twenty seconds, at which the reactive rule has a stack for most of the time. */
    static StackDemand poissonAlone(long seed, double learnHours, double scoreHours) {
        MadeDemand made = new MadeDemand(seed, learnHours, scoreHours);
        Arrivals arrivals = new Arrivals(made.until);
        for (double at = made.exponential(20_000); at < made.until; at += made.exponential(20_000)) {
            arrivals.add(at);
        }
        return made.demand("poisson-alone", List.of(made.kind("poisson", arrivals)));
    }

    /** Bursts by chance alone. */
    static StackDemand randomBursts(long seed, double learnHours, double scoreHours) {
        MadeDemand made = new MadeDemand(seed, learnHours, scoreHours);
        List<StackDemand.Kind> kinds = new ArrayList<>();
        for (int kind = 0; kind < KINDS; kind++) {
            Arrivals arrivals = new Arrivals(made.until);
            made.bursts(arrivals, false);
            kinds.add(made.kind("burst-" + kind, arrivals));
        }
        return made.demand("random-bursts", kinds);
    }

    private StackDemand demand(String name, List<StackDemand.Kind> kinds) {
        return new StackDemand(name, kinds, scoredFrom, until);
    }

    private StackDemand.Kind kind(String name, Arrivals arrivals) {
        return new StackDemand.Kind(name, arrivals.sorted(), 200, 10, 30 + 16 * random.nextDouble(), Optional.empty());
    }

    private double logUniform(double from, double to) {
        return from * Math.pow(to / from, random.nextDouble());
    }

    private double exponential(double mean) {
        return -Math.log(1 - random.nextDouble()) * mean;
    }
}
