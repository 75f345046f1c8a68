package io.foreshard.jmh.striping.live;

import io.foreshard.jmh.ComparisonSettings;
import io.foreshard.jmh.run.Contestant;
import io.foreshard.jmh.run.ContestantException;
import io.foreshard.jmh.run.Processes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Client, ingress, relays, egress and origin for many flows at once, each a process of its own, over the loopback device. */
final class Crowd implements AutoCloseable {

    /** The heap gives back what is free, so that resident memory tells something. */
    private static final String[] OPTIONS = {
        "-XX:+UseSerialGC",
        "-Xms16m",
        "-Xmx512m",
        "-XX:MinHeapFreeRatio=5",
        "-XX:MaxHeapFreeRatio=10",
        "-XX:MaxDirectMemorySize=512m",
        "-Djava.net.preferIPv4Stack=true"
    };

    private static final String ADDRESS = "127.0.0.1";
    private static final int RELAYS = 2;
    private static final int PORTS = RELAYS + 3;
    private static final long LOOK_MILLIS = 100;
    private static final long UNDER_WAY_MILLIS = 100;
    private static final long SAY_NANOS = 2_000_000_000L;
    private static final long PATIENCE_NANOS = 60_000_000_000L;
    private static final long QUIET_NANOS = 15_000_000_000L;

    private final ComparisonSettings settings;
    private final Processes processes = new Processes();
    private final List<Integer> ports = freePorts();
    final Role ingress;
    final Role egress;
    private final Role client;
    private final List<Role> relays = new ArrayList<>();
    private final List<Role> all = new ArrayList<>();

    private Crowd(ComparisonSettings settings) throws IOException {
        this.settings = settings;
        String origin = ADDRESS + ":" + ports.get(0);
        role("origin", CrowdOriginRole.class, ports.get(0));
        egress = role("egress", EgressRole.class, ports.get(1));
        for (int relay = 0; relay < RELAYS; relay++) {
            relays.add(role("relay-" + relay, RelayRole.class, relayPort(relay), 0, 0));
        }
        ingress = role("ingress", IngressRole.class, ADDRESS, ports.get(1), origin);
        client = role("client", CrowdClientRole.class);
    }

    /** Starts all processes; the ingress listens. */
    static Crowd start(ComparisonSettings settings) throws IOException, ContestantException, InterruptedException {
        Crowd crowd = new Crowd(settings);
        try {
            for (Role role : crowd.all) {
                role.ask("ready");
            }
            crowd.ingress.ask(crowd.opening());
            return crowd;
        } catch (IOException | ContestantException e) {
            crowd.close();
            throw e;
        }
    }

    private String opening() {
        StringBuilder command = new StringBuilder("open " + ports.get(2));
        for (int relay = 0; relay < RELAYS; relay++) {
            command.append(' ').append(ADDRESS).append(':').append(relayPort(relay));
        }
        return command.toString();
    }

    private int relayPort(int relay) {
        return ports.get(3 + relay);
    }

    private static List<Integer> freePorts() throws IOException {
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (int i = 0; i < PORTS; i++) {
                held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return held.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (ServerSocket socket : held) {
                socket.close();
            }
        }
    }

    private Role role(String name, Class<?> main, Object... arguments) throws IOException {
        List<String> command = new ArrayList<>(Contestant.java(main, OPTIONS).command());
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        Path output = settings.work().resolve("crowd-" + name + ".log");
        Role role = new Role(processes, command, output);
        all.add(role);
        return role;
    }

    /**
     * What became of the flows.
     *
     * @param seconds since the newest exchange began
     * @param settled for how many it is over
     * @param sound all that they sent came back as it should
     */
    record Census(double seconds, long settled, long sound, long gone, long wrong) {}

    /** Opens flows, and has each exchange something at once. */
    Census open(int flows, int atOnce, int bytes) throws IOException, ContestantException, InterruptedException {
        long begin = System.nanoTime();
        client.ask("open " + ADDRESS + " " + ports.get(2) + " " + settings.seed() + " " + flows + " " + atOnce + " "
                + bytes);
        return await("opening", flows, begin);
    }

    /** Has each flow exchange something once more. */
    Census exchange(int flows, int atOnce, int bytes) throws IOException, ContestantException, InterruptedException {
        long begin = System.nanoTime();
        client.ask("exchange " + atOnce + " " + bytes);
        return await(bytes + " bytes each way", flows, begin);
    }

    /** The same for all at once, while a relay dies. */
    Census exchangeAsARelayDies(int flows, int bytes) throws IOException, ContestantException, InterruptedException {
        long begin = System.nanoTime();
        client.ask("exchange " + flows + " " + bytes);
        Thread.sleep(UNDER_WAY_MILLIS);
        relays.get(0).signal("KILL");
        settings.say("ten-k-flows: a relay was killed when " + look(begin).settled + " were done");
        return await(bytes + " bytes each way", flows, begin);
    }

    /** Waits for all, until nothing happens any more. */
    private Census await(String what, int flows, long begin)
            throws IOException, ContestantException, InterruptedException {
        long moved = System.nanoTime();
        long said = moved;
        Census census = look(begin);
        while (census.settled < flows && System.nanoTime() - moved < QUIET_NANOS) {
            Thread.sleep(LOOK_MILLIS);
            Census next = look(begin);
            moved = next.settled == census.settled ? moved : System.nanoTime();
            census = next;
            if (census.settled < flows && System.nanoTime() - said > SAY_NANOS) {
                said = System.nanoTime();
                say(what, flows, census);
            }
        }
        say(what, flows, census);
        return census;
    }

    private void say(String what, int flows, Census census) {
        settings.say(String.format(
                "ten-k-flows: %s: %d of %d in %.1f s, %d sound, %d gone, %d wrong",
                what, census.settled, flows, census.seconds, census.sound, census.gone, census.wrong));
    }

    /** Returns how many flows are sound now. */
    long sound() throws IOException, ContestantException, InterruptedException {
        return look(System.nanoTime()).sound;
    }

    private Census look(long begin) throws IOException, ContestantException, InterruptedException {
        long[] numbers = client.askNumbers("look");
        return new Census((System.nanoTime() - begin) * 1e-9, numbers[0], numbers[1], numbers[2], numbers[3]);
    }

    /** Ends all flows, and waits until both edges have no more files open than at a time. */
    void part(MemoryLook ingressBefore, MemoryLook egressBefore)
            throws IOException, ContestantException, InterruptedException {
        client.ask("close");
        long giveUp = System.nanoTime() + PATIENCE_NANOS;
        while (left(ingress, ingressBefore) + left(egress, egressBefore) > 0 && System.nanoTime() < giveUp) {
            Thread.sleep(LOOK_MILLIS);
        }
    }

    private static long left(Role role, MemoryLook before)
            throws IOException, ContestantException, InterruptedException {
        return Math.max(0, role.askNumbers("files")[0] - before.descriptors());
    }

    /** Collects garbage in a process, and looks at its memory. */
    static MemoryLook memory(Role role) throws IOException, ContestantException, InterruptedException {
        return MemoryLook.of(role.askNumbers("memory"));
    }

    @Override
    public void close() {
        processes.close();
    }
}
