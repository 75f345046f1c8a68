package io.foreshard.simulator;

import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Checks that something holds for many random cases, and tells how to replay the one for which it does not.
 *
 * <p>Each run gets a generator with its own seed and a size that grows from run to run; what the size means is up to the body. When a
 * run fails, the size is halved for as long as it still fails with the same seed. The system property {@value #SEED_PROPERTY}, set to
 * {@code <seed>} or {@code <seed>:<size>}, replays that one case instead.
 *
 * <pre>{@code
 * Property.named("reassembles in any order").runs(200).maxSize(64).check((random, size) -> {
 *     List<Shard> shards = shardsOf(random.bytes(size * 1000));
 *     random.shuffle(shards);
 *     assertArrayEquals(…);
 * });
 * }</pre>
 */
public final class Property {

    /** The system property that replays one case. */
    public static final String SEED_PROPERTY = "foreshard.seed";

    private final String name;
    private int runs = 100;
    private int maxSize = 100;
    private long baseSeed;

    private Property(String name) {
        this.name = name;
        baseSeed = name.hashCode();
    }

    /** What has to hold. */
    @FunctionalInterface
    public interface Body {

        /**
         * Checks one case.
         *
         * @param random all randomness of the case
         * @param size how large the case is, at least 1
         * @throws Exception or an error when the property does not hold
         */
        void check(SeededRandom random, int size) throws Exception;
    }

    /**
     * Names a property. The seeds follow from the name unless {@link #baseSeed} is set.
     *
     * @param name what holds, as a sentence
     * @return a property of 100 runs and sizes up to 100
     */
    public static Property named(String name) {
        return new Property(name);
    }

    /**
     * Sets the number of cases.
     *
     * @param count above 0
     * @return this
     */
    public Property runs(int count) {
        requirePositive("runs", count);
        runs = count;
        return this;
    }

    /**
     * Sets the size of the last case; the first has size 1.
     *
     * @param size above 0
     * @return this
     */
    public Property maxSize(int size) {
        requirePositive("maxSize", size);
        maxSize = size;
        return this;
    }

    /**
     * Sets what the seeds of all runs follow from.
     *
     * @param seed any value
     * @return this
     */
    public Property baseSeed(long seed) {
        baseSeed = seed;
        return this;
    }

    /**
     * Runs the cases on the calling thread.
     *
     * @param body what has to hold
     * @throws AssertionError for the first case that fails, with its seed, its smallest size and the cause
     */
    public void check(Body body) {
        String replay = System.getProperty(SEED_PROPERTY);
        if (replay != null && !replay.isBlank()) {
            replay(replay.trim(), body);
            return;
        }
        SplittableRandom seeds = new SplittableRandom(baseSeed);
        for (int run = 0; run < runs; run++) {
            runOne(seeds.nextLong(), sizeOf(run), body);
        }
    }

    private int sizeOf(int run) {
        return runs == 1 ? maxSize : 1 + (int) ((long) (maxSize - 1) * run / (runs - 1));
    }

    private void replay(String text, Body body) {
        String[] parts = text.split(":", 2);
        try {
            int size = parts.length == 2 ? Integer.parseInt(parts[1]) : maxSize;
            runOne(Long.parseLong(parts[0]), size, body);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    SEED_PROPERTY + ": " + text + " (expected: <seed> or <seed>:<size>, decimal)", e);
        }
    }

    private void runOne(long seed, int size, Body body) {
        Throwable failure = failureOf(seed, size, body);
        if (failure == null) {
            return;
        }
        int smallest = size;
        for (int smaller = size / 2; smaller >= 1; smaller /= 2) {
            Throwable again = failureOf(seed, smaller, body);
            if (again == null) {
                break;
            }
            smallest = smaller;
            failure = again;
        }
        throw new AssertionError(report(seed, size, smallest, failure), failure);
    }

    private String report(long seed, int size, int smallest, Throwable failure) {
        return "property \"" + name + "\" does not hold for seed " + seed + ", size " + smallest
                + (smallest == size ? "" : " (shrunk from " + size + ")") + ": " + failure + "; replay with -D"
                + SEED_PROPERTY + "=" + seed + ":" + smallest;
    }

    private static @Nullable Throwable failureOf(long seed, int size, Body body) {
        try {
            body.check(new SeededRandom(seed), size);
            return null;
        } catch (VirtualMachineError e) {
            throw e;
        } catch (Throwable e) {
            return e;
        }
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: >= 1)");
        }
    }
}
