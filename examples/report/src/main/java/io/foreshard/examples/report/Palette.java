package io.foreshard.examples.report;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Gives each name its colour: the same all over a report, and unlike the others of the same plot while colours last. */
final class Palette {

    static final int COLOURS = 8;

    private final Map<String, Integer> colours = new HashMap<>();

    /** The colours of the names of one plot, each 0 to {@value #COLOURS} - 1. */
    Map<String, Integer> assign(Iterable<String> names) {
        Map<String, Integer> assigned = new HashMap<>();
        Set<Integer> taken = new HashSet<>();
        for (String name : names) {
            int wanted = colours.computeIfAbsent(name, unknown -> colours.size() % COLOURS);
            int colour = free(wanted, taken);
            taken.add(colour);
            assigned.put(name, colour);
        }
        return assigned;
    }

    private static int free(int wanted, Set<Integer> taken) {
        int colour = wanted;
        for (int tries = 0; tries < COLOURS && taken.contains(colour); tries++) {
            colour = (colour + 1) % COLOURS;
        }
        return colour;
    }
}
