package io.foreshard.examples.stacks;

import io.foreshard.examples.report.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** Who won and why, from the numbers. Stateless. */
final class Verdict {

    /** Memory-time that differs by less is called the same. */
    private static final double SAME_MEMORY = 0.05;

    private Verdict() {}

    static String of(List<Outcome> outcomes) {
        List<Outcome> ranking = outcomes.stream()
                .sorted(Comparator.comparingLong(Outcome::exposed).thenComparingDouble(Outcome::megabyteSeconds))
                .toList();
        Outcome winner = ranking.get(0);
        if (ranking.get(ranking.size() - 1).exposed() == 0) {
            return "Nobody won: no message had to wait for a stack under any policy, so the one with the least memory-time, "
                    + least(outcomes).policy().words() + ", is the best.";
        }
        boolean isDearer =
                winner.megabyteSeconds() > (1 + SAME_MEMORY) * least(outcomes).megabyteSeconds();
        String how = isDearer ? " let fewest wait, but took more memory: " : " won: ";
        return name(winner) + how + against(winner, ranking, " messages had to wait for a stack", Outcome::exposed)
                + ", at " + memory(winner, ranking) + ". " + why(winner, ranking);
    }

    private static Outcome least(List<Outcome> outcomes) {
        return outcomes.stream()
                .min(Comparator.comparingDouble(Outcome::megabyteSeconds))
                .orElseThrow();
    }

    private static String name(Outcome outcome) {
        String words = outcome.policy().words();
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    /** Such as: 3 messages (reactive: 40, fixed keep-alive: 30). */
    private static String against(Outcome winner, List<Outcome> ranking, String what, ToLongFunction<Outcome> value) {
        return value.applyAsLong(winner) + what + " ("
                + others(winner, ranking).stream()
                        .map(each -> each.policy().words() + ": " + value.applyAsLong(each))
                        .collect(Collectors.joining(", "))
                + ")";
    }

    private static List<Outcome> others(Outcome winner, List<Outcome> ranking) {
        return ranking.stream().filter(each -> each.policy() != winner.policy()).toList();
    }

    private static String memory(Outcome winner, List<Outcome> ranking) {
        return others(winner, ranking).stream()
                .map(each -> ratio(winner.megabyteSeconds() / each.megabyteSeconds()) + " that of "
                        + each.policy().words())
                .collect(Collectors.joining(" and ", "a memory-time of ", ""));
    }

    private static String ratio(double ratio) {
        return Math.abs(ratio - 1) < SAME_MEMORY ? "about" : Table.number(ratio, 2) + " times";
    }

    private static String why(Outcome winner, List<Outcome> ranking) {
        List<String> parts = new ArrayList<>();
        boolean hasSurprises = false;
        for (Timetable.Day day : Timetable.Day.values()) {
            if (ranking.stream().anyMatch(each -> each.exposedOn().containsKey(day))) {
                parts.add(day.words() + " " + against(winner, ranking, "", each -> each.exposedOn(day)));
                hasSurprises |= day != Timetable.Day.USUAL;
            }
        }
        Outcome predictive = ranking.stream()
                .filter(each -> each.policy() == Policy.PREDICTIVE)
                .findFirst()
                .orElse(winner);
        Outcome best = others(predictive, ranking).get(0);
        long onUsual = best.exposedOn(Timetable.Day.USUAL) - predictive.exposedOn(Timetable.Day.USUAL);
        long onSurprises = best.exposed() - predictive.exposed() - onUsual;
        String where = parts.size() > 1 ? "Of these, " + String.join("; ", parts) + ". " : "";
        return where + usual(onUsual) + (hasSurprises ? "; " + surprises(onSurprises) : "") + ".";
    }

    /** By how many messages prediction was better than the better of the others, where days repeat. */
    private static String usual(long better) {
        return better > 0
                ? "Foresight helped where days repeat, as their hours can be learned"
                : "Foresight did not help even where days repeat";
    }

    /** The same where nothing repeats. */
    private static String surprises(long better) {
        if (better == 0) {
            return "in what nobody can foresee it made no difference";
        }
        return better > 0
                ? "in what nobody can foresee the stacks that it had for other reasons were of use"
                : "in what nobody can foresee the better of the others did better";
    }
}
