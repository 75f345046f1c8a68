package io.foreshard.jmh.shaper;

import io.foreshard.jmh.Comparison;
import io.foreshard.jmh.Contest;
import io.foreshard.jmh.shaper.live.LiveContest;
import io.foreshard.jmh.shaper.mice.MiceElephantContest;
import io.foreshard.jmh.shaper.nogain.NoGainContest;
import io.foreshard.jmh.shaper.overload.ServerOverloadContest;
import io.foreshard.jmh.shaper.scheduling.SchedulingContest;
import java.util.LinkedHashMap;
import java.util.Map;

/** The comparison of the flow shaper. */
public final class ShaperComparison implements Comparison {

    /** Makes the comparison. */
    public ShaperComparison() {}

    @Override
    public Map<String, Contest> contests() {
        Map<String, Contest> contests = new LinkedHashMap<>();
        contests.put("step-response", new StepResponseContest());
        contests.put("scheduling", new SchedulingContest());
        contests.put("live", new LiveContest());
        contests.put("no-gain", new NoGainContest());
        contests.put("mice-elephant", new MiceElephantContest());
        contests.put("server-overload", new ServerOverloadContest());
        return contests;
    }
}
