package io.foreshard.jmh.stacks;

import io.foreshard.jmh.Comparison;
import io.foreshard.jmh.Contest;
import java.util.LinkedHashMap;
import java.util.Map;

/** The comparison of stack virtualisation. */
public final class StacksComparison implements Comparison {

    /** Makes the comparison. */
    public StacksComparison() {}

    @Override
    public Map<String, Contest> contests() {
        Map<String, Contest> contests = new LinkedHashMap<>();
        contests.put("thaw", new ThawContest());
        contests.put("cold-starts", new ColdStartContest());
        contests.put("mux-hop", new HopContest());
        contests.put("orphans", new OrphansContest());
        contests.put("uds-echo", new UdsEchoContest());
        contests.putAll(MuxContests.all());
        return contests;
    }
}
