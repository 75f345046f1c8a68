package io.foreshard.stackvirt.spi;

import java.util.Arrays;

/**
 * What is expected of the messages of a kind of stack. Immutable. Values that are no probability or no count, such as NaN, are read as 0.
 */
public final class TrafficOutlook {

    private static final TrafficOutlook NONE =
            new TrafficOutlook(0, new double[0], new double[0], new double[0], Window.NONE);

    private final long windowMillis;
    private final double[] probabilities;
    private final double[] exposed;
    private final Window idle;
    private final double[] rising;

    /**
     * When a stack that was used is to be ready again, after the end of its use.
     *
     * @param fromMillis from when on; 0 if it does not go at all
     * @param untilMillis until when; 0 if it is not known
     */
    public record Window(long fromMillis, long untilMillis) {
        /** Nothing is known. */
        public static final Window NONE = new Window(0, 0);
    }

    /**
     * Copies the arguments.
     *
     * @param windowMillis how far the probabilities reach into the future
     * @param probabilities that the first, second … stack is needed within that time
     * @param exposed how many messages would wait if it had to be started cold, for the first, second … stack
     * @param rising how often, when the first, second … stack is needed afresh, the next one is needed within that time
     * @param idle the window of idle-time forecasting
     */
    public TrafficOutlook(long windowMillis, double[] probabilities, double[] exposed, double[] rising, Window idle) {
        this.windowMillis = windowMillis;
        this.probabilities = probabilities.clone();
        this.exposed = exposed.clone();
        this.idle = idle;
        this.rising = rising.clone();
    }

    /** Returns the outlook of which nothing is known. */
    public static TrafficOutlook none() {
        return NONE;
    }

    /** Returns how far the probabilities reach into the future. */
    public long windowMillis() {
        return windowMillis;
    }

    /** Returns for how many stacks there are probabilities. */
    public int stacks() {
        return probabilities.length;
    }

    /**
     * Returns the probability that as many stacks are needed at a time.
     *
     * @param stack from 1
     */
    public double probability(int stack) {
        return stack > probabilities.length ? 0 : Math.min(1, orZero(probabilities[stack - 1]));
    }

    /**
     * Returns how many messages would wait if that stack had to be started cold when it is needed.
     *
     * @param stack from 1
     */
    public double exposed(int stack) {
        return stack > exposed.length ? 0 : orZero(exposed[stack - 1]);
    }

    /** Returns when a stack is to be ready after its last use by idle times alone. */
    public Window idle() {
        return idle;
    }

    /**
     * Returns how often the next stack is needed within the window when this one is needed afresh: how bursts rise.
     *
     * @param stack from 1
     */
    public double rising(int stack) {
        return stack < 1 || stack > rising.length ? 0 : Math.min(1, orZero(rising[stack - 1]));
    }

    private static double orZero(double value) {
        return value > 0 && value < Double.POSITIVE_INFINITY ? value : 0;
    }

    @Override
    public String toString() {
        return "p " + Arrays.toString(probabilities) + ", exposed " + Arrays.toString(exposed) + " within "
                + windowMillis + " ms, rising " + Arrays.toString(rising) + ", idle " + idle;
    }
}
