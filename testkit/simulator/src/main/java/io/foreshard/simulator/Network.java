package io.foreshard.simulator;

import io.foreshard.simulator.link.DropReason;
import io.foreshard.simulator.link.Impairment;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Which node has which address, and which link leads where. */
final class Network {

    private final Scheduler scheduler;
    private final SplittableRandom seeds;
    private final Map<InetAddress, SimulatedNode> nodes = new HashMap<>();
    private final Map<Ends, SimulatedLink> links = new HashMap<>();
    private final Map<InetAddress, SimulatedNat> natsByInside = new HashMap<>();
    private final Map<InetAddress, SimulatedNat> natsByPublic = new HashMap<>();
    private final Map<InetAddress, InetAddress> insideOf = new HashMap<>();
    private final List<Consumer<PacketEvent>> observers = new ArrayList<>();

    private record Ends(InetAddress from, InetAddress to) {}

    Network(Scheduler scheduler, SplittableRandom seeds) {
        this.scheduler = scheduler;
        this.seeds = seeds;
    }

    Scheduler scheduler() {
        return scheduler;
    }

    void observe(Consumer<PacketEvent> observer) {
        observers.add(observer);
    }

    void addAddress(InetAddress address, SimulatedNode node) {
        if (nodes.putIfAbsent(address, node) != null) {
            throw new IllegalArgumentException("address: " + address.getHostAddress() + " (expected: not in use)");
        }
    }

    SimulatedLink connect(InetAddress from, InetAddress to, Impairment impairment) {
        return connect(from, to, impairment, seeds.nextLong());
    }

    SimulatedLink connect(InetAddress from, InetAddress to, Impairment impairment, long seed) {
        SimulatedLink link = new SimulatedLink(scheduler, impairment, seed, scheduler.nowNanos(), this::arrive);
        links.put(new Ends(from, to), link);
        return link;
    }

    void disconnect(InetAddress from, InetAddress to) {
        links.remove(new Ends(from, to));
    }

    SimulatedNat addNat(InetAddress inside, InetAddress publicAddress) {
        if (nodes.containsKey(publicAddress) || insideOf.putIfAbsent(publicAddress, inside) != null) {
            throw new IllegalArgumentException(
                    "publicAddress: " + publicAddress.getHostAddress() + " (expected: not in use)");
        }
        SimulatedNat nat = new SimulatedNat(publicAddress);
        natsByInside.put(inside, nat);
        natsByPublic.put(publicAddress, nat);
        return nat;
    }

    @Nullable
    SimulatedLink link(InetAddress from, InetAddress to) {
        return links.get(new Ends(insideOf.getOrDefault(from, from), insideOf.getOrDefault(to, to)));
    }

    @Nullable
    SimulatedNode node(InetAddress address) {
        return nodes.get(address);
    }

    /** Whether both addresses are of one node, which then needs no link. */
    boolean isLocal(InetAddress one, InetAddress other) {
        SimulatedNode node = nodes.get(one);
        return node != null && node.has(other);
    }

    /** Fails as a socket with the don't-fragment bit does. */
    void checkSize(Route route, int lengthBytes) throws IOException {
        SimulatedLink link =
                link(route.source().getAddress(), route.destination().getAddress());
        boolean tooLong = link != null
                && link.impairment().sizeLimitSignalled()
                && lengthBytes > link.impairment().maxDatagramBytes();
        if (tooLong || lengthBytes > Impairment.LARGEST_DATAGRAM_BYTES) {
            throw new IOException("Message too long");
        }
    }

    void send(Route sent, byte[] payload) {
        SimulatedNat nat = natsByInside.get(sent.source().getAddress());
        Route route = nat == null ? sent : nat.outbound(sent);
        publish(PacketEvent.Kind.SENT, route, payload.length, null);
        if (isLocal(route.source().getAddress(), route.destination().getAddress())) {
            scheduler.at(scheduler.nowNanos(), () -> arrive(route, payload));
            return;
        }
        SimulatedLink link =
                link(route.source().getAddress(), route.destination().getAddress());
        int length = payload.length;
        DropReason reason = link == null ? DropReason.NO_ROUTE : link.offer(route, payload);
        if (reason != null) {
            publish(PacketEvent.Kind.DROPPED, route, length, reason);
        }
    }

    private void arrive(Route route, byte[] payload) {
        SimulatedNat nat = natsByPublic.get(route.destination().getAddress());
        Route inside = nat == null ? route : nat.inbound(route);
        DropReason reason = inside == null ? DropReason.NO_LISTENER : hand(inside, payload);
        PacketEvent.Kind kind = reason == null ? PacketEvent.Kind.DELIVERED : PacketEvent.Kind.DROPPED;
        publish(kind, route, payload.length, reason);
    }

    private @Nullable DropReason hand(Route route, byte[] payload) {
        SimulatedNode target = nodes.get(route.destination().getAddress());
        return target == null ? DropReason.NO_ROUTE : target.deliver(route, payload);
    }

    private void publish(PacketEvent.Kind kind, Route route, int lengthBytes, @Nullable DropReason reason) {
        if (observers.isEmpty()) {
            return;
        }
        InetSocketAddress source = route.source();
        PacketEvent event =
                new PacketEvent(scheduler.nowNanos(), kind, source, route.destination(), lengthBytes, reason);
        observers.forEach(observer -> observer.accept(event));
    }
}
