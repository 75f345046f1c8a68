package io.foreshard.runtime;

import io.foreshard.coreapi.GateListener;
import io.foreshard.coreapi.GateMode;
import io.foreshard.coreapi.GateReason;
import io.foreshard.coreapi.GateReport;
import java.util.List;

/**
 * Lets forecasts decide only while they prove that it pays; until then, and whenever they fail, decisions stay reactive.
 *
 * <p>Both are compared in pairs of neighbouring slots of time, one predictive and one reactive ({@link Switchback}): decisions about one
 * path influence each other, so they are not drawn one by one.
 *
 * <ul>
 *   <li>Shut until the scaled error of enough forecasts is at most {@value #OPENING_ERROR}, and again when it exceeds
 *       {@value #CLOSING_ERROR}.
 *   <li>Then on trial: pairs only. Five that tell the arms apart open it where prediction pays clearly, ten where it has not cost more; while
 *       it has, but not surely, twice as many, and twice as many again.
 *   <li>Open unless predictive slots have cost more by some standard errors of the mean difference of log costs. Now and then a pair goes
 *       on, so that a share of the slots stays reactive as a control group.
 *   <li>On trial again when predictive slots cost notably more than they did: harm, or just another time of day.
 *   <li>Shut when pairs show harm; the next trial waits, each time twice as long.
 * </ul>
 *
 * <p>Not safe for use by several threads, except for {@link #report()}. Time is counted in steps; nothing is allocated but a report
 * per step.
 */
public final class SkillGate {

    /** Default share of decisions that stay reactive while the gate is open. */
    public static final double DEFAULT_CONTROL_SHARE = 0.02;

    static final double OPENING_ERROR = 0.7;
    static final double CLOSING_ERROR = 0.9;

    /** Who has to show that it is better, where pairs cannot tell for long. */
    public enum BurdenOfProof {
        /** The gate opens where prediction has not cost more, and waits while it seems to. */
        PREDICTIVE,
        /** The gate opens unless prediction seems to cost more by more than chance would explain. */
        REACTIVE
    }

    private static final List<Look> WARY_LOOKS =
            List.of(new Look(5, -2, 4), new Look(10, 0, 3), new Look(20, 0, 2.5), new Look(40, 2, 2));
    private static final List<Look> TRUSTING_LOOKS =
            List.of(new Look(5, -1, 4), new Look(10, 1, 3), new Look(20, 1.5, 2.5), new Look(40, 2, 2));

    private static final int LEAST_SCORED = 100;
    private static final int FIRST_PAUSE_STEPS = 300;
    private static final int MAX_PAUSE_STEPS = 36_000;
    /** Asked again and again. */
    private static final double HARM_ERRORS = 3;

    private final GateMode mode;
    private final List<Look> trialLooks;
    private final double pairShare;
    private final GateListener listener;
    private final String subject;
    private final Switchback slots;
    private volatile GateReport report;
    private GateReason reason;
    private long sinceNanos;
    private double scaledError = Double.NaN;
    private long steps;
    private int looks;
    private long pausedUntil;
    private int pauseSteps = FIRST_PAUSE_STEPS;
    private long unsuspectedUntil;
    private int patienceSteps = FIRST_PAUSE_STEPS;

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
        this(mode, controlShare, seed, subject, listener, BurdenOfProof.PREDICTIVE);
    }

    /**
     * Makes a gate that is shut.
     *
     * @param mode whether it may open
     * @param controlShare share of slots that stay reactive while it is open, 0…0.5
     * @param seed decides which
     * @param subject what is decided on, for the listener
     * @param listener is told of changes
     * @param burden who has to show that it is better
     * @throws IllegalArgumentException if the share is out of range
     */
    public SkillGate(
            GateMode mode,
            double controlShare,
            long seed,
            String subject,
            GateListener listener,
            BurdenOfProof burden) {
        this.mode = mode;
        this.trialLooks = burden == BurdenOfProof.PREDICTIVE ? WARY_LOOKS : TRUSTING_LOOKS;
        double share = Checks.inRange("controlShare", controlShare, 0, 0.5);
        this.pairShare = share / (1 - share);
        this.slots = new Switchback(seed);
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
     * @param settlingSteps for how many steps a decision shows, not negative
     */
    public void step(long nowNanos, double error, long scored, boolean tells, int settlingSteps) {
        scaledError = error;
        if (mode == GateMode.SHUT) {
            return;
        }
        steps++;
        slots.step(settlingSteps, reason == GateReason.ON_TRIAL ? 1 : reason.isOpen() ? pairShare : 0, reason.isOpen());
        if (tells) {
            slots.tells();
        }
        judge(nowNanos, scored);
        publish();
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
            beginTrial(nowNanos);
        } else if (known && reason == GateReason.LEARNING) {
            become(GateReason.NO_SKILL, nowNanos);
        }
    }

    private void beginTrial(long nowNanos) {
        slots.restart();
        looks = 0;
        become(GateReason.ON_TRIAL, nowNanos);
    }

    private void judgeTrial(long nowNanos) {
        PairScore pairs = slots.pairs();
        Look look = trialLooks.get(looks);
        if (!(scaledError <= CLOSING_ERROR)) {
            shut(GateReason.NO_SKILL, nowNanos);
        } else if (pairs.count() >= look.pairs) {
            double errors = pairs.mean() / Math.max(pairs.error(), Double.MIN_NORMAL);
            if (errors > look.shutsAbove) {
                shutForRegret(nowNanos);
            } else if (errors <= look.opensUpTo) {
                open(nowNanos);
            } else {
                looks++;
            }
        }
    }

    /**
     * When a trial is judged, and by what: the mean difference of pairs in standard errors.
     *
     * <p>Who looks early, and again, asks for more: over all looks one trial of arms that cost the same in thirty shuts.
     */
    private record Look(int pairs, double opensUpTo, double shutsAbove) {}

    private void open(long nowNanos) {
        unsuspectedUntil = steps + patienceSteps;
        become(GateReason.PROVEN, nowNanos);
    }

    private void judgeOpen(long nowNanos) {
        PairScore pairs = slots.pairs();
        if (!(scaledError <= CLOSING_ERROR)) {
            shut(GateReason.NO_SKILL, nowNanos);
        } else if (pairs.mean() > HARM_ERRORS * pairs.error()) {
            shutForRegret(nowNanos);
        } else if (steps >= unsuspectedUntil && slots.level().hasRisen()) {
            patienceSteps = twice(patienceSteps);
            beginTrial(nowNanos);
        }
    }

    private void shutForRegret(long nowNanos) {
        pausedUntil = steps + pauseSteps;
        pauseSteps = twice(pauseSteps);
        shut(GateReason.REGRET, nowNanos);
    }

    private static int twice(int waitedSteps) {
        return Math.min(2 * waitedSteps, MAX_PAUSE_STEPS);
    }

    private void shut(GateReason why, long nowNanos) {
        slots.stop();
        become(why, nowNanos);
    }

    private void become(GateReason next, long nowNanos) {
        reason = next;
        sinceNanos = nowNanos;
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
                reason,
                sinceNanos,
                scaledError,
                slots.pairs().mean(),
                slots.pairs().error(),
                slots.pairs().count());
    }

    /** Returns what is decided on; any thread. */
    public String subject() {
        return subject;
    }

    /** Returns whether forecasts decide now. */
    public boolean isPredictive() {
        return slots.acts();
    }

    /** Returns the slot in which what is decided now will be scored. */
    public int slot() {
        return slots.slot();
    }

    /**
     * Takes what a decision cost. Those that become known after some slots are too late and not counted.
     *
     * @param decidedIn the {@link #slot()} in which it was made
     * @param cost above 0 and finite, in any unit that is the same for both arms, such as a completion time
     */
    public void score(int decidedIn, double cost) {
        if (mode != GateMode.SHUT && cost > 0 && cost < Double.POSITIVE_INFINITY) {
            slots.score(decidedIn, Math.log(cost));
        }
    }

    /** Returns the state and the numbers that it rests on, as of the last step; any thread. */
    public GateReport report() {
        return report;
    }
}
