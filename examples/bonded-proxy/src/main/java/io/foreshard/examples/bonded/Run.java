package io.foreshard.examples.bonded;

import io.foreshard.examples.harness.Cleanup;
import io.foreshard.examples.harness.NamespaceCable;
import io.foreshard.examples.harness.Pause;
import io.foreshard.examples.harness.Transports;
import io.foreshard.examples.report.Table;
import io.foreshard.flowsharder.edge.Egress;
import io.foreshard.flowsharder.edge.Ingress;
import io.foreshard.flowsharder.edge.LegReport;
import io.foreshard.flowsharder.spi.Node;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** One download through ingress, relays and egress, and what happens to the relays meanwhile. */
final class Run {

    private static final long LOOK_MILLIS = 100;
    private static final double MOST_TIMES_UNDISTURBED = 10;
    private static final double GRACE_SECONDS = 20;

    private final Scenario scenario;
    private final LiveLines live;
    private final List<Road> roads = new ArrayList<>();
    private final List<Look> looks = new ArrayList<>();
    private final List<Happening> due = new ArrayList<>();
    private final long[] sums = new long[Scenario.RELAYS];
    private final long[] lasts = new long[Scenario.RELAYS];
    private long beganNanos;
    private double lastHappened;

    /** Something that is done to a relay. */
    private record Happening(double seconds, String words, Act act) {}

    /** How it is done. */
    @FunctionalInterface
    private interface Act {
        void run() throws IOException;
    }

    Run(Scenario scenario, LiveLines live) {
        this.scenario = scenario;
        this.live = live;
    }

    Outcome run() throws IOException {
        try (Cleanup cleanup = new Cleanup(Main.NAME)) {
            FileServer server = FileServer.start(scenario, cleanup);
            EventLoopGroup group = Transports.group(1, cleanup);
            Egress egress = egress(group, cleanup);
            Ingress ingress = ingress(group, egress, cleanup);
            Channel front = Transports.started(
                    ingress.forward(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), server.target()));
            cleanup.add(() -> front.close().await());
            awaitLegs(ingress);
            return watch(Download.start(((InetSocketAddress) front.localAddress()).getPort()), ingress);
        }
    }

    /** Roads come first where the egress has to listen at the end of one. */
    private Egress egress(EventLoopGroup group, Cleanup cleanup) throws IOException {
        InetSocketAddress where = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        if (scenario.namespaces()) {
            NamespaceCable.removeLeftovers();
            for (int index = 0; index < Scenario.RELAYS; index++) {
                NamespaceRoad road = NamespaceRoad.lay(index, scenario, cleanup);
                where = index == 0 ? new InetSocketAddress(road.nearAddress(), 0) : where;
                roads.add(road);
            }
        } else {
            EventLoopGroup nio = Transports.nioGroup(cleanup);
            for (int index = 0; index < Scenario.RELAYS; index++) {
                roads.add(new LoopbackRoad(scenario, index == Scenario.SLOWED, nio, cleanup));
            }
        }
        Egress egress = Transports.started(
                Egress.builder(group, Secrets.edges()).localAddress(where).start());
        cleanup.add(() -> egress.stop().await());
        return egress;
    }

    private Ingress ingress(EventLoopGroup group, Egress egress, Cleanup cleanup) {
        List<Node> nodes = new ArrayList<>();
        for (int index = 0; index < roads.size(); index++) {
            nodes.add(Node.of(name(index), roads.get(index).address()));
        }
        Ingress ingress = Ingress.builder(group, egress.localAddress(), Secrets.edges())
                .relaySecret(Secrets.relays())
                .nodes(nodes)
                .start();
        cleanup.add(ingress::close);
        return ingress;
    }

    /** What a leg takes to open is not the download's time. */
    private void awaitLegs(Ingress ingress) throws IOException {
        long begin = System.nanoTime();
        double now = 0;
        while (!Transports.started(ingress.legs()).stream().allMatch(LegReport::isUp)) {
            now = (System.nanoTime() - begin) / 1e9;
            if (now > GRACE_SECONDS) {
                throw new IOException("no way over all relays to the egress: " + ingress.counters());
            }
            Pause.millis(LOOK_MILLIS);
        }
        live.event(0, "all legs are open, after " + Table.number(now, 1) + " s");
    }

    static String name(int index) {
        return "relay-" + (index + 1);
    }

    private void plan() {
        Road killed = roads.get(Scenario.KILLED);
        due.add(new Happening(
                scenario.slowSeconds(),
                name(Scenario.SLOWED) + " passes a quarter from now on",
                roads.get(Scenario.SLOWED)::slow));
        due.add(new Happening(scenario.killSeconds(), name(Scenario.KILLED) + " is killed", killed::kill));
        due.add(new Happening(scenario.restoreSeconds(), name(Scenario.KILLED) + " is back", killed::restore));
    }

    private Outcome watch(Download download, Ingress ingress) throws IOException {
        plan();
        beganNanos = System.nanoTime();
        double most = MOST_TIMES_UNDISTURBED * scenario.undisturbedSeconds() + GRACE_SECONDS;
        int lines = 0;
        double now = 0;
        while (pause(download) && now < most) {
            now = sinceBegin();
            look(now, download, ingress);
            happen(now);
            if (now >= lines + 1) {
                lines = (int) now;
                live.print(looks);
            }
        }
        now = sinceBegin();
        look(now, download, ingress);
        String digest = download.isAlive() ? "none: not done after " + Math.round(most) + " s" : download.result();
        return new Outcome(
                List.copyOf(looks),
                now,
                digest,
                FileServer.digest(scenario),
                due.isEmpty(),
                due.isEmpty() ? lastHappened : now);
    }

    private double sinceBegin() {
        return (System.nanoTime() - beganNanos) / 1e9;
    }

    /** Waits for the next look, and returns whether the download goes on. */
    private static boolean pause(Download download) throws IOException {
        try {
            download.join(LOOK_MILLIS);
            return download.isAlive();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopped);
        }
    }

    /** It has happened when it is done: a process takes its time to start. */
    private void happen(double now) throws IOException {
        while (!due.isEmpty() && due.get(0).seconds() <= now) {
            Happening next = due.remove(0);
            next.act().run();
            lastHappened = sinceBegin();
            live.event(lastHappened, next.words());
        }
    }

    private void look(double now, Download download, Ingress ingress) throws IOException {
        for (LegReport leg : Transports.started(ingress.legs())) {
            int index = leg.shard();
            long more = leg.receivedBytes() - lasts[index];
            // A leg that was opened anew counts from 0.
            sums[index] += leg.isUp() ? (more < 0 ? leg.receivedBytes() : more) : 0;
            lasts[index] = leg.isUp() ? leg.receivedBytes() : 0;
        }
        looks.add(new Look(now, download.bytes(), List.of(sums[0], sums[1], sums[2])));
    }
}
