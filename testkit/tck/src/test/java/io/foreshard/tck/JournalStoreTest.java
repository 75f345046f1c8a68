package io.foreshard.tck;

import io.foreshard.addrsharding.journal.JournalStore;
import io.foreshard.addrsharding.spi.AllocationStore;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class JournalStoreTest implements AllocationStoreContract {

    private final ExecutorService executor = Executors.newSingleThreadExecutor();

    @TempDir
    private Path directory;

    @Override
    public AllocationStore open() throws Exception {
        return JournalStore.builder(directory, executor).groupBytes(4096).open();
    }

    @AfterEach
    void stopTheExecutor() {
        executor.shutdown();
    }
}
