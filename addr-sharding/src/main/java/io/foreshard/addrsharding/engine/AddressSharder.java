package io.foreshard.addrsharding.engine;

import io.foreshard.addrsharding.prefix.AddressFamily;
import io.foreshard.addrsharding.spi.Allocation;
import io.foreshard.addrsharding.spi.AllocationStore;
import io.foreshard.addrsharding.spi.SpaceReport;
import io.foreshard.coreapi.GateReport;
import io.netty.util.concurrent.EventExecutor;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Hands addresses out to machines, and sees to it that they are warm before anybody asks: shards are assigned, recorded, announced to routers
 * and warmed by what subdivisions are expected to ask for, and given back when they are not.
 *
 * <p>What it tells a caller it has recorded: an address that was given is nobody else's, also after a crash. All methods may be called by any
 * thread, and none blocks. Time is handed in, in milliseconds since 1970, and should not go back. What becomes of requests and releases is told
 * on the executor of callbacks; stages of the other methods complete on the engine's.
 */
public interface AddressSharder extends AutoCloseable {

    /**
     * Begins to configure one.
     *
     * @param executor owns the engine's state, such as an event loop. Must not be the one that the store commits on
     * @param store records what is allocated; owned by the caller, and to be closed after the engine
     */
    static AddressSharderBuilder builder(EventExecutor executor, AllocationStore store) {
        return new AddressSharderBuilder(executor, store);
    }

    /**
     * Asks for an address. One that is warm is taken at once, and given when that is recorded; otherwise the request waits in the backlog,
     * and stock is ordered for it.
     *
     * @param subdivision whose address
     * @param family of addresses
     * @param handle names the machine; if it has an address already, it is given the same again
     * @param nowMillis the time
     * @return never fails
     */
    CompletionStage<HandOut> take(String subdivision, AddressFamily family, String handle, long nowMillis);

    /**
     * Gives an address back. May be repeated; a late one does no harm to who has the address now.
     *
     * @param address as it was given
     * @param nowMillis the time
     * @return never fails
     */
    CompletionStage<Release> release(Allocation address, long nowMillis);

    /**
     * Ends a step of the forecasts: observes, plans, acts. To be called at the fixed step of the prefetcher.
     *
     * @param nowMillis the time
     * @return completes when that is done; what it orders comes later
     */
    CompletionStage<Void> step(long nowMillis);

    /**
     * Looks at all stocks between steps: orders what is missing, tries again what did not work, refuses those who waited too long. To be
     * called as often as the policy expects to be asked, such as every ten seconds.
     *
     * @param nowMillis the time
     * @return completes when that is done
     */
    CompletionStage<Void> look(long nowMillis);

    /**
     * Adds a subdivision, or another family for one.
     *
     * @param settings what it gets
     * @return completes with false, and nothing has changed, if it is there, or still gives back what it had
     */
    CompletionStage<Boolean> add(SubdivisionSettings settings);

    /**
     * Removes a subdivision of one family: nothing is handed out to it any more, and its shards are given back as those of one that is not
     * configured any more are. What its machines have stays theirs until it is released. Lasts until the engine is opened again, so take
     * it out of the configuration too.
     *
     * @param subdivision its name
     * @param family of addresses
     * @return completes with false if there is none, or it is being removed already
     */
    CompletionStage<Boolean> remove(String subdivision, AddressFamily family);

    /** Returns the shards of all subdivisions that are not free, ordered by prefix. */
    CompletionStage<List<Allocation>> shards();

    /** Returns the state of each subdivision, in the order of the configuration; those that are not configured any more last. */
    CompletionStage<List<StockReport>> stocks();

    /** Returns how much space is free, and in how many pieces. */
    CompletionStage<SpaceReport> space();

    /** Returns whether forecasts decide what is kept warm, and what that rests on. */
    GateReport gate();

    /** Refuses all who wait, and takes no more requests. What is given stays given. May be repeated. */
    @Override
    void close();
}
