package io.foreshard.addrsharding.warm;

/** The places that nobody has: warm, cooling, or cold after they were warm. Guarded by the pool's lock. */
final class IdlePlaces {

    private static final long MOST_AHEAD_MILLIS = 60_000;

    private final WarmShards shards;
    private final long cooldownMillis;
    /** Ready, idle for longest first. */
    final PlaceQueue fresh;

    final PlaceQueue cooling;
    final PlaceQueue retired;
    /** The time as it was told by who looks: releases that claim to be later would hold up those behind them. */
    private long latestMillis;

    IdlePlaces(WarmShards shards, long cooldownMillis, long nowMillis) {
        this.shards = shards;
        this.cooldownMillis = cooldownMillis;
        latestMillis = nowMillis;
        fresh = new PlaceQueue(shards);
        cooling = new PlaceQueue(shards);
        retired = new PlaceQueue(shards);
    }

    void look(long nowMillis, int most) {
        latestMillis = nowMillis;
        ripen(nowMillis, most);
    }

    /** Returns a place that is warm, {@link PlaceQueue#NONE} if there is none. */
    int take(long nowMillis, int ripened) {
        ripen(nowMillis, ripened);
        return fresh.size() > 0 ? fresh.remove() : PlaceQueue.NONE;
    }

    /** What has cooled queues behind what has been idle for longer. */
    void ripen(long nowMillis, int most) {
        for (int i = 0; i < most && cooling.size() > 0; i++) {
            if (nowMillis - shards.releasedMillis(cooling.head()) < cooldownMillis) {
                return;
            }
            fresh.add(cooling.remove());
        }
    }

    /** Takes a place that was given back just now. */
    void release(int place, long sinceMillis) {
        shards.release(place, Math.min(sinceMillis, latestMillis + MOST_AHEAD_MILLIS));
        add(place, cooling);
    }

    /** Takes a place that was recorded as given back. */
    void restore(int place, long sinceMillis) {
        shards.released(place, Math.min(sinceMillis, latestMillis));
        add(place, cooling);
    }

    /** Takes a place that nobody has. One that is not to be handed out stays aside until its shard is dropped. */
    void add(int place, PlaceQueue to) {
        if (shards.isUsable(place)) {
            to.add(place);
        }
    }

    /** Returns whether an address of a shard was released only just now. */
    boolean isCooling(WarmShard shard, long nowMillis) {
        return shard.releasedMillis != Long.MIN_VALUE && nowMillis - shard.releasedMillis < cooldownMillis;
    }

    void drop(WarmShard shard) {
        fresh.drop(shard);
        cooling.drop(shard);
        retired.drop(shard);
    }
}
