package io.foreshard.examples.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CleanupTest {

    @Test
    void stopsWhatWasStartedLastFirstOnceAndWhateverFails() {
        List<String> stopped = new ArrayList<>();
        Cleanup cleanup = new Cleanup();
        cleanup.add(() -> stopped.add("first"));
        cleanup.add(() -> {
            throw new IllegalStateException("as the test wants it");
        });
        cleanup.add(() -> stopped.add("last"));
        cleanup.close();
        cleanup.close();
        assertEquals(List.of("last", "first"), stopped);
    }
}
