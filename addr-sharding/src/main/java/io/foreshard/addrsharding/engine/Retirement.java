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

    /** Gives back what nobody uses any more. */
    void look(SubdivisionStock stock, long nowMillis) {
        for (Prefix shard : List.copyOf(stock.closed.keySet())) {
            List<Allocation> ended = dropped(stock, shard, nowMillis);
            if (ended != null) {
                stock.closed.remove(shard);
                cycle.vacate(shard, ended, nowMillis);
            }
        }
        if (!stock.isRetiring) {
            return;
        }
        if (stock.retiringSinceMillis == Long.MIN_VALUE) {
            stock.retiringSinceMillis = nowMillis;
        }
        boolean isOverdue = nowMillis - stock.retiringSinceMillis >= graceMillis;
        for (Allocation shard : List.copyOf(stock.shards.values())) {
            List<Allocation> ended = dropped(stock, shard.prefix(), nowMillis);
            if (ended != null) {
                stock.shards.remove(shard.prefix());
                cycle.drain(shard, ended, nowMillis);
            } else if (isOverdue) {
                stock.shardIsClosed(shard);
                observer.count(EngineReason.WITHDRAWN_IN_USE, 1);
                cycle.withdraw(shard, nowMillis);
            }
        }
    }

    private @Nullable List<Allocation> dropped(SubdivisionStock stock, Prefix shard, long nowMillis) {
        List<Allocation> ended = stock.pool.drop(shard, nowMillis);
        if (ended != null) {
            ended.forEach(records::ended);
        }
        return ended;
    }
}
