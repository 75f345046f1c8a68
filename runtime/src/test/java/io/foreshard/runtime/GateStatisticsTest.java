package io.foreshard.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.coreapi.GateListener;
import io.foreshard.coreapi.GateMode;
import io.foreshard.coreapi.GateReason;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How often a gate errs, over many seeds. */
class GateStatisticsTest {

    private static final double SKILLED = 0.5;

    private static GateDrive drive(long seed) {
        return new GateDrive(seed, GateMode.FREE, 0.02);
    }

    @Test
    void aLevelThatDriftsIsNoHarm() {
        int seeds = 40;
        int shut = 0;
        for (int seed = 0; seed < seeds; seed++) {
            GateDrive drive = drive(seed).error(SKILLED).run(600);
            for (int i = 0; i < 36_000; i++) {
                drive.level *= Math.pow(2, 1 / 6_000.0);
                drive.run(1);
            }
            shut += drive.reasons().contains(GateReason.REGRET) ? 1 : 0;
        }
        System.out.println("Of " + seeds + " gates " + shut + " shut while the level doubled six times");
        assertTrue(shut <= 0.25 * seeds, "shut: " + shut);
    }

    @Test
    void aLevelThatJumpsIsAskedAboutAndIsNoHarm() {
        GateDrive drive = drive(2).error(SKILLED).run(3_000);
        assertEquals(List.of(GateReason.ON_TRIAL, GateReason.PROVEN), drive.reasons());
        drive.level = 4;
        drive.run(3_000);
        assertEquals(
                List.of(GateReason.ON_TRIAL, GateReason.PROVEN, GateReason.ON_TRIAL, GateReason.PROVEN),
                drive.reasons());
    }

    /**
     * Both arms cost the same, heavy-tailed. A trial asks up to three times; the open gate asks at every slot.
     */
    @Test
    void seldomShutsWhereBothArmsCostTheSame() {
        int seeds = 100;
        int inTrial = 0;
        int later = 0;
        for (int seed = 0; seed < seeds; seed++) {
            GateDrive drive = drive(seed).error(SKILLED).run(12_000);
            List<GateReason> reasons = drive.reasons();
            inTrial += reasons.get(1) == GateReason.REGRET ? 1 : 0;
            later += reasons.get(1) == GateReason.PROVEN && reasons.contains(GateReason.REGRET) ? 1 : 0;
        }
        System.out.println("Of " + seeds + " gates " + inTrial + " shut after the trial and " + later + " later");
        assertTrue(inTrial <= 0.06 * seeds, "shut after the trial: " + inTrial);
        assertTrue(later <= 0.09 * seeds, "shut later: " + later);
    }

    @ParameterizedTest
    @CsvSource({"1.3, 6000", "2, 800"})
    void noticesHarmWithin(double harm, int steps) {
        int seeds = 40;
        int noticed = 0;
        for (int seed = 0; seed < seeds; seed++) {
            GateDrive drive = drive(seed).error(SKILLED).run(2_000);
            drive.harm = harm;
            drive.runUntil(GateReason.REGRET, steps);
            noticed += drive.reason() == GateReason.REGRET || drive.reasons().contains(GateReason.REGRET) ? 1 : 0;
        }
        System.out.println("Harm of " + harm + " noticed within " + steps + " steps by " + noticed);
        assertTrue(noticed >= 0.8 * seeds, "noticed by " + noticed);
    }

    /** Steps until the gate first opens, over many seeds of arms that cost the same. */
    private static long stepsToOpen(SkillGate.BurdenOfProof burden) {
        long sum = 0;
        for (int seed = 0; seed < 60; seed++) {
            GateDrive drive = new GateDrive(seed, GateMode.FREE, 0.02, GateListener.NOOP, burden).error(SKILLED);
            drive.runUntil(GateReason.PROVEN, 12_000);
            sum += drive.steps;
        }
        return sum;
    }

    @Test
    void opensSoonerWhereTheReactiveArmHasToShowThatItIsBetter() {
        long reactive = stepsToOpen(SkillGate.BurdenOfProof.REACTIVE);
        long predictive = stepsToOpen(SkillGate.BurdenOfProof.PREDICTIVE);
        assertTrue(reactive < 0.75 * predictive, () -> reactive + " steps against " + predictive);
    }

    @Test
    void shutsOnHarmWhoeverHasToShowIt() {
        int shut = 0;
        for (int seed = 0; seed < 40; seed++) {
            GateDrive drive = new GateDrive(
                            seed, GateMode.FREE, 0.02, GateListener.NOOP, SkillGate.BurdenOfProof.REACTIVE)
                    .error(SKILLED);
            drive.harm = 2;
            drive.runUntil(GateReason.REGRET, 3_000);
            shut += drive.reason() == GateReason.REGRET ? 1 : 0;
        }
        assertTrue(shut >= 38, "shut: " + shut);
    }
}
