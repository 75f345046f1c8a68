package io.foreshard.stackvirt.spi;

import io.foreshard.runtime.Checks;

/**
 * What a {@link ScalingPolicy} knows of a kind of stack.
 *
 * @param kind its name
 * @param nowMillis the time, in milliseconds since 1970
 * @param bounds what it may have and what one takes
 * @param stock what there is
 * @param load what there was to do
 * @param outlook what is expected
 * @param price how many messages that wait for a cold start one megabyte-second of memory is worth; not negative
 * @param memory what the policy gave out with its last plan for the kind, or {@link ScalingMemory#NONE}
 */
public record ScalingView(
        String kind,
        long nowMillis,
        Bounds bounds,
        Stock stock,
        Load load,
        TrafficOutlook outlook,
        double price,
        ScalingMemory memory) {

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if the price is negative or NaN
     */
    public ScalingView {
        Checks.inRange("price", price, 0, Double.MAX_VALUE);
    }

    /** Returns how many stacks the messages of this moment need. */
    public int neededNow() {
        return bounds.stacksFor((double) load.inFlight() + load.waiting());
    }

    /**
     * What a kind may have.
     *
     * @param least how many stacks run at any time
     * @param most how many there may be of all forms together
     * @param maxInFlight how many messages one stack has at a time
     * @param megabytes resident memory of one that is running or frozen
     * @param coldMillis how long one takes from nothing to its first answer, such as the 95th percentile of those measured
     */
    public record Bounds(int least, int most, int maxInFlight, double megabytes, double coldMillis) {

        /**
         * Checks the values.
         *
         * @throws IllegalArgumentException if one is out of range
         */
        public Bounds {
            Checks.inRange("most", most, 0, 1 << 20);
            Checks.inRange("least", least, 0, most);
            Checks.inRange("maxInFlight", maxInFlight, 1, 1 << 20);
            Checks.inRange("megabytes", megabytes, 0, 1e9);
            Checks.inRange("coldMillis", coldMillis, 0, 1e9);
        }

        /**
         * Returns how many stacks have room for as many messages.
         *
         * @param messages at a time; NaN counts as none
         */
        public int stacksFor(double messages) {
            return messages > 0 ? (int) Math.min(1 << 20, Math.ceil(messages / maxInFlight)) : 0;
        }

        /**
         * Returns a number of stacks within the bounds.
         *
         * @param stacks any number
         */
        public int bounded(int stacks) {
            return Math.max(least, Math.min(most, stacks));
        }
    }

    /**
     * The stacks of a kind by readiness.
     *
     * @param running take messages
     * @param starting will run soon
     * @param frozen can run at once
     * @param created are set up
     */
    public record Stock(int running, int starting, int frozen, int created) {

        /**
         * Checks the values.
         *
         * @throws IllegalArgumentException if one is below 0
         */
        public Stock {
            Checks.notNegative("running", running);
            Checks.notNegative("starting", starting);
            Checks.notNegative("frozen", frozen);
            Checks.notNegative("created", created);
        }
    }

    /**
     * What was seen of the messages.
     *
     * @param inFlight handed to stacks and not answered
     * @param waiting for a stack
     * @param stableConcurrency messages in flight or waiting, averaged over the long window
     * @param panicConcurrency the same over the short window
     * @param idle since when each stack has not been needed
     */
    public record Load(int inFlight, int waiting, double stableConcurrency, double panicConcurrency, StackIdle idle) {

        /**
         * Checks the values.
         *
         * @throws IllegalArgumentException if a count is below 0
         */
        public Load {
            Checks.notNegative("inFlight", inFlight);
            Checks.notNegative("waiting", waiting);
        }
    }
}
