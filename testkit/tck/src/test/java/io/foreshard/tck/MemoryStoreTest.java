package io.foreshard.tck;

import io.foreshard.addrsharding.spi.AllocationStore;

class MemoryStoreTest implements AllocationStoreContract {

    private final MemoryStore.Disk disk = new MemoryStore.Disk();

    @Override
    public AllocationStore open() {
        return new MemoryStore(disk);
    }
}
