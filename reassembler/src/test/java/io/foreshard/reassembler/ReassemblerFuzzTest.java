package io.foreshard.reassembler;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.foreshard.simulator.Property;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Plays any bytes as calls of an engine. Replays the committed scripts as an ordinary test; with {@code JAZZER_FUZZ=1} it looks for
 * new ones.
 */
class ReassemblerFuzzTest {

    @FuzzTest(maxDuration = "3m")
    void anySequenceOfCallsStaysWithinItsBounds(byte[] script) {
        new EngineScript(script.length % 2 == 0).run(script);
    }

    @Test
    void randomSequencesOfCallsStayWithinTheirBounds() {
        AtomicInteger delivered = new AtomicInteger();
        Property.named("engine scripts").runs(120).maxSize(300).check((random, size) -> {
            byte[] script = random.bytes(size * EngineScript.CALL_BYTES + random.nextInt(2));
            delivered.addAndGet(new EngineScript(random.chance(0.5)).run(script));
        });
        assertTrue(delivered.get() > 50, "the scripts reach deliveries: " + delivered);
    }
}
