package io.foreshard.stackvirt.traffic;

import java.util.List;

/**
 * What is expected of the messages of a key. Lists are ordered by level (0.1, 0.5, 0.9, 0.99) and empty, numbers NaN, as long as nothing is known.
 *
 * <p>A burst begins in a second with at least 3 times as many messages as usual, and more than chance brings (the usual number u, 4 times its root and 3 more), after 10 seconds of which none
 * was so. Usual is the average of ten minutes. A pause is at least one whole second without a message.
 *
 * @param messages expected in the coming second
 * @param next quantiles of the messages in the coming second
 * @param later the same of the tenth second from now
 * @param foretold whether these come from the forecaster of the application, as it was better of late
 * @param burstProbability that a burst begins within ten seconds
 * @param burstSaid the mean of such probabilities of late
 * @param burstCame the share of the same cases in which one began
 * @param pauseSeconds quantiles of how long the pause lasts in all, given how long it has lasted so far; of the next one if there is none now. Values are NaN if none was ever so long
 * @param tasks what is expected of its auxiliary tasks; those that were never counted are left out
 */
public record KeyOutlook(
        double messages,
        List<ExpectedQuantile> next,
        List<ExpectedQuantile> later,
        boolean foretold,
        double burstProbability,
        double burstSaid,
        double burstCame,
        List<ExpectedQuantile> pauseSeconds,
        List<TaskOutlook> tasks) {

    /** Copies the lists. */
    public KeyOutlook {
        next = List.copyOf(next);
        later = List.copyOf(later);
        pauseSeconds = List.copyOf(pauseSeconds);
        tasks = List.copyOf(tasks);
    }

    /** Returns the outlook of a key that is not forecast, or not yet. */
    static KeyOutlook unknown() {
        return new KeyOutlook(
                Double.NaN, List.of(), List.of(), false, Double.NaN, Double.NaN, Double.NaN, List.of(), List.of());
    }
}
