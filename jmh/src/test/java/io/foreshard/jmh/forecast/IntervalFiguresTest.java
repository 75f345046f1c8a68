package io.foreshard.jmh.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.foreshard.jmh.figure.Figure;
import io.foreshard.jmh.figure.Peer;
import java.util.List;
import org.junit.jupiter.api.Test;

class IntervalFiguresTest {

    private static final Contender OURS = new Contender("ours");

    private final List<IntervalScore> ours = List.of(
            new IntervalScore("a", 1, "ours", 0.955, 0.90, 2, 1),
            new IntervalScore("b", 1, "ours", 0.93, 0.80, 9, 1),
            new IntervalScore("a", 24, "ours", 0.5, 0.1, 6, 1));
    private final List<IntervalScore> peers = List.of(
            new IntervalScore("a", 1, "p", 0.97, 0.70, 4, 1),
            new IntervalScore("a", 1, "q", 0.95, 0.90, 1, 1),
            new IntervalScore("b", 1, "p", 0.95, 0.90, 9, 1),
            new IntervalScore("b", 1, "q", 0.95, 0.90, 10, 1),
            new IntervalScore("a", 24, "p", 0.95, 0.90, 3, 1),
            new IntervalScore("a", 24, "q", 0.95, 0.90, 30, 1));

    @Test
    void takesTheCoverageThatIsFarthestFromNominalOneStepAhead() {
        assertEquals("FIGURE coverage 93 % target >= 94 peers p=97,q=95 short", find("coverage"));
        assertEquals("FIGURE coverage/a 95.5 % target <= 96 peers - ok", find("coverage/a"));
    }

    @Test
    void takesTheWorstWindow() {
        assertEquals("FIGURE coverage.window 80 % target >= 85 peers p=70,q=90 short", find("coverage.window"));
    }

    @Test
    void comparesWithTheBestPeerOfEachCondition() {
        assertEquals(
                "FIGURE interval-score/h24 2 x target <= 1.02 peers foreshard=6,best-of-peers=3,p=3,q=30 short",
                find("interval-score/h24"));
        assertEquals(
                "FIGURE interval-score/h1 1.414 x target <= 1.02 peers foreshard=4.243,best-of-peers=3,p=6,q=3.162 short",
                find("interval-score/h1"));
    }

    @Test
    void leavesTheRatioOpenWithoutPeers() {
        IntervalFigures alone = new IntervalFigures(ours, List.of(), List.of(Peer.skipped("python", "none")));
        Figure ratio = alone.all(OURS).stream()
                .filter(figure -> figure.name().equals("interval-score"))
                .findFirst()
                .orElseThrow();
        assertEquals("open", ratio.status());
    }

    private String find(String name) {
        return new IntervalFigures(ours, peers, List.of())
                .all(OURS).stream()
                        .filter(figure -> figure.name().equals(name))
                        .findFirst()
                        .orElseThrow()
                        .line();
    }
}
