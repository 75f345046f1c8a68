package io.foreshard.addrsharding.engine;

import io.foreshard.addrsharding.spi.Allocation;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All subdivisions, in the order in which they came. Changed on the engine's executor only; read by any thread. */
final class Stocks {

    private volatile Map<StockKey, SubdivisionStock> all = Map.of();

    @Nullable
    SubdivisionStock get(StockKey key) {
        return all.get(key);
    }

    @Nullable
    SubdivisionStock of(Allocation allocation) {
        return all.get(StockKey.of(allocation));
    }

    /** Returns those that there are now. */
    Collection<SubdivisionStock> all() {
        return Collections.unmodifiableCollection(all.values());
    }

    /** Returns whether it was not there before; if it was, nothing has changed. */
    boolean add(SubdivisionStock stock) {
        Map<StockKey, SubdivisionStock> more = new LinkedHashMap<>(all);
        boolean isNew = more.putIfAbsent(stock.key(), stock) == null;
        all = more;
        return isNew;
    }

    void remove(SubdivisionStock stock) {
        Map<StockKey, SubdivisionStock> fewer = new LinkedHashMap<>(all);
        fewer.remove(stock.key(), stock);
        all = fewer;
    }
}
