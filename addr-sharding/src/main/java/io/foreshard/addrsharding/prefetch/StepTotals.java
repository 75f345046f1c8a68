package io.foreshard.addrsharding.prefetch;

/** What a step brought, over all subdivisions. */
final class StepTotals {

    double asked;
    double missed;
    double recentShort;
    double expectedShort;
    double loss;
    private double recentLoss;
    private double expectedLoss;
    private long scored;

    /** Adds a subdivision whose step has ended. */
    void add(SubdivisionDemand demand, boolean wasPredictive) {
        SubdivisionDemand.Score score = demand.score();
        asked += (double) score.asked();
        missed += (double) score.missed();
        recentShort += score.recentShort();
        expectedShort += score.expectedShort();
        loss += wasPredictive ? score.expectedLoss() : score.recentLoss();
        recentLoss += demand.recentLoss();
        expectedLoss += Math.min(demand.recentLoss(), demand.expectedLoss());
        scored = Math.max(scored, demand.scored());
    }

    /** Returns what forecasts have cost lately, where they are used, as a share of what was enough lately. */
    double error() {
        return recentLoss > 0 ? expectedLoss / recentLoss : Double.NaN;
    }

    /** Returns of how many steps something was expected, where most is known. */
    long scored() {
        return scored;
    }
}
