package io.foreshard.examples.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CleanupTest {

    @Test
    void stopsWhatWasStartedLastFirstOnceAndWhateverFails() {
        List<String> stopped = new ArrayList<>();
        Cleanup cleanup = new Cleanup("test");
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
