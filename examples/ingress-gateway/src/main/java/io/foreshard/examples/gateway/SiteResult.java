package io.foreshard.examples.gateway;

import java.util.List;
import java.util.function.Predicate;

/**
 * How one server and its clients did in one run.
 *
 * @param name of the server
 * @param slows whether it was made slow on schedule
 * @param looks what was seen over time
 * @param answers what became of the small requests, in the order in which they were due
 * @param uploads how uploads went
 * @param traffic what the gateway passed
 * @param dropped packets for which the path's buffer had no room
 * @param served requests that the server says it answered
 */
record SiteResult(
        String name,
        boolean slows,
        List<Look> looks,
        List<Answer> answers,
        Uploads.Summary uploads,
        Traffic traffic,
        long dropped,
        long served) {

    /** Below so many samples a 99th percentile says little. */
    private static final int ENOUGH_FOR_P99 = 1_000;

    long whole() {
        return answers.stream().filter(Answer::isWhole).count();
    }

    long damaged() {
        return answers.stream()
                .filter(answer -> answer.outcome() == Answer.Outcome.DAMAGED)
                .count();
    }

    long late() {
        return answers.stream().filter(answer -> !answer.isInTime()).count();
    }

    /** Returns a percentile of the time that small requests took, in seconds; what was given up counts with the time until then. */
    double percentile(int percent) {
        return percentile(percent, answer -> true);
    }

    double percentile(int percent, Predicate<Answer> which) {
        double[] sorted = answers.stream()
                .filter(which)
                .mapToDouble(Answer::seconds)
                .sorted()
                .toArray();
        return sorted.length == 0 ? Double.NaN : sorted[(sorted.length * percent + 99) / 100 - 1];
    }

    /** Returns the highest percentile that has enough samples. */
    int tail() {
        return answers.size() >= ENOUGH_FOR_P99 ? 99 : 90;
    }

    /**
     * Returns whether what clients, gateway and server counted agrees: the server answered what clients got, and at most those more that
     * were under way when clients left.
     */
    boolean addsUp() {
        long got = whole() + damaged() + uploads.completed() + uploads.failed();
        long left = Scenario.UPLOADERS + answers.size() - whole();
        long bytes = traffic.takenBytes() - traffic.sentBytes() - traffic.lostBytes();
        return served >= whole() + uploads.completed() && served <= got + left && bytes == 0;
    }

    /** Returns whether all answers that came were as the server had them, and some came. */
    boolean isSound() {
        return damaged() == 0 && whole() > 0 && uploads.completed() > 0;
    }
}
