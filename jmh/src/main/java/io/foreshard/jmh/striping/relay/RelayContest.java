package io.foreshard.jmh.striping.relay;

import io.foreshard.jmh.ComparisonSettings;
import io.foreshard.jmh.Contest;
import io.foreshard.jmh.figure.Figure;
import io.foreshard.jmh.figure.Peer;
import io.foreshard.jmh.figure.Target;
import io.foreshard.jmh.figure.WorstFirst;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What a relay's process spends per byte: ours beside others that copy, and beside another that splices. */
public final class RelayContest implements Contest {

    private static final List<Integer> CONNECTIONS = List.of(1, 8);
    private static final Target COPY_TARGET = Target.atMost(1);
    private static final Target SPLICE_TARGET = Target.atMost(1.25);

    /** Makes the contest. */
    public RelayContest() {}

    @Override
    public void run(ComparisonSettings settings, Consumer<Figure> figures) throws IOException, InterruptedException {
        try (RelayRounds rounds = new RelayRounds(settings)) {
            rounds.run(CONNECTIONS);
            tell("relay-copy", Contender.COPYING, COPY_TARGET, rounds, figures);
            tell("relay-splice", Contender.SPLICING, SPLICE_TARGET, rounds, figures);
        }
    }

    private static void tell(
            String name, List<Contender> all, Target target, RelayRounds rounds, Consumer<Figure> figures) {
        WorstFirst.of(name, CONNECTIONS.stream().map(connections -> figure(name, all, target, rounds, connections)))
                .forEach(figures);
    }

    /** Ours comes first; the ratio is to the best of the others. */
    private static Figure figure(String name, List<Contender> all, Target target, RelayRounds rounds, int connections) {
        String whole = name + "/" + connections + (connections == 1 ? "-connection" : "-connections");
        List<Peer> peers = new ArrayList<>();
        double best = Double.NaN;
        for (Contender contender : all) {
            Peer cpu = rounds.cpuSecondsPerGigabyte(contender, connections);
            peers.add(cpu);
            peers.add(rounds.gigabytesPerSecond(contender, connections));
            if (contender != all.get(0) && contender.counts() && cpu.ran()) {
                best = Double.isNaN(best) ? cpu.value() : Math.min(best, cpu.value());
            }
        }
        return new Figure(whole, peers.get(0).value() / best, "ratio", target, peers);
    }
}
