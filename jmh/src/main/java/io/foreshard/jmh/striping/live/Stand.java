package io.foreshard.jmh.striping.live;

import io.foreshard.jmh.run.Contestant;
import io.foreshard.jmh.run.ContestantException;
import io.foreshard.jmh.run.Processes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** All processes of a contest, in their namespaces, for as long as it takes. */
final class Stand implements AutoCloseable {

    private static final String[] OPTIONS = {
        "-XX:+UseSerialGC", "-Xmx512m", "-XX:MaxDirectMemorySize=512m", "-Djava.net.preferIPv4Stack=true"
    };

    private static final long LOOK_MILLIS = 100;
    private static final int MOST_LOOKS = 100;
    private static final long QUIET_BYTES = 64_000;

    final Paths paths;
    private final Path work;
    private final Processes processes;
    private final List<Role> relays = new ArrayList<>();
    private final List<Integer> delaysMillis;
    private final Role egress;
    private final Role ingress;
    private final Ends ours;
    private final Ends peers;
    private int started;

    /** Client and origin of one kind, and where the client finds the origin. */
    record Ends(String label, Role client, Role origin, String address, int port) {

        /** Returns whose transfer it is to be seen at. */
        Role receiver(boolean download) {
            return download ? client : origin;
        }

        void begin(boolean download, long seed, long bytes)
                throws IOException, ContestantException, InterruptedException {
            origin.ask("forget");
            client.ask((download ? "download " : "upload ") + address + " " + port + " " + seed + " " + bytes);
        }
    }

    private Stand(Path work, Paths paths, Processes processes, List<Integer> delaysMillis) throws IOException {
        this.work = work;
        this.paths = paths;
        this.processes = processes;
        this.delaysMillis = delaysMillis;
        egress = role(paths.atFar(java(EgressRole.class, Keys.EGRESS_PORT)));
        Role origin = role(paths.atFar(java(OriginRole.class, Keys.ORIGIN_PORT)));
        ingress = role(paths.atNear(
                java(IngressRole.class, Paths.FAR_ADDRESS, Keys.EGRESS_PORT, "127.0.0.1:" + Keys.ORIGIN_PORT)));
        Role client = role(paths.atNear(java(ClientRole.class)));
        ours = new Ends("foreshard", client, origin, "127.0.0.1", Keys.INGRESS_PORT);
        Role peerOrigin = role(paths.atFar(multipath(java(OriginRole.class, Keys.MPTCP_ORIGIN_PORT))));
        Role peerClient = role(paths.atNear(multipath(java(ClientRole.class))));
        peers = new Ends("mptcp", peerClient, peerOrigin, Paths.farAddress(0), Keys.MPTCP_ORIGIN_PORT);
    }

    /**
     * Starts all.
     *
     * @param megabits the rate of each path
     * @param delaysMillis how much each relay adds, each way
     * @throws ContestantException with the reason, if this is not allowed here or a tool is missing
     */
    static Stand start(Path work, List<Integer> megabits, List<Integer> delaysMillis)
            throws IOException, ContestantException, InterruptedException {
        Paths paths = Paths.lay(megabits);
        Processes processes = new Processes();
        try {
            Stand stand = new Stand(work, paths, processes, delaysMillis);
            stand.startRelays();
            return stand;
        } catch (IOException | ContestantException e) {
            processes.close();
            paths.close();
            throw e;
        }
    }

    private void startRelays() throws IOException, ContestantException, InterruptedException {
        for (int relay = 0; relay < delaysMillis.size(); relay++) {
            relays.add(startRelay(relay));
        }
        for (Role role : List.of(egress, ours.origin(), ingress, ours.client())) {
            role.ask("ready");
        }
        for (Role relay : relays) {
            relay.ask("ready");
        }
    }

    private Role startRelay(int relay) throws IOException {
        return role(paths.inMiddle(
                relay, java(RelayRole.class, Keys.RELAY_PORT, Keys.DELAY_PORT, delaysMillis.get(relay))));
    }

    /** Starts a relay again that was killed. */
    void restart(int relay) throws IOException, ContestantException, InterruptedException {
        relays.set(relay, startRelay(relay));
        relays.get(relay).ask("ready");
    }

    /** Waits until nothing of an earlier transfer is on the paths any more: it would share them with the next one. */
    void awaitQuiet() throws IOException, ContestantException, InterruptedException {
        long before = carriedBytes();
        for (int look = 0; look < MOST_LOOKS; look++) {
            Thread.sleep(LOOK_MILLIS);
            long now = carriedBytes();
            if (now - before < QUIET_BYTES) {
                return;
            }
            before = now;
        }
        throw new ContestantException("the paths are not quiet");
    }

    private long carriedBytes() throws IOException, ContestantException, InterruptedException {
        long sum = 0;
        for (Role relay : relays) {
            sum += relay.askNumbers("carried")[0];
        }
        return sum;
    }

    Role relay(int relay) {
        return relays.get(relay);
    }

    Role egress() {
        return egress;
    }

    Role ingress() {
        return ingress;
    }

    /** Returns those that speak kernel MPTCP. */
    Ends peers() throws IOException, ContestantException, InterruptedException {
        peers.client().ask("ready");
        peers.origin().ask("ready");
        return peers;
    }

    /** Opens an ingress over some of the relays, the first ones first. */
    Ends open(List<Integer> over) throws IOException, ContestantException, InterruptedException {
        StringBuilder command = new StringBuilder("open " + Keys.INGRESS_PORT);
        for (int relay : over) {
            int port = delaysMillis.get(relay) > 0 ? Keys.DELAY_PORT : Keys.RELAY_PORT;
            command.append(' ').append(Paths.relayAddress(relay)).append(':').append(port);
        }
        ingress.ask(command.toString());
        return ours;
    }

    private static List<String> java(Class<?> main, Object... arguments) {
        List<String> command = new ArrayList<>(Contestant.java(main, OPTIONS).command());
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return command;
    }

    private static List<String> multipath(List<String> command) {
        List<String> whole = new ArrayList<>(List.of("mptcpize", "run"));
        whole.addAll(command);
        return whole;
    }

    private Role role(List<String> command) throws IOException {
        return new Role(processes, command, work.resolve("role-" + started++ + ".log"));
    }

    @Override
    public void close() {
        processes.close();
        paths.close();
    }
}
