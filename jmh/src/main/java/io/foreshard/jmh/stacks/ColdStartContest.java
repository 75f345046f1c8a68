package io.foreshard.jmh.stacks;

import io.foreshard.jmh.ComparisonSettings;
import io.foreshard.jmh.Contest;
import io.foreshard.jmh.figure.Figure;
import io.foreshard.jmh.figure.Peer;
import io.foreshard.jmh.figure.Target;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * Messages that wait for a stack that does not run, in simulations on virtual time with the policies as they are shipped: those of the others for each of ours, and what
 * memory-time ours takes for each of theirs. Sums over paired seeds; policies learn for some hours before anything counts.
 *
 * <p>The reactive peer is Knative's rule with the values of its published configuration; that it goes to zero at once when its long window is empty, as it does with the published
 * burst capacity, is the least memory it can take. It is asked every two seconds, and at once where there is no stack. Fixed keep-alive has, in hindsight, the time at which it takes
 * as much memory as ours, and starts a stack at once for each message that has none.
 */
final class ColdStartContest implements Contest {

    private static final String KPA = "cold-starts.kpa";
    private static final String KEEP_ALIVE = "cold-starts.keepalive";
    private static final String CHANCE = "cold-starts.unforecastable";
    private static final String MEMORY = "cold-starts.memory";
    private static final Target KPA_TARGET = Target.atLeast(5);
    private static final Target KEEP_ALIVE_TARGET = Target.atLeast(2);
    private static final Target CHANCE_TARGET = Target.atMost(1.02);
    private static final Target MEMORY_TARGET = Target.atMost(1);

    @Override
    public void run(ComparisonSettings settings, Consumer<Figure> figures) {
        List<Figure> kpa = new ArrayList<>();
        List<Figure> keepAlive = new ArrayList<>();
        List<Figure> chance = new ArrayList<>();
        List<Figure> memory = new ArrayList<>();
        for (DemandCase demand : DemandCase.all(settings)) {
            if (!demand.isPresent()) {
                kpa.add(Figure.open(KPA + "/" + demand.name(), "times", KPA_TARGET, Peer.skipped("kpa", "no data")));
                continue;
            }
            settings.say(KPA + "/" + demand.name());
            ColdStartRuns runs = ColdStartRuns.of(demand, settings);
            List<Peer> raw = new ArrayList<>(List.of(
                    Peer.of("kpa-exposed", (double) runs.kpa().exposed()),
                    Peer.of("ours-exposed", (double) runs.ours().exposed()),
                    Peer.of("memory-ratio", runs.memoryOfKpa()),
                    Peer.of("lower-95", runs.lowerBound()),
                    Peer.of("kpa-starts", (double) runs.kpa().starts()),
                    Peer.of("ours-starts", (double) runs.ours().starts()),
                    Peer.of("messages", (double) runs.ours().messages())));
            raw.addAll(runs.bounds());
            memory.add(
                    new Figure(MEMORY + "/" + demand.name(), runs.memoryOfKpa(), "of-kpa", MEMORY_TARGET, List.of()));
            if (demand.byChance()) {
                chance.add(new Figure(
                        CHANCE + "/" + demand.name(), 1 / runs.ratioToKpa(), "of-reactive", CHANCE_TARGET, raw));
                continue;
            }
            kpa.add(new Figure(KPA + "/" + demand.name(), runs.ratioToKpa(), "times", KPA_TARGET, raw));
            keepAlive.add(new Figure(
                    KEEP_ALIVE + "/" + demand.name(),
                    runs.ratioToKeepAlive(),
                    "times",
                    KEEP_ALIVE_TARGET,
                    joined(
                            runs.bounds(),
                            Peer.of("keepalive-exposed", (double)
                                    runs.keepAlive().exposed()),
                            Peer.of("ours-exposed", (double) runs.ours().exposed()),
                            Peer.of("keepalive-seconds", runs.keepSeconds()),
                            Peer.of("memory-ratio", runs.memoryOfKeepAlive()))));
        }
        Comparator<Figure> least = Comparator.comparingDouble(Figure::value);
        worst(KPA, kpa, least).forEach(figures);
        worst(KEEP_ALIVE, keepAlive, least).forEach(figures);
        worst(CHANCE, chance, least.reversed()).forEach(figures);
        worst(MEMORY, memory, least.reversed()).forEach(figures);
    }

    private static List<Peer> joined(List<Peer> last, Peer... first) {
        List<Peer> all = new ArrayList<>(List.of(first));
        all.addAll(last);
        return all;
    }

    /** The worst case under the name of the figure, then all. */
    private static List<Figure> worst(String name, List<Figure> cases, Comparator<Figure> order) {
        List<Figure> sorted = new ArrayList<>(cases);
        sorted.sort(order);
        Figure first = sorted.get(0);
        sorted.add(0, new Figure(name, first.value(), first.unit(), first.target(), first.peers()));
        return sorted;
    }
}
