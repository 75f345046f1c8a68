package io.foreshard.jmh.stacks;

import io.foreshard.jmh.Contest;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the multiplexer and the buffer pool are measured by. */
final class MuxContests {

    private MuxContests() {}

    static Map<String, Contest> all() {
        Map<String, Contest> contests = new LinkedHashMap<>();
        contests.put("mux-pick", new MuxPickContest());
        contests.put("slow-stack", new SlowStackContest());
        contests.put("buffers", new BuffersContest());
        return contests;
    }
}
