package io.foreshard.jmh.striping.live;

import io.foreshard.jmh.ComparisonSettings;
import io.foreshard.jmh.Contest;
import io.foreshard.jmh.figure.Figure;
import io.foreshard.jmh.figure.Peer;
import io.foreshard.jmh.figure.Target;
import io.foreshard.jmh.run.ContestantException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * What ten thousand idle flows cost each edge, and how many of them are lost. Memory is the heap after garbage was collected, and all that
 * allocators reserved outside of it, less what the same process had before the first flow; resident memory stands beside it.
 */
public final class CrowdContest implements Contest {

    private static final String NAME = "ten-k-flows";
    private static final String UNIT = "KiB-heap-and-direct";
    private static final Target MEMORY = Target.atMost(8);
    private static final Target LOST = Target.atMost(0);
    private static final int FLOWS = 10_000;
    private static final int OPENING_AT_ONCE = 1_000;
    private static final int LITTLE_BYTES = 2 << 10;
    private static final int SOME_BYTES = 8 << 10;
    private static final int MUCH_BYTES = 256 << 10;
    private static final int MUCH_AT_ONCE = 100;
    private static final long QUICK_IDLE_MILLIS = 1_500;
    private static final long IDLE_MILLIS = 20_000;
    private static final double KILOBYTE = 1024;

    /** Makes the contest. */
    public CrowdContest() {}

    /** What an edge needs for a flow, in bytes. */
    private record Cost(String name, String edge, double heap, double direct, double resident) {

        double bytes() {
            return heap + direct;
        }

        List<Peer> peers(String prefix) {
            return List.of(
                    Peer.of(prefix + "heap-KiB", heap / KILOBYTE),
                    Peer.of(prefix + "direct-KiB", direct / KILOBYTE),
                    Peer.of(prefix + "resident-KiB", resident / KILOBYTE));
        }

        Figure figure() {
            return new Figure(name, bytes() / KILOBYTE, UNIT, MEMORY, peers(""));
        }
    }

    @Override
    public void run(ComparisonSettings settings, Consumer<Figure> figures) throws IOException, InterruptedException {
        try (Crowd crowd = Crowd.start(settings)) {
            run(settings, crowd, figures);
        } catch (ContestantException e) {
            figures.accept(Figure.open(NAME, UNIT, MEMORY, Peer.skipped("foreshard", e.reason())));
            figures.accept(Figure.open(NAME + "/lost", "flows", LOST, Peer.skipped("foreshard", e.reason())));
        }
    }

    private static void run(ComparisonSettings settings, Crowd crowd, Consumer<Figure> figures)
            throws IOException, ContestantException, InterruptedException {
        MemoryLook ingress = Crowd.memory(crowd.ingress);
        MemoryLook egress = Crowd.memory(crowd.egress);
        List<Cost> costs = new ArrayList<>();
        crowd.open(FLOWS, OPENING_AT_ONCE, LITTLE_BYTES);
        idle(settings);
        look(crowd, "idle", ingress, egress, costs);
        Crowd.Census spoke = crowd.exchange(FLOWS, FLOWS, LITTLE_BYTES);
        if (!settings.quick()) {
            crowd.exchange(FLOWS, MUCH_AT_ONCE, MUCH_BYTES);
            idle(settings);
            look(crowd, "idle-after-much", ingress, egress, costs);
            spoke = crowd.exchange(FLOWS, FLOWS, LITTLE_BYTES);
        }
        Crowd.Census whole = crowd.exchange(FLOWS, FLOWS, SOME_BYTES);
        Crowd.Census bereaved = crowd.exchangeAsARelayDies(FLOWS, SOME_BYTES);
        crowd.part(ingress, egress);
        tell(costs, figures);
        MemoryLook ingressAfter = Crowd.memory(crowd.ingress).since(ingress);
        MemoryLook egressAfter = Crowd.memory(crowd.egress).since(egress);
        figures.accept(lost(
                "/lost",
                spoke,
                Peer.of("files-more-than-before", (double) (ingressAfter.descriptors() + egressAfter.descriptors())),
                Peer.of("ingress-heap-left-KiB", (double) ingressAfter.heapBytes() / FLOWS / KILOBYTE),
                Peer.of("egress-heap-left-KiB", (double) egressAfter.heapBytes() / FLOWS / KILOBYTE)));
        figures.accept(lost(
                "/lost-as-a-relay-dies",
                bereaved,
                Peer.of("seconds", bereaved.seconds()),
                Peer.of("seconds-with-all-relays", whole.seconds())));
    }

    private static Figure lost(String name, Crowd.Census census, Peer... more) {
        List<Peer> peers = new ArrayList<>(
                List.of(Peer.of("opened", FLOWS), Peer.of("gone", (double) census.gone()), Peer.of("wrong", (double)
                        census.wrong())));
        peers.addAll(List.of(more));
        return new Figure(NAME + name, (double) (FLOWS - census.sound()), "flows", LOST, peers);
    }

    private static void idle(ComparisonSettings settings) throws InterruptedException {
        long millis = settings.quick() ? QUICK_IDLE_MILLIS : IDLE_MILLIS;
        settings.say(NAME + ": idle for " + millis / 1_000 + " s");
        Thread.sleep(millis);
    }

    private static void look(
            Crowd crowd, String when, MemoryLook ingressBefore, MemoryLook egressBefore, List<Cost> costs)
            throws IOException, ContestantException, InterruptedException {
        MemoryLook ingress = Crowd.memory(crowd.ingress).since(ingressBefore);
        MemoryLook egress = Crowd.memory(crowd.egress).since(egressBefore);
        // Those that are gone need nothing.
        long flows = crowd.sound();
        if (flows == 0) {
            throw new ContestantException("all flows are gone");
        }
        costs.add(cost(when, "ingress", ingress, (double) flows));
        costs.add(cost(when, "egress", egress, (double) flows));
    }

    private static Cost cost(String when, String edge, MemoryLook grown, double flows) {
        return new Cost(
                NAME + "/" + edge + "-" + when,
                edge,
                (double) grown.heapBytes() / flows,
                (double) grown.directBytes() / flows,
                (double) grown.residentBytes() / flows);
    }

    /** More is worse here. */
    private static void tell(List<Cost> costs, Consumer<Figure> figures) {
        List<Cost> worstFirst = costs.stream()
                .sorted(Comparator.comparingDouble(Cost::bytes).reversed())
                .toList();
        List<Peer> peers = new ArrayList<>();
        for (String edge : List.of("ingress", "egress")) {
            worstFirst.stream()
                    .filter(cost -> cost.edge.equals(edge))
                    .findFirst()
                    .ifPresent(cost -> peers.addAll(cost.peers(edge + "-")));
        }
        figures.accept(new Figure(NAME, worstFirst.get(0).bytes() / KILOBYTE, UNIT, MEMORY, peers));
        worstFirst.forEach(cost -> figures.accept(cost.figure()));
    }
}
