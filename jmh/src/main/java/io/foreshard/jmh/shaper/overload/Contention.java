package io.foreshard.jmh.shaper.overload;

/**
 * How long a request keeps a server busy, by how many are in service: the Universal Scalability Law (Gunther, "Guerrilla Capacity
 * Planning", 2007), by which {@code N} requests at once are served at the rate of {@code N / (1 + σ(N - 1) + κN(N - 1))} alone: σ is what
 * they queue for, κ what each costs each other, as caches and locks do. Beyond the best N, more is less.
 *
 * @param aloneNanos how long a request takes alone
 * @param sigma share that cannot be done at the same time
 * @param kappa share that each pair costs
 */
record Contention(double aloneNanos, double sigma, double kappa) {

    /** Best with seven at once, as memcached was with about six (Gunther, Subramanyam and Parvu at Velocity 2010); 5 ms alone. */
    static final Contention SERVER = new Contention(5e6, 0.03, 0.02);

    double serviceNanos(int inService) {
        return aloneNanos * (1 + sigma * (inService - 1) + kappa * inService * (inService - 1));
    }

    /** Returns how many are answered with so many always in service. */
    double perSecond(int inService) {
        return inService * 1e9 / serviceNanos(inService);
    }

    /** Returns the most that can be answered. */
    double mostPerSecond() {
        double best = 0;
        for (int inService = 1; perSecond(inService) > best; inService++) {
            best = perSecond(inService);
        }
        return best;
    }
}
