package io.foreshard.jmh.striping;

import io.foreshard.jmh.Comparison;
import io.foreshard.jmh.Contest;
import io.foreshard.jmh.striping.live.CrowdContest;
import io.foreshard.jmh.striping.live.FailoverContest;
import io.foreshard.jmh.striping.live.SumContest;
import io.foreshard.jmh.striping.live.UnequalContest;
import io.foreshard.jmh.striping.placement.PlacementContest;
import io.foreshard.jmh.striping.relay.RelayContest;
import java.util.LinkedHashMap;
import java.util.Map;

/** The comparison of the flow sharder. */
public final class StripingComparison implements Comparison {

    /** Makes the comparison. */
    public StripingComparison() {}

    @Override
    public Map<String, Contest> contests() {
        Map<String, Contest> contests = new LinkedHashMap<>();
        contests.put("sum", new SumContest());
        contests.put("unequal", new UnequalContest());
        contests.put("failover", new FailoverContest());
        contests.put("ten-k", new CrowdContest());
        contests.put("relay", new RelayContest());
        contests.put("pick", new PickContest());
        contests.put("disruption", new DisruptionContest());
        contests.put("placement", new PlacementContest());
        return contests;
    }
}
