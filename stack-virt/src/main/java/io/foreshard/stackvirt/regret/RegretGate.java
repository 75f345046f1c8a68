package io.foreshard.stackvirt.regret;

import io.foreshard.coreapi.GateListener;
import io.foreshard.coreapi.GateMode;
import io.foreshard.coreapi.GateReason;
import io.foreshard.coreapi.GateReport;

/**
 * Lets prediction decide only while it costs less than the reactive policy. Both are reckoned all the time on the very same messages, as these do not depend on who
 * decides, so that no control group is needed. What a cost counts halves within an hour. It opens on a gain that chance alone would hardly bring. One thread at a
 * time.
 */
public final class RegretGate {

    private static final double KEPT_PER_SECOND = Math.pow(0.5, 1 / 3600.0);
    private static final double LEAST_COST = 20;
    private static final double OPENS_BELOW = 0.97;
    private static final double SHUTS_ABOVE = 1.0;

    /** How many times what chance alone would bring the gain must be: with traffic that nobody can foresee, one of forty gains is twice that. */
    private static final double SURENESS = 2;

    private final GateMode mode;
    private final String subject;
    private final GateListener listener;
    private double predictive;
    private double reactive;
    private double squares;
    private long seconds;
    private GateReport report;

    /**
     * Makes a gate that is shut.
     *
     * @param mode whether it may open
     * @param subject what is decided on, for the listener
     * @param listener is told of changes
     */
    public RegretGate(GateMode mode, String subject, GateListener listener) {
        this.mode = mode;
        this.subject = subject;
        this.listener = listener;
        report = reported(mode == GateMode.SHUT ? GateReason.HELD_SHUT : GateReason.LEARNING, 0);
    }

    /**
     * Takes what a second cost, and opens or shuts.
     *
     * @param nowMillis the time
     * @param ofPrediction what prediction alone would have cost
     * @param ofReaction what the reactive policy alone would have cost, in the same unit: messages that wait
     */
    public void second(long nowMillis, double ofPrediction, double ofReaction) {
        predictive = predictive * KEPT_PER_SECOND + ofPrediction;
        reactive = reactive * KEPT_PER_SECOND + ofReaction;
        double gain = ofReaction - ofPrediction;
        squares = squares * KEPT_PER_SECOND * KEPT_PER_SECOND + gain * gain;
        seconds++;
        if (mode == GateMode.SHUT) {
            return;
        }
        if (report.reason().isOpen()) {
            if (predictive > SHUTS_ABOVE * reactive) {
                become(GateReason.REGRET, nowMillis);
            }
        } else if (reactive >= LEAST_COST) {
            if (predictive < OPENS_BELOW * reactive && reactive - predictive > SURENESS * Math.sqrt(squares)) {
                become(GateReason.PROVEN, nowMillis);
            } else if (report.reason() == GateReason.LEARNING) {
                become(GateReason.REGRET, nowMillis);
            }
        }
    }

    private void become(GateReason reason, long nowMillis) {
        report = reported(reason, nowMillis * 1_000_000);
        try {
            listener.onGate(subject, report);
        } catch (RuntimeException fault) {
            // Who listens was told in the listener's Javadoc that it changes nothing.
            return;
        }
    }

    private GateReport reported(GateReason reason, long sinceNanos) {
        double regret = reactive > 0 && predictive > 0 ? Math.log(predictive / reactive) : Double.NaN;
        return new GateReport(reason, sinceNanos, Double.NaN, regret, Double.NaN, seconds);
    }

    /** Returns whether prediction decides. */
    public boolean isOpen() {
        return report.reason().isOpen();
    }

    /** Returns the state and the numbers that it rests on, as of its last change. */
    public GateReport report() {
        return report;
    }
}
