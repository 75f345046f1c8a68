package io.foreshard.stackvirt.traffic;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Supplier;

/** Gives those keys that send most a forecaster each. Who has one keeps it while not twice as many send more. */
final class KeyFeeds {

    private static final long ELECTION_SLOTS = 60;
    private static final Comparator<StreamSummary.Place> BY_ARRIVALS =
            Comparator.comparingLong(place -> place.traffic.arrivals());

    private final int most;
    private final Supplier<ForecastFeed> feeds;
    private final Set<StreamSummary.Place> fed = new HashSet<>();
    private long electedSlot = Long.MIN_VALUE;

    KeyFeeds(int most, Supplier<ForecastFeed> feeds) {
        this.most = most;
        this.feeds = feeds;
    }

    /** Ends the slots of the keys that have a forecaster. */
    void tick(long nowMillis, Collection<StreamSummary.Place> all) {
        long slot = Math.floorDiv(nowMillis, KindTraffic.SLOT_MILLIS);
        if (most > 0 && (electedSlot == Long.MIN_VALUE || slot - electedSlot >= ELECTION_SLOTS)) {
            electedSlot = slot;
            elect(all);
        }
        fed.forEach(place -> place.traffic.pass(nowMillis));
    }

    private void elect(Collection<StreamSummary.Place> all) {
        PriorityQueue<StreamSummary.Place> heaviest = new PriorityQueue<>(BY_ARRIVALS);
        for (StreamSummary.Place place : all) {
            if (place.traffic.isForecast()) {
                heaviest.add(place);
                if (heaviest.size() > 2 * most) {
                    heaviest.remove();
                }
            }
        }
        for (Iterator<StreamSummary.Place> each = fed.iterator(); each.hasNext(); ) {
            StreamSummary.Place place = each.next();
            if (!heaviest.contains(place)) {
                place.traffic.feed(null);
                each.remove();
            }
        }
        List<StreamSummary.Place> first =
                heaviest.stream().sorted(BY_ARRIVALS.reversed()).limit(most).toList();
        for (StreamSummary.Place place : first) {
            if (fed.size() < most && fed.add(place)) {
                place.traffic.feed(feeds.get());
            }
        }
    }
}
