package io.foreshard.addrsharding.prefetch;

import io.foreshard.addrsharding.demand.EventRise;
import io.foreshard.addrsharding.demand.LeadTimeDemand;
import java.util.ArrayList;
import java.util.List;

/** What a subdivision asks for, what is expected, and how good that was. Confined to one thread. */
final class SubdivisionDemand {

    private static final double MEMORY_DAYS = 4;

    private final LeadTimeDemand model;
    private final LeadTimes leadTimes;
    private final LeadWindow window;
    private final int recentSteps;
    private final double fade;
    private final double level;
    private double recent;
    private boolean betterExpected;
    private double recentLoss;
    private double expectedLoss;
    private long scored;
    private long asked;
    private long missed;
    private Score score = new Score(0, 0, 0, 0, 0, 0);
    private double predictedVmCount = Double.NaN;
    private EventRise rise = EventRise.NONE;

    /**
     * How a step went, and would have gone by what was enough lately and by what was expected where that is used.
     *
     * @param asked how many were asked for
     * @param missed how many of these were not there
     * @param recentShort by how much the peak exceeded the stock by the one way
     * @param expectedShort and by the other
     * @param recentLoss what the one way cost, in addresses idle for a step
     * @param expectedLoss and the other
     */
    record Score(
            long asked,
            long missed,
            double recentShort,
            double expectedShort,
            double recentLoss,
            double expectedLoss) {}

    SubdivisionDemand(LeadTimeDemand model, LeadTimes leadTimes, LeadWindow window, int recentSteps, double level) {
        this.model = model;
        this.leadTimes = leadTimes;
        this.window = window;
        this.recentSteps = recentSteps;
        this.level = level;
        fade = Math.exp(-1 / (MEMORY_DAYS * recentSteps));
    }

    void demand(long nowMillis, int count, int misses) {
        asked += count;
        missed += misses;
        window.add(nowMillis, leadTimes.millis(), count);
    }

    void refilled(long tookMillis) {
        leadTimes.add(tookMillis);
    }

    /** Ends a step: what was expected of it is scored, by either way, with the corrections that held for it. */
    void step(long nowMillis, ServiceLevel recentLevel, ServiceLevel expectedLevel) {
        double peak = (double) window.takePeak(nowMillis, leadTimes.millis());
        judge(
                peak,
                Math.rint(recent * recentLevel.factor()),
                Math.rint(model.quantile(1, expectedLevel.height()) * expectedLevel.factorBeyond()));
        model.observe((double) asked, peak);
        recent = model.recentQuantile(recentSteps);
        asked = 0;
        missed = 0;
    }

    private void judge(double peak, double recentStock, double expectedStock) {
        double usedStock = betterExpected ? expectedStock : recentStock;
        score = new Score(
                asked,
                missed,
                Math.max(0, peak - recentStock),
                Math.max(0, peak - usedStock),
                loss(peak, recentStock),
                loss(peak, usedStock));
        if (!Double.isNaN(expectedStock)) {
            scored++;
            recentLoss = recentLoss * fade + score.recentLoss;
            expectedLoss = expectedLoss * fade + loss(peak, expectedStock);
            betterExpected = expectedLoss < recentLoss;
        }
    }

    /** What a stock would have cost, in addresses idle for a step: the newsvendor's loss. */
    private double loss(double peak, double stock) {
        return stock >= peak ? stock - peak : (peak - stock) * level / (1 - level);
    }

    /** Returns how the last step went. */
    Score score() {
        return score;
    }

    /** Returns whether what is expected has been worth more here than what was enough lately. */
    boolean isBetterExpected() {
        return betterExpected;
    }

    List<Double> expectedNeeds(double height) {
        List<Double> needs = new ArrayList<>(model.horizonSteps());
        for (int ahead = 1; ahead <= model.horizonSteps(); ahead++) {
            needs.add(Math.max(0, Math.min(Integer.MAX_VALUE, model.quantile(ahead, height))));
        }
        return needs;
    }

    double recent() {
        return recent;
    }

    /** Returns what the one way has cost lately. */
    double recentLoss() {
        return recentLoss;
    }

    /** Returns what the other way has cost lately. */
    double expectedLoss() {
        return expectedLoss;
    }

    /** Returns of how many steps something was expected. */
    long scored() {
        return scored;
    }

    long leadMillis() {
        return leadTimes.millis();
    }

    void foresee(double vmCount, EventRise byEvents) {
        predictedVmCount = vmCount;
        rise = byEvents;
    }

    double predictedVmCount() {
        return predictedVmCount;
    }

    EventRise rise() {
        return rise;
    }
}
