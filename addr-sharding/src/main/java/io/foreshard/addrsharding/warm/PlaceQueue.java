package io.foreshard.addrsharding.warm;

/** A first-in-first-out queue of places, linked through the arrays of their shards. Guarded by the pool's lock. */
final class PlaceQueue {

    static final int NONE = -1;

    private final WarmShards shards;
    private int head = NONE;
    private int tail = NONE;
    private int size;

    PlaceQueue(WarmShards shards) {
        this.shards = shards;
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

    int remove() {
        int place = head;
        head = shards.at(place).next[WarmShards.slot(place)];
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
    void drop(WarmShard shard) {
        int count = size;
        for (int i = 0; i < count; i++) {
            int place = remove();
            if (shards.at(place) != shard) {
                add(place);
            }
        }
    }

    private void link(int place, int to) {
        shards.at(place).next[WarmShards.slot(place)] = to;
    }
}
