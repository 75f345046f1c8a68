package io.foreshard.stackvirt.spi;

import io.foreshard.runtime.Checks;
import java.util.Locale;

/**
 * How many stacks of a kind are to be there, and why.
 *
 * @param running how many are to run, those that start included
 * @param frozen how many more are to be frozen
 * @param created how many more are to be set up
 * @param reason why
 * @param memory what the policy wants to know at its next plan
 * @param view what the decision rests on
 */
public record ScalingPlan(
        int running, int frozen, int created, ScalingReason reason, ScalingMemory memory, ScalingView view) {

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if a count is below 0
     */
    public ScalingPlan {
        Checks.notNegative("running", running);
        Checks.notNegative("frozen", frozen);
        Checks.notNegative("created", created);
    }

    /**
     * Returns a plan for running stacks alone.
     *
     * @param running how many are wanted; brought within the bounds of the view, which is the reason then if there are fewer
     * @param reason why
     * @param memory what the policy wants to know at its next plan
     * @param view what the decision rests on
     */
    public static ScalingPlan running(int running, ScalingReason reason, ScalingMemory memory, ScalingView view) {
        int bounded = view.bounds().bounded(running);
        return new ScalingPlan(bounded, 0, 0, bounded < running ? ScalingReason.LIMITED : reason, memory, view);
    }

    /** Returns how many are to hold memory: running and frozen. */
    public int resident() {
        return running + frozen;
    }

    /** Returns the decision in words, for people. */
    public String explain() {
        ScalingView.Stock stock = view.stock();
        ScalingView.Load load = view.load();
        int next = Math.max(1, resident() + 1);
        return String.format(
                Locale.ROOT,
                "%s: %s: %d running (%d starting), %d frozen, %d created; to be %d, %d, %d"
                        + " (in flight %d, waiting %d, auxiliary %d, average %.3g and %.3g, idle %s ms; stack %d: p %.3g, messages %.3g,"
                        + " at %.3g messages per MB s)",
                view.kind(),
                reason,
                stock.running(),
                stock.starting(),
                stock.frozen(),
                stock.created(),
                running,
                frozen,
                created,
                load.inFlight(),
                load.waiting(),
                load.auxiliary(),
                load.stableConcurrency(),
                load.panicConcurrency(),
                load.idle(),
                next,
                view.outlook().probability(next),
                view.outlook().exposed(next),
                view.price());
    }
}
