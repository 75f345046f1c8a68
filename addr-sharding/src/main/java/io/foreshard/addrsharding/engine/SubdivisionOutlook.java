package io.foreshard.addrsharding.engine;

import io.foreshard.addrsharding.demand.DemandForecast;
import io.foreshard.addrsharding.demand.DemandModel;
import io.foreshard.addrsharding.demand.DemandScore;
import io.foreshard.addrsharding.demand.EventRise;
import io.foreshard.addrsharding.spi.SpaceOutlook;

/** What is foreseen of a subdivision's machines: decides how much space is kept beside it, and prepares for events. */
final class SubdivisionOutlook {

    /** Reservations beyond this quantile of the highest count would strand more than they save routes. */
    private static final double PEAK_LEVEL = 0.9;

    private final DemandModel model;
    private final DemandScore score;
    private final int horizonSteps;
    private double running;
    private DemandForecast forecast;

    SubdivisionOutlook(DemandModel model, DemandScore score, int horizonSteps) {
        this.model = model;
        this.score = score;
        this.horizonSteps = horizonSteps;
        forecast = model.forecast(horizonSteps);
    }

    void observe(long nowMillis, long inUse) {
        long change = inUse - (long) running;
        running = inUse;
        model.observe(nowMillis, Math.max(0, change), Math.max(0, -change));
        forecast = model.forecast(horizonSteps);
    }

    double score() {
        return score.of(forecast);
    }

    double expectedVms() {
        return forecast.vms().mean(1);
    }

    EventRise eventRise() {
        return model.eventRise(Math.min(2, horizonSteps));
    }

    /** A forecast that has not been better than the naive one reserves nothing. */
    SpaceOutlook space(int addressesPerUnit) {
        double most = 0;
        for (int step = 1; step <= horizonSteps; step++) {
            most = Math.max(most, forecast.vms().quantile(PEAK_LEVEL, step));
        }
        boolean isTrusted = forecast.vms().skill() < 1;
        return new SpaceOutlook(Math.ceil(most / addressesPerUnit), isTrusted ? 1 : 0);
    }
}
