package io.foreshard.forecast.arima;

/** How many evaluations of the likelihood are left: work is counted, not timed, so that the same series gives the same fit. */
final class WorkBudget {

    private final int max;
    private int limit;
    private int used;

    WorkBudget(int max) {
        this.max = max;
        limit = max;
    }

    /** Allows as much work again. */
    void renew() {
        limit = used + max;
    }

    void use(int cost) {
        used += cost;
    }

    boolean isUsedUp() {
        return used >= limit;
    }

    int used() {
        return used;
    }
}
