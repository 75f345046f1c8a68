package io.foreshard.runtime;

import io.foreshard.coreapi.GateListener;
import io.foreshard.coreapi.GateMode;
import io.foreshard.coreapi.GateReason;
import io.foreshard.coreapi.GateReport;
import java.util.SplittableRandom;

/**
 * Lets forecasts decide only while they prove that it pays; until then, and whenever they fail, decisions stay reactive.
 *
 * <p>Time is cut into slots of some steps. All decisions of a slot belong to one arm, predictive or reactive, drawn at its start from a
 * seed (a switchback experiment: decisions about one path influence each other, so they are not drawn one by one). What a decision
 * cost is scored under the slot in which it was made, whenever that becomes known.
 *
 * <ul>
 *   <li>Shut until the scaled error of enough forecasts is at most {@value #OPENING_ERROR}, and again when it exceeds
 *       {@value #CLOSING_ERROR}.
 *   <li>Then on trial: half of the slots are predictive, until both arms have {@value #TRIAL_SLOTS} scored slots that tell them apart.
 *   <li>Open unless the predictive arm is worse by more than two standard errors of the difference of mean log costs. A share of the
 *       slots stays reactive as a control group.
 *   <li>Shut when it is worse by three; the next trial waits, each time twice as long.
 * </ul>
 *
 * <p>Only slots in which prediction would decide otherwise are compared, as the others say nothing. Old slots fade. Not safe for use by
 * several threads, except for {@link #report()}. Time is counted in steps; nothing is allocated but a report per step.
 */
public final class SkillGate {

    /** Default share of decisions that stay reactive while the gate is open. */
    public static final double DEFAULT_CONTROL_SHARE = 0.02;

    static final double OPENING_ERROR = 0.7;
    static final double CLOSING_ERROR = 0.9;
    static final int TRIAL_SLOTS = 10;

    private static final double TRIAL_SHARE = 0.5;
    private static final int LEAST_SCORED = 100;
    private static final int SLOT_STEPS = 5;
    private static final int SLOTS = 64;
    private static final int SLOTS_TO_SETTLE = 12;
    private static final int FIRST_PAUSE_STEPS = 300;
    private static final int MAX_PAUSE_STEPS = 36_000;
    private static final double TRIAL_ERRORS = 2;
    /** More than in the trial, as it is asked again and again. */
    private static final double HARM_ERRORS = 3;

    private final GateMode mode;
    private final double controlShare;
    private final SplittableRandom random;
    private final GateListener listener;
    private final String subject;
    private final ArmScore predictive = new ArmScore();
    private final ArmScore reactive = new ArmScore();
    private final boolean[] slotPredictive = new boolean[SLOTS];
    private final boolean[] slotTells = new boolean[SLOTS];
    private final double[] slotCost = new double[SLOTS];
    private final int[] slotCount = new int[SLOTS];
    private volatile GateReport report;
    private GateReason reason;
    private long sinceNanos;
    private double scaledError = Double.NaN;
    private long steps;
    private int slot;
    /** Slots before it were not drawn, or under another forecast. */
    private int firstCompared;

    private boolean acts;
    private long pausedUntil;
    private int pauseSteps = FIRST_PAUSE_STEPS;

    /**
     * Makes a gate that is shut.
     *
     * @param mode whether it may open
     * @param controlShare share of slots that stay reactive while it is open, 0…0.5
     * @param seed decides which
     * @param subject what is decided on, for the listener
     * @param listener is told of changes
     * @throws IllegalArgumentException if the share is out of range
     */
    public SkillGate(GateMode mode, double controlShare, long seed, String subject, GateListener listener) {
        this.mode = mode;
        this.controlShare = Checks.inRange("controlShare", controlShare, 0, 0.5);
        this.random = new SplittableRandom(seed);
        this.subject = subject;
        this.listener = listener;
        this.reason = mode == GateMode.SHUT ? GateReason.HELD_SHUT : GateReason.LEARNING;
        publish();
    }

    /**
     * Takes a step of time: draws an arm at slot borders, and opens or shuts by what was scored.
     *
     * @param nowNanos the clock, for the report
     * @param error scaled error of the forecasts, {@link Double#NaN} when not known
     * @param scored how many forecasts it rests on
     * @param tells whether prediction would decide otherwise now
     */
    public void step(long nowNanos, double error, long scored, boolean tells) {
        scaledError = error;
        if (mode == GateMode.SHUT) {
            return;
        }
        if (steps++ % SLOT_STEPS == 0) {
            nextSlot();
        }
        slotTells[slot % SLOTS] |= tells;
        judge(nowNanos, scored);
        publish();
    }

    private void nextSlot() {
        slot++;
        int fresh = slot % SLOTS;
        settle(slot - SLOTS_TO_SETTLE);
        double share = reason == GateReason.PROVEN ? 1 - controlShare : reason == GateReason.ON_TRIAL ? TRIAL_SHARE : 0;
        acts = share > 0 && random.nextDouble() < share;
        slotPredictive[fresh] = acts;
        slotTells[fresh] = false;
        slotCost[fresh] = 0;
        slotCount[fresh] = 0;
    }

    private void settle(int settled) {
        int index = Math.floorMod(settled, SLOTS);
        if (slotCount[index] > 0 && slotTells[index] && settled >= firstCompared) {
            ArmScore arm = slotPredictive[index] ? predictive : reactive;
            arm.add(slotCost[index] / slotCount[index]);
        }
        slotCount[index] = 0;
    }

    private void judge(long nowNanos, long scored) {
        boolean known = scored >= LEAST_SCORED && !Double.isNaN(scaledError);
        switch (reason) {
            case LEARNING, NO_SKILL, REGRET -> considerTrial(nowNanos, known);
            case ON_TRIAL -> judgeTrial(nowNanos);
            case PROVEN -> judgeOpen(nowNanos);
            case HELD_SHUT -> {}
        }
    }

    private void considerTrial(long nowNanos, boolean known) {
        if (steps < pausedUntil) {
            return;
        }
        if (known && scaledError <= OPENING_ERROR) {
            predictive.clear();
            reactive.clear();
            firstCompared = slot + 1;
            become(GateReason.ON_TRIAL, nowNanos);
        } else if (known && reason == GateReason.LEARNING) {
            become(GateReason.NO_SKILL, nowNanos);
        }
    }

    private void judgeTrial(long nowNanos) {
        if (!(scaledError <= CLOSING_ERROR)) {
            become(GateReason.NO_SKILL, nowNanos);
        } else if (predictive.count() >= TRIAL_SLOTS && reactive.count() >= TRIAL_SLOTS) {
            if (regret() > TRIAL_ERRORS * regretError()) {
                shutForRegret(nowNanos);
            } else {
                become(GateReason.PROVEN, nowNanos);
            }
        }
    }

    private void judgeOpen(long nowNanos) {
        if (!(scaledError <= CLOSING_ERROR)) {
            become(GateReason.NO_SKILL, nowNanos);
        } else if (regret() > HARM_ERRORS * regretError()) {
            shutForRegret(nowNanos);
        }
    }

    private void shutForRegret(long nowNanos) {
        pausedUntil = steps + pauseSteps;
        pauseSteps = Math.min(2 * pauseSteps, MAX_PAUSE_STEPS);
        become(GateReason.REGRET, nowNanos);
    }

    private void become(GateReason next, long nowNanos) {
        reason = next;
        sinceNanos = nowNanos;
        if (next != GateReason.PROVEN && next != GateReason.ON_TRIAL) {
            acts = false;
        }
        publish();
        GateEvent.emit(subject, report);
        tell();
    }

    private void tell() {
        try {
            listener.onGate(subject, report);
        } catch (RuntimeException fault) {
            // A gate that worked before its listener failed works on; who listens has been told in the listener's
            // Javadoc.
            return;
        }
    }

    private void publish() {
        report = new GateReport(
                reason, sinceNanos, scaledError, regret(), regretError(), predictive.count(), reactive.count());
    }

    /** Returns what is decided on; any thread. */
    public String subject() {
        return subject;
    }

    /** Returns whether forecasts decide now. */
    public boolean isPredictive() {
        return acts;
    }

    /** Returns the slot in which what is decided now will be scored. */
    public int slot() {
        return slot;
    }

    /**
     * Takes what a decision cost. Those that become known after some slots are too late and not counted.
     *
     * @param decidedIn the {@link #slot()} in which it was made
     * @param cost above 0 and finite, in any unit that is the same for both arms, such as a completion time
     */
    public void score(int decidedIn, double cost) {
        if (mode == GateMode.SHUT
                || slot - decidedIn >= SLOTS_TO_SETTLE
                || !(cost > 0 && cost < Double.POSITIVE_INFINITY)) {
            return;
        }
        slotCost[decidedIn % SLOTS] += Math.log(cost);
        slotCount[decidedIn % SLOTS]++;
    }

    private double regret() {
        return predictive.mean() - reactive.mean();
    }

    private double regretError() {
        return Math.sqrt(predictive.meanVariance() + reactive.meanVariance());
    }

    /** Returns the state and the numbers that it rests on, as of the last step; any thread. */
    public GateReport report() {
        return report;
    }
}
