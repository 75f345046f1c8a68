package io.foreshard.addrsharding.engine;

/** What becomes of subdivisions that are recorded and not configured any more. */
public enum FormerSubdivisions {
    /**
     * They get nothing more, and their machines keep what they have until it is released or reclaimed. Each shard is withdrawn and given back as
     * soon as nobody has an address of it. After the grace the rest is withdrawn too, and given back when its last address is.
     */
    RETIRE,
    /** They go on as if configured, with shards of the length and number that they have. */
    ADOPT
}
