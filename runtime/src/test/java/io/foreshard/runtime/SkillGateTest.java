package io.foreshard.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.coreapi.GateListener;
import io.foreshard.coreapi.GateMode;
import io.foreshard.coreapi.GateReason;
import io.foreshard.coreapi.GateReport;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SkillGateTest {

    private static final double SKILLED = 0.5;
    private static final int FIRST_PAUSE_STEPS = 300;
    private static final int SLOT = Switchback.LEAST_SLOT_STEPS;

    private static GateDrive drive(long seed) {
        return new GateDrive(seed, GateMode.FREE, 0.02);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 5, 0.71, Double.NaN, Double.POSITIVE_INFINITY})
    void staysShutWithoutSkill(double error) {
        GateDrive drive = drive(1).error(error).run(2_000);
        assertEquals(0, drive.predictiveSteps);
        assertNotEquals(GateReason.PROVEN, drive.reason());
        assertEquals(Double.isNaN(error) ? GateReason.LEARNING : GateReason.NO_SKILL, drive.reason());
    }

    @Test
    void opensAfterATrialInWhichPredictionIsNoWorse() {
        GateDrive drive = drive(1).error(SKILLED).run(1_000);
        assertEquals(List.of(GateReason.ON_TRIAL, GateReason.PROVEN), drive.reasons());
        GateReport proven = drive.changes.get(1);
        assertTrue(proven.pairs() >= 5, () -> "report " + proven);
        assertTrue(proven.reason().isOpen());
        assertEquals(SKILLED, proven.scaledError());
    }

    @Test
    void opensEarlyWherePredictionPaysClearly() {
        GateDrive drive = drive(1).error(SKILLED);
        drive.harm = 1 / 3.0;
        drive.runUntil(GateReason.PROVEN, 300);
        assertEquals(GateReason.PROVEN, drive.reason());
        assertEquals(5, drive.gate.report().pairs());
    }

    @Test
    void aHarmThatIsSmallTakesALongerTrial() {
        GateDrive drive = drive(1).error(SKILLED);
        drive.harm = 1.2;
        drive.runUntil(GateReason.REGRET, 2_000);
        GateReport report = drive.gate.report();
        assertEquals(GateReason.REGRET, report.reason());
        assertTrue(report.pairs() > 5, () -> "report " + report);
    }

    @Test
    void doesNotTrustFewForecasts() {
        GateDrive drive = drive(1).error(SKILLED);
        drive.scored = 99;
        drive.run(500);
        assertEquals(List.of(), drive.reasons());
        assertEquals(GateReason.LEARNING, drive.reason());
        drive.scored = 100;
        drive.run(1);
        assertEquals(GateReason.ON_TRIAL, drive.reason());
    }

    @Test
    void halfOfTheSlotsOfATrialArePredictive() {
        GateDrive drive = drive(5).error(SKILLED);
        drive.tells = false;
        drive.run(20_000);
        assertEquals(GateReason.ON_TRIAL, drive.reason(), "no slot told the arms apart");
        assertEquals(0, drive.gate.report().pairs());
        assertEquals(0.5, drive.predictiveSteps / 20_000.0, 0.001, "pairs hold one of each");
    }

    @Test
    void whatWasDecidedBeforeATrialIsNoneOfIt() {
        GateDrive drive = drive(1).error(1).run(300).error(SKILLED).run(1);
        assertEquals(GateReason.ON_TRIAL, drive.reason());
        drive.run(8 * SLOT);
        assertEquals(1, drive.gate.report().pairs());
    }

    @Test
    void shutsWhenTheErrorGrowsAndKeepsOpenBelow() {
        GateDrive drive = drive(1).error(SKILLED).run(1_000).error(0.9).run(400);
        assertEquals(GateReason.PROVEN, drive.reason());
        drive.error(0.901).run(1);
        assertEquals(GateReason.NO_SKILL, drive.reason());
        assertFalse(drive.gate.isPredictive());
        drive.error(0.75).run(400);
        assertEquals(GateReason.NO_SKILL, drive.reason(), "between both bounds it stays as it is");
        drive.error(0.7).run(1);
        assertEquals(GateReason.ON_TRIAL, drive.reason());
        drive.error(0.91).run(1);
        assertEquals(GateReason.NO_SKILL, drive.reason());
    }

    @Test
    void aTrialStartsWithNothingScored() {
        GateDrive drive = drive(1).error(SKILLED)
                .run(1_000)
                .error(1)
                .run(1)
                .error(SKILLED)
                .run(1);
        GateReport report = drive.gate.report();
        assertEquals(GateReason.ON_TRIAL, report.reason());
        assertEquals(0, report.pairs());
    }

    @Test
    void slotsInWhichNothingDiffersAreNotComparedAlsoAfterOthers() {
        GateDrive drive = drive(1).error(SKILLED);
        drive.scores = false;
        drive.run(SLOT * 70L);
        drive.tells = false;
        drive.scores = true;
        drive.run(SLOT * 100L);
        GateReport report = drive.gate.report();
        assertTrue(report.pairs() <= 1, () -> "report " + report);
    }

    @Test
    void shutsWhenTheErrorIsNoLongerKnown() {
        GateDrive drive = drive(1).error(SKILLED).run(1_000).error(Double.NaN).run(1);
        assertEquals(GateReason.NO_SKILL, drive.reason());
        assertFalse(drive.gate.isPredictive());
    }

    @Test
    void shutsOnHarmThatBeginsWhileItIsOpenAndSaysHowMuch() {
        GateDrive drive = drive(1).error(SKILLED).run(3_000);
        assertEquals(GateReason.PROVEN, drive.reason());
        drive.harm = 1.3;
        long before = drive.steps;
        drive.runUntil(GateReason.REGRET, 20_000);
        GateReport report = drive.changes.get(drive.changes.size() - 1);
        assertEquals(GateReason.REGRET, report.reason());
        assertFalse(drive.gate.isPredictive());
        assertTrue(report.regret() > 2 * report.regretError(), () -> "report " + report);
        System.out.println("Harm of 30 % was noticed after " + (drive.steps - before) + " steps: " + report);
    }

    @Test
    void pausesAfterHarmTwiceAsLongEachTime() {
        GateDrive drive = drive(3).error(SKILLED);
        drive.harm = 3;
        drive.run(20_000);
        List<Long> pauses = new ArrayList<>();
        for (int i = 0; i + 1 < drive.changes.size(); i++) {
            if (drive.changes.get(i).reason() == GateReason.REGRET) {
                assertEquals(GateReason.ON_TRIAL, drive.changes.get(i + 1).reason());
                pauses.add(drive.changedAt.get(i + 1) - drive.changedAt.get(i));
            }
        }
        assertTrue(pauses.size() >= 4, () -> "pauses " + pauses);
        for (int i = 0; i < pauses.size(); i++) {
            assertEquals((long) FIRST_PAUSE_STEPS << i, pauses.get(i));
        }
    }

    @Test
    void pausesHalfAnHourAtMost() {
        GateDrive drive = drive(3).error(SKILLED);
        drive.harm = 3;
        drive.run(300_000);
        long longest = 0;
        for (int i = 0; i + 1 < drive.changes.size(); i++) {
            longest = Math.max(longest, drive.changedAt.get(i + 1) - drive.changedAt.get(i));
        }
        assertEquals(36_000, longest);
    }

    @Test
    void keepsTheControlShareReactive() {
        double share = 0.1;
        GateDrive drive = new GateDrive(11, GateMode.FREE, share).error(SKILLED).run(1_000);
        assertEquals(GateReason.PROVEN, drive.reason());
        drive.harm = 0.5;
        long before = drive.predictiveSteps;
        int slots = 10_000;
        drive.run((long) slots * SLOT);
        double reactive = 1 - (drive.predictiveSteps - before) / ((double) slots * SLOT);
        assertEquals(GateReason.PROVEN, drive.reason());
        assertEquals(share, reactive, 4 * Math.sqrt(share * (1 - share) / slots));
    }

    @Test
    void theDefaultShareIsKeptToo() {
        GateDrive drive = drive(12).error(SKILLED).run(1_000);
        drive.harm = 0.5;
        long before = drive.predictiveSteps;
        drive.run(10_000L * SLOT);
        double reactive = 1 - (drive.predictiveSteps - before) / (10_000.0 * SLOT);
        assertEquals(0.02, reactive, 4 * Math.sqrt(0.02 * 0.98 / 10_000));
    }

    @Test
    void allDecisionsOfASlotBelongToOneArm() {
        GateDrive drive = drive(1).error(SKILLED).run(1);
        BitSet seen = new BitSet();
        for (int i = 0; i < 400; i++) {
            int slot = drive.gate.slot();
            boolean arm = drive.gate.isPredictive();
            seen.set(arm ? 1 : 0);
            drive.run(1);
            assertTrue(drive.gate.slot() != slot || drive.gate.isPredictive() == arm);
        }
        assertEquals(2, seen.cardinality());
    }

    @Test
    void heldShutItNeverActs() {
        GateDrive drive = new GateDrive(1, GateMode.SHUT, 0.02).error(0).run(5_000);
        assertEquals(0, drive.predictiveSteps);
        assertEquals(GateReason.HELD_SHUT, drive.reason());
        assertEquals(List.of(), drive.reasons());
        assertEquals(0, drive.gate.report().pairs());
    }

    @Test
    void aListenerThatThrowsChangesNothing() {
        GateDrive quiet = drive(1).error(SKILLED);
        GateDrive loud = new GateDrive(1, GateMode.FREE, 0.02, (subject, report) -> {
                    throw new IllegalStateException("listener");
                })
                .error(SKILLED);
        quiet.harm = 2;
        loud.harm = 2;
        for (int i = 0; i < 3_000; i++) {
            quiet.run(1);
            loud.run(1);
            assertEquals(quiet.gate.isPredictive(), loud.gate.isPredictive());
            assertEquals(quiet.gate.report(), loud.gate.report());
        }
    }

    @Test
    void theSameSeedGivesTheSameArmsAndAnotherOneOthers() {
        assertEquals(arms(7), arms(7));
        assertNotEquals(arms(7), arms(8));
    }

    private static BitSet arms(long seed) {
        GateDrive drive = drive(seed).error(SKILLED);
        BitSet arms = new BitSet();
        for (int i = 0; i < 2_000; i++) {
            arms.set(i, drive.run(1).gate.isPredictive());
        }
        return arms;
    }

    @Test
    void aCostThatBecomesKnownAfterSixSlotsIsTooLateAndOneBeforeIsNot() {
        assertEquals(1, scoredAfter(5));
        assertEquals(0, scoredAfter(6));
        assertEquals(0, scoredAfter(64), "nor does it pass for one of the slot that has taken its place");
        assertEquals(0, scoredAfter(70));
    }

    private static long scoredAfter(int slots) {
        GateDrive drive = drive(1).error(SKILLED);
        drive.scores = false;
        drive.run(SLOT + 1);
        int first = drive.gate.slot();
        drive.run(SLOT);
        int second = drive.gate.slot();
        drive.gate.score(second, 1);
        drive.run((long) SLOT * (slots - 1));
        drive.gate.score(first, 1);
        drive.run((long) SLOT * (Switchback.SLOTS_TO_SETTLE + 1));
        return drive.gate.report().pairs();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void aCostThatIsNoneIsNotCounted(double cost) {
        GateDrive drive = drive(1).error(SKILLED);
        drive.scores = false;
        for (int i = 0; i < 200; i++) {
            drive.run(1);
            drive.gate.score(drive.gate.slot(), cost);
        }
        GateReport report = drive.gate.report();
        assertEquals(0, report.pairs());
        assertTrue(Double.isNaN(report.regret()));
    }

    @Test
    void aSlotWeighsAsMuchAsAnyOtherHoweverManyDecisionsItHas() {
        GateDrive drive = drive(1).error(SKILLED);
        drive.scores = false;
        drive.run(1);
        for (int i = 0; i < 200 && drive.reason() == GateReason.ON_TRIAL; i++) {
            for (int many = 0; many < 1 + i % 7; many++) {
                drive.gate.score(drive.gate.slot(), drive.gate.isPredictive() ? Math.E : 1);
            }
            drive.run(SLOT);
        }
        assertEquals(GateReason.REGRET, drive.reason());
        assertEquals(1, drive.gate.report().regret(), 1e-9);
        assertEquals(0, drive.gate.report().regretError(), 1e-9);
    }

    @Test
    void theReportIsThereAtAnyTime() {
        SkillGate gate = new SkillGate(GateMode.FREE, 0.02, 1, "path", GateListener.NOOP);
        assertEquals(GateReport.UNKNOWN, gate.report());
        assertSame(gate.report(), gate.report());
        gate.step(1_000, 0.6, 150, true, 0);
        assertEquals(GateReason.ON_TRIAL, gate.report().reason());
        assertEquals(1_000, gate.report().sinceNanos());
        gate.step(2_000, 0.8, 150, true, 0);
        assertEquals(0.8, gate.report().scaledError(), "as of the last step");
        assertEquals(1_000, gate.report().sinceNanos());
    }

    @Test
    void theListenerIsToldOfTheSubject() {
        List<String> subjects = new ArrayList<>();
        SkillGate gate = new SkillGate(GateMode.FREE, 0, 1, "10.0.0.1", (subject, report) -> subjects.add(subject));
        gate.step(0, 1, 100, true, 0);
        assertEquals(List.of("10.0.0.1"), subjects);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.01, 0.51, Double.NaN})
    void theShareIsChecked(double share) {
        assertThrows(
                IllegalArgumentException.class,
                () -> new SkillGate(GateMode.FREE, share, 1, "path", GateListener.NOOP));
    }

    @Test
    void whatIsDecidedWhileTheOtherArmStillShowsBelongsToNeither() {
        GateDrive drive = drive(1).error(SKILLED);
        drive.scores = false;
        drive.settlingSteps = 4;
        drive.run(1);
        int settled = 0;
        int steps = 12 * 1_000;
        for (int i = 0; i < steps; i++) {
            boolean before = drive.gate.isPredictive();
            drive.run(1);
            boolean changed = drive.gate.isPredictive() != before;
            assertTrue(!changed || drive.gate.slot() < 0);
            settled += drive.gate.slot() >= 0 ? 1 : 0;
        }
        // Arms change inside every pair of 24 steps, and between every second.
        assertEquals(1 - 4 * 1.5 / 24, (double) settled / steps, 0.02);
    }
}
