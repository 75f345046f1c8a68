package io.foreshard.examples.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SiteResultTest {

    private static final Answer QUICK = new Answer(0, 0.01, Answer.Outcome.WHOLE);
    private static final Answer SLOW = new Answer(0, 1.5, Answer.Outcome.WHOLE);
    private static final Answer NONE = new Answer(0, 3, Answer.Outcome.NONE);

    private final Traffic traffic = new Traffic();

    private SiteResult result(List<Answer> answers, long uploads, long served) {
        Uploads.Summary summary = new Uploads.Summary("wrk", uploads, 0, 0.1, 0.2);
        return new SiteResult("nginx", false, List.of(), answers, summary, traffic, 0, served);
    }

    @Test
    void countsAgreeWhenTheServerAnsweredWhatClientsGotAndWhatWasUnderWay() {
        assertTrue(result(List.of(QUICK, NONE), 10, 11).addsUp());
        assertTrue(result(List.of(QUICK, NONE), 10, 12 + Scenario.UPLOADERS).addsUp());
        assertFalse(result(List.of(QUICK, NONE), 10, 10).addsUp());
        assertFalse(result(List.of(QUICK, NONE), 10, 13 + Scenario.UPLOADERS).addsUp());
    }

    @Test
    void countsDoNotAgreeWhileBytesAreUnaccountedFor() {
        traffic.took(100);
        traffic.sent(60);
        assertFalse(result(List.of(QUICK), 10, 11).addsUp());
        assertEquals(40, traffic.waitingBytes());
        traffic.lost(40);
        assertTrue(result(List.of(QUICK), 10, 11).addsUp());
    }

    @Test
    void aDamagedAnswerIsNotSound() {
        assertTrue(result(List.of(QUICK), 1, 2).isSound());
        assertFalse(result(List.of(QUICK, new Answer(0, 0.1, Answer.Outcome.DAMAGED)), 1, 3)
                .isSound());
        assertFalse(result(List.of(NONE), 1, 1).isSound());
    }

    @Test
    void whatIsNotAnsweredCountsInTheTailAndAsLate() {
        List<Answer> answers = new ArrayList<>(List.of(NONE, SLOW));
        for (int index = 0; index < 8; index++) {
            answers.add(QUICK);
        }
        SiteResult result = result(answers, 1, 10);
        assertEquals(2, result.late());
        assertEquals(0.01, result.percentile(80));
        assertEquals(1.5, result.percentile(90));
        assertEquals(3, result.percentile(100));
        assertEquals(90, result.tail());
    }

    @Test
    void theVerdictSaysWhoPaid() {
        SiteResult without = result(List.of(SLOW), 100, 101);
        assertTrue(
                Verdict.of(without, result(List.of(QUICK), 99, 100)).sentence().contains("nginx: it helped."));
        assertTrue(
                Verdict.of(without, result(List.of(QUICK), 80, 81)).sentence().contains("uploads paid"));
        assertTrue(
                Verdict.of(without, result(List.of(SLOW), 100, 101)).sentence().contains("did not help"));
        assertTrue(Verdict.of(without, result(List.of(SLOW), 80, 81)).sentence().contains("did harm"));
        assertTrue(
                Verdict.of(without, result(List.of(NONE), 100, 100)).sentence().contains("did harm"));
    }
}
