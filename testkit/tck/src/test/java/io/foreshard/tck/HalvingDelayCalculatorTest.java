package io.foreshard.tck;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.flowshaper.spi.DelayCalculator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The calculator that the documentation shows is one. */
class HalvingDelayCalculatorTest implements DelayCalculatorContract {

    @Override
    public DelayCalculator calculator() {
        return new HalvingDelayCalculator();
    }

    @Test
    void isTheOneThatThePageShows() throws IOException {
        String source = Files.readString(
                Path.of("src", "test", "java", "io", "foreshard", "tck", "HalvingDelayCalculator.java"));
        String page = Files.readString(Path.of("..", "..", "docs", "flow-shaper.md"));
        assertTrue(page.contains(source.substring(source.indexOf("final class"))));
    }
}
