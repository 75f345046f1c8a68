package io.foreshard.examples.sendfile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.foreshard.examples.sendfile.Scenario.Span;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScenarioTest {

    private static Scenario every(double periodSeconds) {
        return new Scenario(Path.of("f"), 6_000_000, 1_000, 1, 1e6, 2e5, periodSeconds, Duration.ofMillis(50), 0);
    }

    @Test
    void thePathIsCongestedInEveryPeriodAndSoItIsDrawn() {
        Scenario scenario = every(10);
        assertEquals(List.of(new Span(7, 10), new Span(17, 20)), scenario.episodesUntil(25));
        for (Span episode : scenario.episodesUntil(100)) {
            assertEquals(1e6, rate(scenario, episode.from() - 0.1));
            assertEquals(2e5, rate(scenario, episode.from() + 0.1));
            assertEquals(2e5, rate(scenario, episode.to() - 0.1));
            assertEquals(1e6, rate(scenario, episode.to() + 0.1));
        }
    }

    @Test
    void withoutAPeriodThereIsOneEpisodeInTheMiddle() {
        Scenario scenario = every(0);
        assertEquals(10, scenario.seconds());
        assertEquals(List.of(new Span(3, 5)), scenario.episodesUntil(1_000));
        assertEquals(2e5, rate(scenario, 4));
        assertEquals(1e6, rate(scenario, 14));
    }

    private static double rate(Scenario scenario, double seconds) {
        return scenario.trace().bytesPerSecondAt((long) (seconds * 1e9));
    }
}
