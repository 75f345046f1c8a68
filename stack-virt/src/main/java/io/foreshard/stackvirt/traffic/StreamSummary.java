package io.foreshard.stackvirt.traffic;

import org.jspecify.annotations.Nullable;

/**
 * Places by how much was counted for them: Metwally and others' Stream-Summary (ICDT 2005). Those with the same count share a bucket, the
 * buckets are in order, and counting moves a place to the next one: all in constant time.
 */
final class StreamSummary {

    private @Nullable Bucket least;

    /** What is counted for a key. */
    static final class Place {

        final TrafficKey key;
        final KeyTraffic traffic;
        private Bucket bucket;
        private @Nullable Place previous;
        private @Nullable Place next;

        private Place(TrafficKey key, KeyTraffic traffic, Bucket bucket) {
            this.key = key;
            this.traffic = traffic;
            this.bucket = bucket;
        }
    }

    private static final class Bucket {

        private long count;
        private @Nullable Place first;
        private @Nullable Place last;
        private @Nullable Bucket previous;
        private @Nullable Bucket next;

        private Bucket(long count) {
            this.count = count;
        }

        private void add(Place place) {
            place.bucket = this;
            place.previous = last;
            place.next = null;
            if (last == null) {
                first = place;
            } else {
                last.next = place;
            }
            last = place;
        }

        private void remove(Place place) {
            if (place.previous == null) {
                first = place.next;
            } else {
                place.previous.next = place.next;
            }
            if (place.next == null) {
                last = place.previous;
            } else {
                place.next.previous = place.previous;
            }
        }
    }

    /** Adds a place for which as much was counted as for that with the least, or nothing if there is none with so little. */
    Place add(TrafficKey key, KeyTraffic traffic) {
        Bucket bucket = least;
        if (bucket == null || bucket.count > traffic.arrivals()) {
            bucket = insert(new Bucket(traffic.arrivals()), null);
        }
        Place place = new Place(key, traffic, bucket);
        bucket.add(place);
        return place;
    }

    /** Counts one more. */
    void count(Place place) {
        Bucket from = place.bucket;
        Bucket to = from.next;
        if (to == null || to.count > from.count + 1) {
            if (from.first == from.last) {
                from.count++;
                return;
            }
            to = insert(new Bucket(from.count + 1), from);
        }
        take(place);
        to.add(place);
    }

    /** Takes out one of those for which the least was counted: the one that was counted longest ago. */
    @Nullable
    Place removeLeast() {
        Place place = least == null ? null : least.first;
        if (place != null) {
            take(place);
        }
        return place;
    }

    private void take(Place place) {
        Bucket bucket = place.bucket;
        bucket.remove(place);
        if (bucket.first == null) {
            unlink(bucket);
        }
    }

    private Bucket insert(Bucket bucket, @Nullable Bucket after) {
        Bucket before = after == null ? least : after.next;
        bucket.previous = after;
        bucket.next = before;
        if (after == null) {
            least = bucket;
        } else {
            after.next = bucket;
        }
        if (before != null) {
            before.previous = bucket;
        }
        return bucket;
    }

    private void unlink(Bucket bucket) {
        if (bucket.previous == null) {
            least = bucket.next;
        } else {
            bucket.previous.next = bucket.next;
        }
        if (bucket.next != null) {
            bucket.next.previous = bucket.previous;
        }
    }
}
