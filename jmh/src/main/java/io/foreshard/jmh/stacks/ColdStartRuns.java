package io.foreshard.jmh.stacks;

import io.foreshard.jmh.ComparisonSettings;
import io.foreshard.jmh.figure.Peer;
import io.foreshard.jmh.stacks.StackReplay.Outcome;
import io.foreshard.stackvirt.scaling.ConcurrencyScaling;
import io.foreshard.stackvirt.scaling.KeepAliveScaling;
import io.foreshard.stackvirt.scaling.StackScaler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/** What came of one case with each policy, over its seeds. */
final class ColdStartRuns {

    private static final int QUICK_SEEDS = 2;
    private static final int SEEDS = 30;
    /** Settings were chosen on other seeds. */
    private static final long FIRST_SEED = 500_000;

    private static final int BISECTIONS = 7;
    private static final double LONGEST_KEEP_SECONDS = 1800;
    /** One that knows what messages are drawn from is replayed often; these are enough to tell what is out of reach. */
    private static final int BOUND_SEEDS = 4;

    private static final int RESAMPLES = 2000;
    private static final long KPA_TICK_MILLIS = 2000;
    private static final long KEEP_ALIVE_TICK_MILLIS = 1000;

    private final List<Outcome> kpa = new ArrayList<>();
    private final List<Outcome> ours = new ArrayList<>();
    private final List<StackReplay> replays = new ArrayList<>();
    private Outcome keepAlive = new Outcome(0, 0, 0, 0);
    private double keepSeconds;
    private Optional<ColdStartBounds> bounds = Optional.empty();

    private ColdStartRuns() {}

    static ColdStartRuns of(DemandCase demand, ComparisonSettings settings) {
        ColdStartRuns runs = new ColdStartRuns();
        for (int seed = 0; seed < (settings.quick() ? QUICK_SEEDS : SEEDS); seed++) {
            long number = FIRST_SEED + settings.seed() * 1000 + seed;
            StackReplay replay = new StackReplay(demand.demand().apply(number), number);
            runs.replays.add(replay);
            runs.kpa.add(
                    replay.run(new PolicyPilot(new ConcurrencyScaling(), KPA_TICK_MILLIS, false, replay.bounds())));
            StackScaler scaler = StackScaler.builder().build();
            runs.ours.add(replay.run(new ScalerPilot(scaler, replay.bounds())));
        }
        if (!demand.byChance()) {
            runs.chooseKeepAlive();
        }
        if (!settings.quick()) {
            runs.reckonBounds(FIRST_SEED + settings.seed() * 1000);
        }
        return runs;
    }

    private void reckonBounds(long firstSeed) {
        List<StackReplay> first = replays.subList(0, BOUND_SEEDS);
        boolean known = first.stream()
                .flatMap(replay -> replay.demand().kinds().stream())
                .allMatch(kind -> kind.intensity().isPresent());
        if (known) {
            List<Long> seeds =
                    LongStream.range(firstSeed, firstSeed + BOUND_SEEDS).boxed().toList();
            bounds = Optional.of(ColdStartBounds.of(
                    first, seeds, sum(kpa.subList(0, BOUND_SEEDS)), sum(ours.subList(0, BOUND_SEEDS))));
        }
    }

    /** Returns what could be had, where it is known what messages are drawn from and there is time to reckon it. */
    List<Peer> bounds() {
        return bounds.map(ColdStartBounds::peers).orElse(List.of());
    }

    /** The shortest time, to a few parts in a hundred, at which it takes at least as much memory as ours. */
    private void chooseKeepAlive() {
        double low = 0;
        double high = Math.log(LONGEST_KEEP_SECONDS);
        double ours = ours().megabyteSeconds();
        keepAlive = kept(LONGEST_KEEP_SECONDS);
        keepSeconds = LONGEST_KEEP_SECONDS;
        for (int i = 0; i < BISECTIONS; i++) {
            double middle = (low + high) / 2;
            Outcome tried = kept(Math.exp(middle));
            if (tried.megabyteSeconds() >= ours) {
                keepAlive = tried;
                keepSeconds = Math.exp(middle);
                high = middle;
            } else {
                low = middle;
            }
        }
    }

    private Outcome kept(double seconds) {
        Duration keep = Duration.ofMillis((long) (seconds * 1000));
        return sum(replays.stream()
                .map(replay -> replay.run(
                        new PolicyPilot(new KeepAliveScaling(keep), KEEP_ALIVE_TICK_MILLIS, true, replay.bounds())))
                .toList());
    }

    private static Outcome sum(List<Outcome> outcomes) {
        return outcomes.stream().reduce(new Outcome(0, 0, 0, 0), Outcome::plus);
    }

    Outcome kpa() {
        return sum(kpa);
    }

    Outcome ours() {
        return sum(ours);
    }

    Outcome keepAlive() {
        return keepAlive;
    }

    double keepSeconds() {
        return keepSeconds;
    }

    double ratioToKpa() {
        return ratio(kpa(), ours());
    }

    double ratioToKeepAlive() {
        return ratio(keepAlive, ours());
    }

    private static double ratio(Outcome theirs, Outcome ours) {
        return (double) theirs.exposed() / Math.max(1, ours.exposed());
    }

    double memoryOfKpa() {
        return ours().megabyteSeconds() / kpa().megabyteSeconds();
    }

    double memoryOfKeepAlive() {
        return ours().megabyteSeconds() / keepAlive.megabyteSeconds();
    }

    /** The ratio to the reactive peer that 39 of 40 draws of seeds exceed. */
    double lowerBound() {
        SplittableRandom random = new SplittableRandom(1);
        double[] ratios = new double[RESAMPLES];
        for (int draw = 0; draw < RESAMPLES; draw++) {
            double theirs = 0;
            double own = 0;
            for (int i = 0; i < ours.size(); i++) {
                int seed = random.nextInt(ours.size());
                theirs += kpa.get(seed).exposed();
                own += ours.get(seed).exposed();
            }
            ratios[draw] = theirs / Math.max(1, own);
        }
        Arrays.sort(ratios);
        return ratios[RESAMPLES / 40];
    }
}
