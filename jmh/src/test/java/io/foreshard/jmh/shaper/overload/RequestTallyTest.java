package io.foreshard.jmh.shaper.overload;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.foreshard.jmh.run.Schedule;
import org.junit.jupiter.api.Test;

class RequestTallyTest {

    private static final long DEADLINE = 100;

    private final RequestTally tally = new RequestTally(new Schedule(0, 1_000, 2_000, 2_500, 3_000), DEADLINE);

    @Test
    void everyRequestThatCountsIsOneOfFour() {
        int good = tally.due(1_000);
        int late = tally.due(1_100);
        int refused = tally.due(1_200);
        tally.due(1_999);
        tally.answered(good, 1_100);
        tally.answered(late, 1_201);
        tally.refused(refused, 1_500);
        assertEquals(4, tally.offered());
        assertEquals(1, tally.good());
        assertEquals(1, tally.late());
        assertEquals(1, tally.refusals());
        assertEquals(1, tally.unanswered());
    }

    @Test
    void leavesOutWhatWasDueBeforeOrAfter() {
        tally.answered(tally.due(999), 1_001);
        tally.answered(tally.due(2_000), 2_001);
        assertEquals(0, tally.offered());
        assertEquals(0, tally.good());
    }

    @Test
    void believesTheFirstAnswerOnly() {
        int request = tally.due(1_500);
        tally.refused(request, 1_500);
        tally.answered(request, 1_510);
        tally.answered(77, 1_510);
        assertEquals(0, tally.good());
        assertEquals(1, tally.refusals());
    }
}
