package io.foreshard.jmh.addresses;

import io.foreshard.jmh.Comparison;
import io.foreshard.jmh.Contest;
import java.util.LinkedHashMap;
import java.util.Map;

/** The comparison of address sharding. */
public final class AddressesComparison implements Comparison {

    /** Makes the comparison. */
    public AddressesComparison() {}

    @Override
    public Map<String, Contest> contests() {
        Map<String, Contest> contests = new LinkedHashMap<>();
        contests.put("shard-ops", new ShardOpsContest());
        contests.put("warm-handout", new WarmHandoutContest());
        contests.put("durable", new DurableContest());
        contests.put("recovery", new RecoveryContest());
        contests.put("prefetch", new PrefetchContest());
        contests.put("routes", new RoutesContest());
        contests.put("announce", new AnnounceContest());
        return contests;
    }
}
