package io.foreshard.simulator;

import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Reproducible randomness for tests. Not for secrets. Not thread-safe. */
public final class SeededRandom implements RandomGenerator {

    private final SplittableRandom random;

    /**
     * Starts a sequence.
     *
     * @param seed the same seed gives the same sequence
     */
    public SeededRandom(long seed) {
        this(new SplittableRandom(seed));
    }

    private SeededRandom(SplittableRandom random) {
        this.random = random;
    }

    @Override
    public long nextLong() {
        return random.nextLong();
    }

    /**
     * Decides by chance.
     *
     * @param probability 0…1
     * @return {@code true} with that probability
     */
    public boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /**
     * Makes random content.
     *
     * @param length how many bytes
     * @return a new array
     */
    public byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /**
     * Picks one element.
     *
     * @param list not empty
     * @param <T> its elements
     * @return one of them
     */
    public <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    /**
     * Shuffles in place, each order alike.
     *
     * @param list a list that can be changed
     * @param <T> its elements
     */
    public <T> void shuffle(List<T> list) {
        for (int i = list.size() - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            T moved = list.get(i);
            list.set(i, list.get(other));
            list.set(other, moved);
        }
    }

    /**
     * Splits off an independent sequence.
     *
     * @return a generator that follows from the state of this one
     */
    public SeededRandom fork() {
        return new SeededRandom(random.split());
    }
}
