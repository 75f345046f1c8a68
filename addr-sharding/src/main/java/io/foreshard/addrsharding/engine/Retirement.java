package io.foreshard.addrsharding.engine;

import io.foreshard.addrsharding.prefix.Prefix;
import io.foreshard.addrsharding.spi.Allocation;
import io.foreshard.coreapi.EngineObserver;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the shards of subdivisions back that are not configured any more, without taking an address from anybody. Confined to the
 * engine's executor.
 */
final class Retirement {

    private static final Logger LOG = LoggerFactory.getLogger(Retirement.class);

    private final ShardCycle cycle;
    private final AddressRecords records;
    private final EngineObserver observer;
    private final long graceMillis;

    /**
     * Makes one.
     *
     * @param graceMillis after which shards are withdrawn though machines have addresses of them
     */
    Retirement(ShardCycle cycle, AddressRecords records, EngineObserver observer, long graceMillis) {
        this.cycle = cycle;
        this.records = records;
        this.observer = observer;
        this.graceMillis = graceMillis;
    }

    /** Begins; nothing is handed out to a subdivision any more. */
    void begin(SubdivisionStock stock) {
        stock.isRetiring = true;
        cycle.expectNothing(stock.settings);
        observer.count(EngineReason.SUBDIVISION_RETIRED, 1);
        LOG.warn("subdivision: {} (expected: configured; gives its shards back)", stock.settings.label());
    }

    /** Gives back what nobody uses any more, and withdraws what is used for too long. */
    void look(SubdivisionStock stock, long nowMillis) {
        if (stock.isRetiring) {
            for (Allocation shard : List.copyOf(stock.shards.values())) {
                List<Allocation> ended = dropped(stock, shard.prefix(), nowMillis);
                if (ended != null) {
                    stock.shards.remove(shard.prefix());
                    cycle.drain(shard, ended, nowMillis);
                } else {
                    stock.shardIsClosed(cycle.retire(shard, nowMillis));
                }
            }
        }
        for (Allocation shard : List.copyOf(stock.closed.values())) {
            List<Allocation> ended = dropped(stock, shard.prefix(), nowMillis);
            if (ended != null) {
                stock.closed.remove(shard.prefix());
                cycle.withdraw(shard.prefix(), nowMillis);
                cycle.vacate(shard.prefix(), ended, nowMillis);
            } else if (isOverdue(shard, nowMillis) && cycle.withdraw(shard.prefix(), nowMillis)) {
                observer.count(EngineReason.WITHDRAWN_IN_USE, 1);
            }
        }
    }

    /** Returns whether machines of a draining shard have been given all the time that they get; restarts do not lengthen it. */
    boolean isOverdue(Allocation shard, long nowMillis) {
        return nowMillis - shard.sinceMillis() >= graceMillis;
    }

    private @Nullable List<Allocation> dropped(SubdivisionStock stock, Prefix shard, long nowMillis) {
        List<Allocation> ended = stock.pool.drop(shard, nowMillis);
        if (ended != null) {
            ended.forEach(records::ended);
        }
        return ended;
    }
}
