package io.foreshard.jmh.forecast;

import io.foreshard.jmh.Comparison;
import io.foreshard.jmh.Contest;
import java.util.LinkedHashMap;
import java.util.Map;

/** The comparison of the forecast engine. */
public final class ForecastComparison implements Comparison {

    /** Makes the comparison. */
    public ForecastComparison() {}

    @Override
    public Map<String, Contest> contests() {
        Map<String, Contest> contests = new LinkedHashMap<>();
        contests.put("interval", new IntervalContest());
        contests.put("network", new NetworkContest());
        contests.put("ets-speed", new EtsContest());
        contests.put("update", new UpdateContest());
        contests.put("fleet", new FleetContest());
        return contests;
    }
}
