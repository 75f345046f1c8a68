package io.foreshard.stackvirt.traffic;

import io.foreshard.runtime.Checks;
import io.foreshard.stackvirt.traffic.TrafficKey.VolumeClass;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Traffic by key for the keys that send most: Metwally and others, Efficient computation of frequent and top-k elements in data streams
 * (ICDT 2005), known as space-saving. A new key takes the place of that with the fewest messages, so the count of a key is too high by that of
 * the one before it at most, and every key with more than 1 in as many messages as there are places is there. All that gave up their places
 * are one together. A message costs the same however many keys there are. One thread at a time.
 */
public final class TrafficTable {

    /** How many keys may have a forecaster. */
    public static final int MOST_FED = 256;

    private static final int MOST_KEYS = 1 << 16;

    private final int mostKeys;
    private final Map<TrafficKey, StreamSummary.Place> keys = new HashMap<>();
    private final StreamSummary order = new StreamSummary();
    private final KeyTraffic rest = new KeyTraffic();
    private final KeyFeeds feeds;
    private long evictions;

    /**
     * Makes an empty table.
     *
     * @param mostKeys how many keys it holds, 1…65 536
     * @throws IllegalArgumentException if out of range
     */
    public TrafficTable(int mostKeys) {
        this.mostKeys = Checks.inRange("mostKeys", mostKeys, 1, MOST_KEYS);
        feeds = new KeyFeeds(0, () -> {
            throw new IllegalStateException("no forecasters");
        });
    }

    /**
     * Makes an empty table in which the heaviest keys have a forecaster each.
     *
     * @param mostKeys how many keys it holds, 1…65 536
     * @param mostFed how many keys have a forecaster, 1…{@value #MOST_FED}
     * @param forecasters gives a new one for a key; told the messages of each second
     * @throws IllegalArgumentException if out of range
     */
    public TrafficTable(int mostKeys, int mostFed, Supplier<ForecastFeed> forecasters) {
        this.mostKeys = Checks.inRange("mostKeys", mostKeys, 1, MOST_KEYS);
        feeds = new KeyFeeds(Checks.inRange("mostFed", mostFed, 1, MOST_FED), forecasters);
    }

    /**
     * Ends a slot; to be called once a second where keys have forecasters.
     *
     * @param nowMillis the time, in milliseconds since 1970
     */
    public void tick(long nowMillis) {
        feeds.tick(nowMillis, keys.values());
    }

    /**
     * Counts a message.
     *
     * @param key whose
     * @param atMillis when
     */
    public void arrived(TrafficKey key, long atMillis) {
        StreamSummary.Place place = keys.get(key);
        if (place == null) {
            place = order.add(key, fresh());
            keys.put(key, place);
        }
        order.count(place);
        place.traffic.arrived(atMillis);
    }

    private KeyTraffic fresh() {
        KeyTraffic fresh = new KeyTraffic();
        StreamSummary.Place least = keys.size() < mostKeys ? null : order.removeLeast();
        if (least != null) {
            keys.remove(least.key);
            fresh.inherit(least.traffic.arrivals());
            evictions++;
        }
        return fresh;
    }

    /**
     * Counts an answer, or a message given up.
     *
     * @param key whose; one that is not in the table is left out
     */
    public void answered(TrafficKey key) {
        traffic(key).ifPresent(KeyTraffic::answered);
    }

    /**
     * Counts auxiliary tasks.
     *
     * @param key whose; tasks have no size, so of the volume classes of these networks the one with most messages counts
     * @param task which
     * @param count how many, below 0 counts as 0
     * @param atMillis when, in milliseconds since 1970
     */
    public void task(TrafficKey key, AuxiliaryTask task, long count, long atMillis) {
        KeyTraffic most = null;
        for (VolumeClass volume : VolumeClass.values()) {
            StreamSummary.Place place =
                    keys.get(new TrafficKey(key.protocol(), key.source(), key.destination(), volume));
            if (place != null && (most == null || place.traffic.arrivals() > most.arrivals())) {
                most = place.traffic;
            }
        }
        (most == null ? rest : most).task(task, count, atMillis);
    }

    /**
     * Returns what is known of a key.
     *
     * @param key which
     * @return empty if it is not among those that send most
     */
    public Optional<KeyTraffic> traffic(TrafficKey key) {
        return Optional.ofNullable(keys.get(key)).map(place -> place.traffic);
    }

    /**
     * Returns the keys that have sent most, in this order.
     *
     * @param most how many at most
     * @param nowMillis as of when, in milliseconds since 1970
     */
    public List<KeyReport> heaviest(int most, long nowMillis) {
        return keys.values().stream()
                .sorted(Comparator.comparingLong((StreamSummary.Place place) -> place.traffic.arrivals())
                        .reversed())
                .limit(most)
                .map(place -> place.traffic.report(place.key, nowMillis))
                .toList();
    }

    /** Returns how many keys there are. */
    public int size() {
        return keys.size();
    }

    /** Returns how often a key gave up its place. */
    public long evictions() {
        return evictions;
    }
}
