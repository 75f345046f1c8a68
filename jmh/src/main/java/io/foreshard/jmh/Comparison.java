package io.foreshard.jmh;

import java.util.Map;

/** The comparison of one engine with its peers. */
public interface Comparison {

    /** Returns what there is to measure, by name and in the order in which it runs. */
    Map<String, Contest> contests();
}
