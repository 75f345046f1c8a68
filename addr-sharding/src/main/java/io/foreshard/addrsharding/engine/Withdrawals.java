package io.foreshard.addrsharding.engine;

import io.foreshard.addrsharding.prefix.Prefix;
import io.foreshard.addrsharding.spi.Allocation;
import io.foreshard.addrsharding.spi.WithdrawalWatch;
import io.foreshard.coreapi.EngineObserver;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shards that are draining: each is given back once all routers have applied a plan without it, it was seen withdrawn since, and none of
 * its addresses is anybody's. However long that takes, no other way leads out. Confined to the engine's executor.
 */
final class Withdrawals {

    private static final Logger LOG = LoggerFactory.getLogger(Withdrawals.class);
    private static final long NOT_YET = Long.MIN_VALUE;

    private final WithdrawalWatch watch;
    private final TimedCall<Collection<Prefix>> call;
    private final long limitMillis;
    private final EngineObserver observer;
    private final Consumer<Allocation> done;
    private final Map<Prefix, Leaving> leaving = new TreeMap<>();

    /**
     * Makes one.
     *
     * @param limitMillis after which a shard that is not seen withdrawn is reported, each time anew
     * @param done told of each shard that may be given back
     */
    Withdrawals(
            WithdrawalWatch watch,
            TimedCall<Collection<Prefix>> call,
            long limitMillis,
            EngineObserver observer,
            Consumer<Allocation> done) {
        this.watch = watch;
        this.call = call;
        this.limitMillis = limitMillis;
        this.observer = observer;
        this.done = done;
    }

    /**
     * Takes a shard of which is recorded that it drains.
     *
     * @param isOccupied whether addresses of it are still somebody's, or not recorded as nobody's
     */
    void begin(Allocation shard, boolean isOccupied) {
        leaving.put(shard.prefix(), new Leaving(shard, isOccupied));
    }

    /** Takes that all routers announce these, and no others. */
    void applied(Set<Prefix> announced) {
        for (Leaving each : leaving.values()) {
            each.isTold |= !announced.contains(each.shard.prefix());
        }
        ask();
    }

    /** Takes that no address of a shard is anybody's, as recorded. */
    void vacated(Prefix prefix) {
        Leaving shard = leaving.get(prefix);
        if (shard != null) {
            shard.isOccupied = false;
            endIfDone(shard);
        }
    }

    private void ask() {
        Set<Prefix> told = told();
        if (!told.isEmpty() && !call.isOpen()) {
            call.begin(() -> watch.withdrawn(told), (seen, failure) -> answered(told, seen));
        }
    }

    private Set<Prefix> told() {
        return leaving.values().stream()
                .filter(each -> each.isTold && !each.isSeen)
                .map(each -> each.shard.prefix())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** What was not seen is asked for at the next look; what was told to routers meanwhile, at once. */
    private void answered(Set<Prefix> asked, @Nullable Collection<Prefix> seen) {
        for (Prefix prefix : seen == null ? List.<Prefix>of() : List.copyOf(seen)) {
            Leaving shard = asked.contains(prefix) ? leaving.get(prefix) : null;
            if (shard != null) {
                shard.isSeen = true;
                endIfDone(shard);
            }
        }
        if (!asked.containsAll(told())) {
            ask();
        }
    }

    private void endIfDone(Leaving shard) {
        if (shard.isSeen && !shard.isOccupied) {
            leaving.remove(shard.shard.prefix());
            done.accept(shard.shard);
        }
    }

    /** Looks again, and reports what takes too long. */
    void look(long nowMillis) {
        call.look(nowMillis);
        ask();
        List<Leaving> late = new ArrayList<>();
        for (Leaving each : leaving.values()) {
            if (each.sinceMillis == NOT_YET) {
                each.sinceMillis = nowMillis;
            } else if (!each.isSeen && nowMillis - each.sinceMillis >= limitMillis) {
                each.sinceMillis = nowMillis;
                late.add(each);
            }
        }
        if (!late.isEmpty()) {
            report(late);
        }
    }

    private void report(List<Leaving> late) {
        observer.count(EngineReason.WITHDRAWAL_UNCONFIRMED, late.size());
        Leaving first = late.get(0);
        LOG.warn(
                "withdrawal: {} shards, such as {} of {} (expected: seen within {} ms; {})",
                late.size(),
                first.shard.prefix(),
                first.shard.subdivision(),
                limitMillis,
                first.isTold ? "routers were told" : "not all routers have applied a plan without it");
    }

    private static final class Leaving {

        final Allocation shard;
        boolean isOccupied;
        boolean isTold;
        boolean isSeen;
        long sinceMillis = NOT_YET;

        Leaving(Allocation shard, boolean isOccupied) {
            this.shard = shard;
            this.isOccupied = isOccupied;
        }
    }
}
