package io.foreshard.stackvirt.buffer;

import io.foreshard.runtime.Checks;

/** Shares buffers out. A pure function. */
public final class CreditPlan {

    private CreditPlan() {}

    /**
     * Shares buffers by forecast: each gets a reserve, so that a forecast that is wrong stops nobody, and of the rest as much as is its share
     * of what all are forecast to need. If nothing is forecast, all get the same.
     *
     * @param buffers how many there are
     * @param reserve how many each gets in any case; less if there are not enough
     * @param forecast how many each is forecast to need; what is not a number, below 0 or infinite counts as nothing
     * @return as many as there are forecasts; the sum is {@code buffers}, or 0 if there are none
     * @throws IllegalArgumentException if a number of buffers is below 0
     */
    public static int[] share(int buffers, int reserve, double... forecast) {
        Checks.notNegative("buffers", buffers);
        Checks.notNegative("reserve", reserve);
        int[] credits = new int[forecast.length];
        if (forecast.length == 0) {
            return credits;
        }
        int each = Math.min(reserve, buffers / forecast.length);
        int rest = buffers - each * forecast.length;
        double sum = 0;
        for (double value : forecast) {
            sum += needed(value);
        }
        double reached = 0;
        int given = 0;
        for (int i = 0; i < credits.length; i++) {
            // By what all up to here are due, so that what is rounded away is not lost.
            reached += sum > 0 ? needed(forecast[i]) / sum : 1.0 / credits.length;
            int upTo = i == credits.length - 1 ? rest : (int) Math.min(rest, Math.round(reached * rest));
            credits[i] = each + upTo - given;
            given = upTo;
        }
        return credits;
    }

    private static double needed(double forecast) {
        return forecast > 0 && forecast <= Integer.MAX_VALUE ? forecast : 0;
    }
}
