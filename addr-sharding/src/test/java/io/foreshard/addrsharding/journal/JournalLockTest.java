package io.foreshard.addrsharding.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.addrsharding.spi.AllocationStatus;
import io.foreshard.addrsharding.spi.StoreException;
import io.foreshard.addrsharding.spi.StoreFailure;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalLockTest {

    private static final String PREFIX = "10.0.0.0/24";

    @TempDir
    Path directory;

    /** Another process: opens the store, records one change, says so, and waits to be killed. */
    static final class Owner {

        private Owner() {}

        /** Runs. */
        public static void main(String[] args) throws Exception {
            JournalStore store =
                    JournalStore.builder(Path.of(args[0]), Runnable::run).open();
            store.append(Allocations.shard(PREFIX, AllocationStatus.CONFIRMED, 1))
                    .toCompletableFuture()
                    .join();
            System.out.println("recorded");
            System.in.read();
            store.close();
        }
    }

    @Test
    void aSecondStoreInThisProcessIsRefused() throws Exception {
        try (JournalStore first = JournalStore.builder(directory, Runnable::run).open()) {
            assertTrue(first.lease().isHeld());
            assertLocked();
        }
        JournalStore.builder(directory, Runnable::run).open().close();
    }

    @Test
    void aStoreOfAnotherProcessIsLockedUntilItIsKilledAndThenHasWhatThatAcknowledged() throws Exception {
        Process owner = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-XX:TieredStopAtLevel=1",
                        Owner.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(owner.getInputStream(), StandardCharsets.UTF_8))) {
            String line = said.readLine();
            while (line != null && !line.equals("recorded")) {
                line = said.readLine();
            }
            assertEquals("recorded", line);
            assertLocked();
        } finally {
            owner.destroyForcibly();
        }
        assertTrue(owner.waitFor(20, TimeUnit.SECONDS));
        try (JournalStore store = JournalStore.builder(directory, Runnable::run).open()) {
            assertEquals(1, Allocations.state(store).size());
        }
    }

    private void assertLocked() {
        StoreException refused = assertThrows(
                StoreException.class,
                () -> JournalStore.builder(directory, Runnable::run).open());
        assertEquals(StoreFailure.Reason.LOCKED, refused.failure().reason());
        assertEquals(directory.toString(), refused.failure().file());
    }
}
