package io.foreshard.addrsharding.engine;

import io.foreshard.addrsharding.prefix.AddressFamily;
import io.foreshard.addrsharding.spi.Allocation;

/** Names a stock. */
record StockKey(String subdivision, AddressFamily family) {

    static StockKey of(Allocation allocation) {
        return new StockKey(allocation.subdivision(), allocation.prefix().family());
    }
}
