package io.foreshard.tck;

import io.foreshard.stackvirt.spi.StacksView;
import java.util.SplittableRandom;

/** Stacks of any kind: open, full, draining; new, fast, slow, failing; with forecasts that are absurd. */
final class RandomStacks implements StacksView {

    private static final int MOST = 40;

    private final int size;
    private final boolean[] takes = new boolean[MOST];
    private final int[] inFlight = new int[MOST];
    private final double[] weight = new double[MOST];
    private final double[] expected = new double[MOST];
    private final long[] latency = new long[MOST];
    private final long[] age = new long[MOST];
    private final long[] oldest = new long[MOST];
    private final double[] errors = new double[MOST];
    private final double[] headroom = new double[MOST];
    private final int previous;

    RandomStacks(SplittableRandom random) {
        size = random.nextInt(4) == 0 ? random.nextInt(3) : random.nextInt(MOST + 1);
        double open = random.nextDouble();
        boolean isKnown = random.nextInt(4) != 0;
        for (int i = 0; i < size; i++) {
            takes[i] = random.nextDouble() < open;
            inFlight[i] = random.nextInt(3) == 0 ? 0 : random.nextInt(100);
            weight[i] = random.nextInt(3) == 0 ? 0.01 + 10 * random.nextDouble() : 1;
            expected[i] = random.nextInt(4) == 0 ? random.nextDouble() * 1e9 : 0;
            boolean hasAnswered = isKnown && random.nextInt(5) != 0;
            latency[i] = hasAnswered ? random.nextLong(1, 10_000_000_000L) : 0;
            age[i] = hasAnswered ? random.nextLong(3_000_000_000L) : Long.MAX_VALUE;
            oldest[i] = inFlight[i] == 0 ? 0 : random.nextLong(20_000_000_000L);
            errors[i] = random.nextInt(4) == 0 ? random.nextDouble() : 0;
            headroom[i] = random.nextInt(4) == 0 ? random.nextDouble() : 1;
        }
        previous = random.nextInt(-1, Math.max(0, size));
    }

    boolean anyTakes() {
        for (int i = 0; i < size; i++) {
            if (takes[i]) {
                return true;
            }
        }
        return false;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public boolean takes(int stack) {
        return takes[stack];
    }

    @Override
    public int inFlight(int stack) {
        return inFlight[stack];
    }

    @Override
    public double weight(int stack) {
        return weight[stack];
    }

    @Override
    public double expectedInFlight(int stack) {
        return expected[stack];
    }

    @Override
    public long latencyNanos(int stack) {
        return latency[stack];
    }

    @Override
    public long ageNanos(int stack) {
        return age[stack];
    }

    @Override
    public long oldestNanos(int stack) {
        return oldest[stack];
    }

    @Override
    public double errorShare(int stack) {
        return errors[stack];
    }

    @Override
    public double headroom(int stack) {
        return headroom[stack];
    }

    @Override
    public int previous() {
        return previous;
    }
}
