package io.foreshard.examples.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class DecisionsTest {

    private static final double NONE = Double.POSITIVE_INFINITY;

    private static Look look(double at, double limit, double queueSeconds, double load) {
        return new Look(at, 1e6, 50_000, queueSeconds, load, limit);
    }

    @Test
    void tellsWhenALimitIsSetChangedMuchAndLiftedAndWhatWasSeen() {
        List<Decisions.Decision> decisions = Decisions.of(List.of(
                look(0.0, NONE, 0, 0.1),
                look(0.1, 5e6, 0.02, 0.1),
                look(0.2, 5.1e6, 0.02, 0.1),
                look(0.3, 2e6, 0, 0.99),
                look(0.4, 4e6, 0, 0.5),
                look(0.5, NONE, 0, 0.1)));
        assertEquals(
                List.of(0.1, 0.3, 0.4, 0.5),
                decisions.stream().map(Decisions.Decision::atSeconds).toList());
        assertEquals("queue of the path 20.0 ms", decisions.get(0).why());
        assertEquals("the server is busy, load 0.99", decisions.get(1).why());
        assertTrue(decisions.get(2).why().contains("asks for what more it takes"));
        assertEquals("no limit", decisions.get(3).what());
    }

    @Test
    void withoutALimitThereIsNothingToTell() {
        assertEquals(List.of(), Decisions.of(List.of(look(0, NONE, Double.NaN, Double.NaN))));
    }

    @Test
    void aLiveLineShowsWhatIsNotKnownAsSuch() {
        String line = LiveLines.text("nginx", List.of(look(1, NONE, Double.NaN, Double.NaN)));
        assertTrue(line.contains("path    ?") && line.endsWith("load ?"), line);
        assertTrue(LiveLines.text("nginx", List.of(look(1, 4e6, 0.005, 0.5))).contains("(limit 4.0)"));
    }
}
