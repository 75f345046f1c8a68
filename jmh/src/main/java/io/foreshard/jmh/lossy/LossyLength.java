package io.foreshard.jmh.lossy;

import java.util.List;

/**
 * How long the comparison takes.
 *
 * @param paths worst first
 * @param rounds how often every contestant runs on every path
 * @param warmUps messages on a path without impairments before each run
 * @param counted messages of a run that count
 * @param limitSeconds when a run ends at the latest, after the last message was meant to start
 */
record LossyLength(List<Condition> paths, int rounds, int warmUps, int counted, int limitSeconds) {

    static final LossyLength FULL = new LossyLength(
            List.of(
                    new Condition(250, 10),
                    new Condition(250, 5),
                    new Condition(250, 1),
                    new Condition(50, 10),
                    new Condition(50, 5),
                    new Condition(50, 1)),
            5,
            150,
            250,
            20);

    static final LossyLength QUICK =
            new LossyLength(List.of(new Condition(250, 10), new Condition(50, 1)), 1, 100, 150, 2);
}
