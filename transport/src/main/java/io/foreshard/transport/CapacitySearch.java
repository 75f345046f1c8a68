package io.foreshard.transport;

/**
 * Looks for a capacity that nobody knows yet: how much more than what arrives is asked for, and when to stop.
 *
 * <p><em>Start</em>: twice what arrives (slow start's doubling, RFC 9002, section 7.3.1), until a queue grows, packets arrive a quarter
 * further apart than they left, or what arrives has not grown for three round trips. <em>Climb</em>: a start that ended by chance or
 * by the noise of a busy machine, and a capacity that comes back, would otherwise be made good by a quarter at a time. So who asked for
 * more and got it, without a queue and without unusual loss, asks for twice as much more in the next round trip, up to the start's
 * doubling; the first round trip that does not give it ends the climb. Confined to one event loop.
 */
final class CapacitySearch {

    static final double STARTUP_GAIN = 2.0;

    private static final int FULL_PIPE_ROUNDS = 3;
    /** A delay above as many targets is a queue even while the delivery rate still grows; less may be a busy machine. */
    private static final int CERTAIN_QUEUE_TARGETS = 4;

    private static final int CERTAIN_TRAINS = 3;
    private static final double CERTAIN_SPREAD = 1.25;
    /** A train that left with pauses says nothing about a queue; the pace may have doubled since it left. */
    private static final double SLOW_TRAIN = 3;

    private static final int LEAST_PROBE_ROUNDS = 2;
    private static final int MOST_PROBE_ROUNDS = 8;
    private static final double FIRST_STEP = 0.25;
    /** What of the growth asked for must be seen, as losses and pauses hide some of it. */
    private static final double SEEN_GROWTH = 0.4;

    private boolean startup = true;
    private long fullPipeCapacity;
    private int fullPipeRounds;
    private int trains;
    private long trainSentNanos;
    private long trainReceivedNanos;
    private int probeRounds = LEAST_PROBE_ROUNDS;
    private long probeRound;
    private double step;
    private double gainOfRound;
    private double gainBefore;
    private long capacityBefore;

    boolean isStartup() {
        return startup;
    }

    /** Begins anew: nothing is known of the path. */
    void restart() {
        startup = true;
        probeRounds = LEAST_PROBE_ROUNDS;
        forgetCapacity();
        fullPipeRounds = 0;
    }

    /** Forgets what was seen, as it is measured differently from now on. */
    void forgetCapacity() {
        fullPipeCapacity = 0;
        capacityBefore = 0;
        step = 0;
    }

    void end() {
        startup = false;
        step = 0;
    }

    /** Returns whether who is careful asks for more in a round trip: soon after a start or a climb, ever more seldom later. */
    boolean isProbing(long round) {
        return round == probeRound;
    }

    /** Takes a gain that packets leave with. */
    void onGain(double gain) {
        gainOfRound = Math.max(gainOfRound, gain);
    }

    /** Returns whether what the last round trip settled had left faster than what arrived. */
    boolean hasProbed() {
        return gainBefore > 1;
    }

    /** Returns how much of what arrives is to be asked for at least; 0 when there is no reason to. */
    double gain() {
        return startup ? STARTUP_GAIN : step == 0 ? 0 : 1 + step;
    }

    /** Takes a train of the start; all of a round together, as one that a busy machine read late is made good by the next. */
    void onTrain(RateSample sample, long rate) {
        if (!startup || sample.trainBytes * 1e9 / sample.trainSentNanos <= rate / SLOW_TRAIN) {
            return;
        }
        trains++;
        trainSentNanos += sample.trainSentNanos;
        trainReceivedNanos += sample.trainReceivedNanos;
        if (trains >= CERTAIN_TRAINS && trainReceivedNanos > CERTAIN_SPREAD * trainSentNanos) {
            startup = false;
        }
    }

    /**
     * Ends a round trip.
     *
     * @param round the number of the one that begins
     * @param delivered the greatest delivery rate of the round trip, in the measure of {@link CapacityFilter}
     * @param capacity the capacity in that measure, this round trip included
     * @param queueNanos what was queued during the whole of it
     * @param warned whether losses speak against asking for more
     */
    void endRound(
            long round,
            long delivered,
            long capacity,
            long queueNanos,
            long targetNanos,
            boolean warned,
            boolean appLimited) {
        if (startup) {
            leaveStartupWhenFull(delivered, queueNanos, targetNanos, appLimited);
        } else if (gainBefore > 1) {
            climb(capacity, !warned && queueNanos < targetNanos / 4);
        }
        if (!startup && round > probeRound) {
            probeRound = round + probeRounds - 1;
            probeRounds = Math.min(2 * probeRounds, MOST_PROBE_ROUNDS);
        }
        capacityBefore = capacity;
        gainBefore = gainOfRound;
        gainOfRound = 0;
        trains = 0;
        trainSentNanos = 0;
        trainReceivedNanos = 0;
    }

    private void leaveStartupWhenFull(long delivered, long queueNanos, long targetNanos, boolean appLimited) {
        boolean grew = delivered > fullPipeCapacity * 5 / 4;
        if (queueNanos > (grew ? CERTAIN_QUEUE_TARGETS * targetNanos : targetNanos)) {
            startup = false;
        } else if (grew) {
            fullPipeCapacity = delivered;
            fullPipeRounds = 0;
        } else if (!appLimited && ++fullPipeRounds >= FULL_PIPE_ROUNDS) {
            startup = false;
        }
    }

    /** A full pipe would have lost or queued what was asked for beyond its capacity. */
    private void climb(long capacity, boolean hasRoom) {
        boolean grew = capacityBefore > 0 && capacity >= capacityBefore * (1 + SEEN_GROWTH * (gainBefore - 1));
        if (grew && hasRoom) {
            step = Math.min(STARTUP_GAIN - 1, Math.max(FIRST_STEP, 2 * step));
        } else {
            probeRounds = step > FIRST_STEP ? LEAST_PROBE_ROUNDS : probeRounds;
            step = 0;
        }
    }
}
