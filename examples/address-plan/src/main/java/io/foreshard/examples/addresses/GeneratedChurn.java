package io.foreshard.examples.addresses;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Makes up churn: a daily rhythm, batches of a few machines, and now and then a large one at the same minute of the hour. Stateless. */
final class GeneratedChurn {

    private static final List<String> NAMES = List.of("web", "api", "batch", "build", "cache", "tests");
    private static final double[] BATCHES_PER_STEP = {6, 4, 2, 3, 1, 1};
    private static final int[] BATCH_SIZES = {2, 1, 4, 3, 1, 12};
    private static final double[] MEAN_LIFE_HOURS = {6, 10, 1, 0.3, 24, 0.5};
    private static final int BURST = 25;
    private static final int STEPS_PER_BURST = 12;

    private GeneratedChurn() {}

    /**
     * Makes churn.
     *
     * @param replayMillis how long the replay is
     * @param learnMillis how long there is to learn before
     * @param seed of all that is drawn
     */
    static Churn make(long replayMillis, long learnMillis, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Burst> earlier = new ArrayList<>();
        List<Machine> machines = new ArrayList<>();
        for (long begin = 0; begin < learnMillis + replayMillis; begin += Churn.STEP_MILLIS) {
            for (Burst burst : step(begin, random)) {
                if (begin < learnMillis) {
                    earlier.add(burst);
                } else {
                    begin(burst, random, machines);
                }
            }
        }
        return new Churn("churn that was made up", NAMES, earlier, machines, learnMillis, learnMillis + replayMillis);
    }

    private static List<Burst> step(long begin, SplittableRandom random) {
        List<Burst> bursts = new ArrayList<>();
        double day = 1 - 0.8 * Math.cos(2 * Math.PI * begin / Churn.DAY_MILLIS);
        for (int subdivision = 0; subdivision < NAMES.size(); subdivision++) {
            double expected = BATCHES_PER_STEP[subdivision] * day;
            int batches = (int) (expected + random.nextDouble());
            for (int i = 0; i < batches; i++) {
                long at = begin + random.nextLong(Churn.STEP_MILLIS);
                bursts.add(new Burst(at, subdivision, 1 + random.nextInt(2 * BATCH_SIZES[subdivision])));
            }
        }
        if (begin / Churn.STEP_MILLIS % STEPS_PER_BURST == 0) {
            bursts.add(new Burst(begin + Churn.STEP_MILLIS / 2, 2, (int) (BURST * (0.5 + day))));
        }
        bursts.sort((one, other) -> Long.compare(one.atMillis(), other.atMillis()));
        return bursts;
    }

    private static void begin(Burst burst, SplittableRandom random, List<Machine> machines) {
        for (int i = 0; i < burst.count(); i++) {
            double hours = -MEAN_LIFE_HOURS[burst.subdivision()] * Math.log(1 - random.nextDouble());
            long life = Churn.STEP_MILLIS + (long) (hours * 3_600_000);
            machines.add(new Machine(burst.subdivision(), burst.atMillis(), burst.atMillis() + life));
        }
    }
}
