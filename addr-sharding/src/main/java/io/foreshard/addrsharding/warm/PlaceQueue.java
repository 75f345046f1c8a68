package io.foreshard.addrsharding.warm;

/** A first-in-first-out queue of places, linked through the arrays of their shards. Guarded by the pool's lock. */
final class PlaceQueue {

    static final int NONE = -1;

    private final WarmPool pool;
    private int head = NONE;
    private int tail = NONE;
    private int size;

    PlaceQueue(WarmPool pool) {
        this.pool = pool;
    }

    void add(int place) {
        link(place, NONE);
        if (tail == NONE) {
            head = place;
        } else {
            link(tail, place);
        }
        tail = place;
        size++;
    }

    /** Puts a place before all others. */
    void push(int place) {
        link(place, head);
        head = place;
        tail = tail == NONE ? place : tail;
        size++;
    }

    int remove() {
        int place = head;
        head = pool.shard(place).next[WarmPool.slot(place)];
        tail = head == NONE ? NONE : tail;
        size--;
        return place;
    }

    /** Returns the first place, {@link #NONE} when empty. */
    int head() {
        return head;
    }

    int size() {
        return size;
    }

    /** Drops all places of a shard; takes a time in proportion to the queue. */
    void dropShard(int index) {
        int count = size;
        for (int i = 0; i < count; i++) {
            int place = remove();
            if (WarmPool.shardIndex(place) != index) {
                add(place);
            }
        }
    }

    private void link(int place, int to) {
        pool.shard(place).next[WarmPool.slot(place)] = to;
    }
}
