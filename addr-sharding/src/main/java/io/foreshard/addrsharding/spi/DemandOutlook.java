package io.foreshard.addrsharding.spi;

import io.foreshard.runtime.Checks;
import java.util.List;

/**
 * What a subdivision is expected to ask for within a lead time: the demand that stock has to cover until a refill comes.
 *
 * @param leadMillis how long a refill takes, as measured
 * @param stepMillis how long a step of the forecast is
 * @param stepEndsMillis when the step under way ends, in milliseconds since 1970
 * @param level the quantile that the needs are of, in (0, 1)
 * @param recentNeed what would have been enough lately, in addresses; not negative
 * @param expectedNeeds what will be enough in the step under way and in those after it, in addresses; empty where nothing is forecast, or while
 *     forecasts are not trusted
 * @param correction by what needs are to be multiplied, as misses have shown; above 0
 * @param predictedVmCount how many VMs it is expected to have; {@link Double#NaN} when not known
 * @param reason what else is to be known of it, such as an event; may be empty
 */
public record DemandOutlook(
        long leadMillis,
        long stepMillis,
        long stepEndsMillis,
        double level,
        double recentNeed,
        List<Double> expectedNeeds,
        double correction,
        double predictedVmCount,
        String reason) {

    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException if a value is out of range, or a need is not a number
     */
    public DemandOutlook {
        Checks.notNegative("leadMillis", leadMillis);
        Checks.positive("stepMillis", stepMillis);
        Checks.inRange("level", level, 0, 1);
        Checks.inRange("recentNeed", recentNeed, 0, Integer.MAX_VALUE);
        Checks.inRange("correction", correction, Double.MIN_NORMAL, 1e6);
        expectedNeeds = List.copyOf(expectedNeeds);
        for (double need : expectedNeeds) {
            Checks.inRange("expectedNeeds", need, 0, Integer.MAX_VALUE);
        }
    }

    /** Returns whether forecasts decide. */
    public boolean isPredictive() {
        return !expectedNeeds.isEmpty();
    }

    /**
     * Returns the highest need between now and a later time; what is beyond the forecast is taken to be as its last step.
     *
     * @param nowMillis the time
     * @param untilMillis not before it
     * @throws IllegalStateException if nothing is forecast
     */
    public double highestNeed(long nowMillis, long untilMillis) {
        if (expectedNeeds.isEmpty()) {
            throw new IllegalStateException("expectedNeeds: none (expected: a forecast)");
        }
        long first = stepIndex(nowMillis);
        long last = stepIndex(untilMillis);
        double most = 0;
        for (long step = first; step <= last; step++) {
            most = Math.max(most, expectedNeeds.get((int) Math.min(step, expectedNeeds.size() - 1L)));
        }
        return most;
    }

    private long stepIndex(long millis) {
        if (millis < stepEndsMillis) {
            return 0;
        }
        // Not negative, but it may take 64 bits.
        long steps = Long.divideUnsigned(millis - stepEndsMillis, stepMillis);
        long last = expectedNeeds.size() - 1L;
        return Long.compareUnsigned(steps, last) < 0 ? steps + 1 : last;
    }
}
