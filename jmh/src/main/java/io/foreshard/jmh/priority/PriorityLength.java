package io.foreshard.jmh.priority;

import java.util.List;

/**
 * How long the comparison takes.
 *
 * @param backlogs bulk that is always waiting, bytes
 * @param rounds how often each variant runs under each condition
 * @param counted urgent messages of a run that count
 */
record PriorityLength(List<Integer> backlogs, int rounds, int counted) {

    /** A tenth of a second at the bottleneck, and what a session takes before it says that it is not writable. */
    static final PriorityLength FULL = new PriorityLength(List.of(1 << 20, 8 << 20), 5, 600);

    static final PriorityLength QUICK = new PriorityLength(List.of(1 << 20), 2, 500);
}
