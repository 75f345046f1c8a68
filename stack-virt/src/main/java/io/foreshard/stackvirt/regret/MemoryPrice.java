package io.foreshard.stackvirt.regret;

import io.foreshard.runtime.Checks;

/**
 * The price of memory at which prediction spends as much of it as the reactive policy would: rises while it spends more and falls while it spends less (dual ascent).
 * What was saved is spent within a horizon.
 */
public final class MemoryPrice {

    /** As many messages as make holding a stack of 40 MB worth while for a minute if one is sure to come. */
    public static final double FIRST = 1 / 2400.0;

    private static final double LEAST = 1e-7;
    private static final double MOST = 10;
    private static final double HORIZON_SECONDS = 900;
    private static final double SMOOTHING_SECONDS = 600;
    private static final double STEP = 0.004;

    private final double budget;
    private double price = FIRST;
    private double spentRate;
    private double allowedRate;
    private double saved;

    /**
     * Makes one at the first price.
     *
     * @param budget how much may be spent for what the reactive policy spends, such as 0.97
     * @throws IllegalArgumentException if it is not in 0.1…10
     */
    public MemoryPrice(double budget) {
        this.budget = Checks.inRange("budget", budget, 0.1, 10);
    }

    /**
     * Takes what a second cost.
     *
     * @param spent megabyte-seconds of prediction
     * @param reactive megabyte-seconds of the reactive policy
     */
    public void second(double spent, double reactive) {
        double allowed = budget * reactive;
        saved = (saved + allowed - spent) * (1 - 1e-5);
        spentRate += (spent - spentRate) / SMOOTHING_SECONDS;
        allowedRate += (allowed - allowedRate) / SMOOTHING_SECONDS;
        double goal = allowedRate + saved / HORIZON_SECONDS;
        double scale = Math.max(Math.max(spentRate, allowedRate), 1);
        double excess = (spentRate - goal) / scale;
        price *= Math.exp(STEP * Math.max(-1, Math.min(1, excess)));
        price = Math.max(LEAST, Math.min(MOST, price));
    }

    /** Returns the price, in messages per megabyte-second. */
    public double messagesPerMegabyteSecond() {
        return price;
    }

    /** Returns how much less was spent than allowed, in megabyte-seconds; negative if more. */
    public double saved() {
        return saved;
    }
}
