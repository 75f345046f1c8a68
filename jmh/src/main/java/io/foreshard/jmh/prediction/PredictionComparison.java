package io.foreshard.jmh.prediction;

import io.foreshard.jmh.Comparison;
import io.foreshard.jmh.Contest;
import io.foreshard.jmh.fairness.FairnessContest;
import io.foreshard.jmh.gain.GainContest;
import io.foreshard.jmh.lossy.GenieContest;
import io.foreshard.jmh.lossy.LossyPeersContest;
import io.foreshard.jmh.priority.PriorityContest;
import java.util.LinkedHashMap;
import java.util.Map;

/** The comparison of the packet path. */
public final class PredictionComparison implements Comparison {

    /** Makes the comparison. */
    public PredictionComparison() {}

    @Override
    public Map<String, Contest> contests() {
        Map<String, Contest> contests = new LinkedHashMap<>();
        contests.put("gain", new GainContest());
        contests.put("genie", new GenieContest());
        contests.put("best-peer", new LossyPeersContest());
        contests.put("priority", new PriorityContest());
        contests.put("fairness", new FairnessContest());
        return contests;
    }
}
