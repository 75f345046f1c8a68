package io.foreshard.tck;

import io.foreshard.flowsharder.placement.InMemoryShardMapStore;
import io.foreshard.flowsharder.spi.ShardMapStore;

class InMemoryShardMapStoreTest implements ShardMapStoreContract {

    @Override
    public ShardMapStore store() {
        return new InMemoryShardMapStore(16);
    }
}
