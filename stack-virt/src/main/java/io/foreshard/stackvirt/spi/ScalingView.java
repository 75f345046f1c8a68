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

    /** Returns how many stacks the messages of this moment need, with the auxiliary work beside them. */
    public int neededNow() {
        return bounds.stacksFor((double) load.inFlight() + load.waiting() + load.auxiliary());
    }

    /**
     * What a kind may have.
     *
     * @param least how many stacks run at any time
     * @param most how many there may be of all forms together
     * @param maxInFlight how many messages one stack has at a time
     * @param megabytes resident memory of one that is running or frozen
     * @param coldMillis how long one takes from nothing to its first answer, such as the 95th percentile of those measured
     * @param thawMillis the same of one that is frozen; infinite where the engine cannot freeze
     * @param idleCpus how many processors' time a running one takes that has no messages, such as 0.002; a frozen one takes none
     * @param megabytesPerCpu how much memory is worth as much as one processor
     */
    public record Bounds(
            int least,
            int most,
            int maxInFlight,
            double megabytes,
            double coldMillis,
            double thawMillis,
            double idleCpus,
            double megabytesPerCpu) {

        /**
         * What clouds sell a processor for, in memory, rounded down: by the list prices of 2024, AWS Fargate 0.04048 $ for an hour of a processor and 0.004445 $ for one of a GB, Google
         * Cloud Run 0.000024 $ and 0.0000025 $ for a second. That is 9.1 and 9.6 GB.
         */
        public static final double MEGABYTES_PER_CPU = 8192;

        private static final double LONGEST = 1e9;

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
            Checks.inRange("coldMillis", coldMillis, 0, LONGEST);
            Checks.inRange("thawMillis", thawMillis, 0, Double.POSITIVE_INFINITY);
            Checks.inRange("idleCpus", idleCpus, 0, 4096);
            Checks.inRange("megabytesPerCpu", megabytesPerCpu, 0, 1e9);
        }

        /**
         * Makes those of a kind whose stacks cannot be frozen.
         *
         * @param least how many stacks run at any time
         * @param most how many there may be of all forms together
         * @param maxInFlight how many messages one stack has at a time
         * @param megabytes resident memory of one that is running
         * @param coldMillis how long one takes from nothing to its first answer
         * @throws IllegalArgumentException if one is out of range
         */
        public Bounds(int least, int most, int maxInFlight, double megabytes, double coldMillis) {
            this(least, most, maxInFlight, megabytes, coldMillis, Double.POSITIVE_INFINITY, 0, MEGABYTES_PER_CPU);
        }

        /** Returns whether a stack can be frozen, and is sooner ready from there than from nothing. */
        public boolean freezes() {
            return thawMillis < coldMillis;
        }

        /**
         * Returns the same bounds with times that were measured.
         *
         * @param cold as {@link #coldMillis()}
         * @param thaw as {@link #thawMillis()}
         * @throws IllegalArgumentException if one is out of range
         */
        public Bounds measured(double cold, double thaw) {
            return new Bounds(least, most, maxInFlight, megabytes, cold, thaw, idleCpus, megabytesPerCpu);
        }

        /**
         * Returns the same bounds with the memory that was measured.
         *
         * @param measured as {@link #megabytes()}
         * @throws IllegalArgumentException if it is out of range
         */
        public Bounds weighing(double measured) {
            return new Bounds(least, most, maxInFlight, measured, coldMillis, thawMillis, idleCpus, megabytesPerCpu);
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
     * @param auxiliary work beside messages that is expected in this second, as so many messages at a time
     */
    public record Load(
            int inFlight,
            int waiting,
            double stableConcurrency,
            double panicConcurrency,
            StackIdle idle,
            int auxiliary) {

        /**
         * Checks the values.
         *
         * @throws IllegalArgumentException if a count is below 0
         */
        public Load {
            Checks.notNegative("inFlight", inFlight);
            Checks.notNegative("waiting", waiting);
            Checks.notNegative("auxiliary", auxiliary);
        }

        /**
         * Makes that of a kind without auxiliary work.
         *
         * @param inFlight handed to stacks and not answered
         * @param waiting for a stack
         * @param stableConcurrency messages in flight or waiting, averaged over the long window
         * @param panicConcurrency the same over the short window
         * @param idle since when each stack has not been needed
         * @throws IllegalArgumentException if a count is below 0
         */
        public Load(int inFlight, int waiting, double stableConcurrency, double panicConcurrency, StackIdle idle) {
            this(inFlight, waiting, stableConcurrency, panicConcurrency, idle, 0);
        }
    }
}
