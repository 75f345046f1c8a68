package io.foreshard.examples.stacks;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What came of the replay under one policy.
 *
 * @param policy who decided
 * @param samples one for each second
 * @param sent messages
 * @param answered rightly
 * @param unanswered in time, or refused
 * @param wrong answers that do not fit their message
 * @param starts how many stacks were set up
 * @param waits how long answers took, by the clock of the replay
 * @param exposedOn how many messages had to wait for a stack, by what the day was like
 * @param explanations the last plan for each protocol, in words
 */
record Outcome(
        Policy policy,
        List<Sample> samples,
        long sent,
        long answered,
        long unanswered,
        long wrong,
        long starts,
        Waits waits,
        Map<Timetable.Day, Long> exposedOn,
        List<String> explanations) {

    Outcome {
        samples = List.copyOf(samples);
        exposedOn = new EnumMap<>(exposedOn);
        explanations = List.copyOf(explanations);
    }

    /** Returns how many messages had to wait for a stack. */
    long exposed() {
        return exposedOn.values().stream().mapToLong(Long::longValue).sum();
    }

    long exposedOn(Timetable.Day day) {
        return exposedOn.getOrDefault(day, 0L);
    }

    double megabyteSeconds() {
        return samples.isEmpty() ? 0 : samples.get(samples.size() - 1).megabyteSeconds();
    }

    /** Returns whether each message had one result and no answer was wrong. */
    boolean isRight() {
        return wrong == 0 && sent == answered + unanswered;
    }
}
