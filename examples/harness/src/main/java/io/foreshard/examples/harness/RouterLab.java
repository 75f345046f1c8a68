package io.foreshard.examples.harness;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Two real routers, FRR and BIRD, in two network namespaces with a virtual cable between. Both end with this process, however that ends;
 * nothing outside the namespaces is touched. Needs root.
 */
public final class RouterLab {

    /** The end of the cable at FRR, for IPv4. */
    public static final String FRR_IPV4 = "192.0.2.1";

    /** The end of the cable at BIRD, for IPv4. */
    public static final String BIRD_IPV4 = "192.0.2.2";

    /** The end of the cable at FRR, for IPv6. */
    public static final String FRR_IPV6 = "2001:db8:ffff::1";

    /** The end of the cable at BIRD, for IPv6. */
    public static final String BIRD_IPV6 = "2001:db8:ffff::2";

    private static final Path FRR_DAEMONS = Path.of("/usr/lib/frr");
    private static final String PREFIX = "routers-";
    private static final Pattern NAME = Pattern.compile(PREFIX + "(\\d+)-\\d+-[fb]");
    private static final int START_SECONDS = 20;
    private static final int STOP_SECONDS = 5;

    private final Path directory;
    private final String frr;
    private final String bird;

    private RouterLab(Path directory) {
        this.directory = directory;
        String name = PREFIX + ProcessHandle.current().pid() + "-"
                + directory.getFileName().toString().replaceAll("\\D", "");
        frr = name + "-f";
        bird = name + "-b";
    }

    /** Returns why there can be no such routers here, or nothing if there can. */
    public static Optional<String> obstacle() {
        if (!Commands.isRoot()) {
            return Optional.of("not root, or no ip (expected: root and iproute2)");
        }
        for (String program : List.of("bird", "birdc", "vtysh")) {
            if (Commands.find(program).isEmpty()) {
                return Optional.of("no " + program + " (expected: scripts/install-address-peers.sh was run)");
            }
        }
        if (!Files.isExecutable(FRR_DAEMONS.resolve("bgpd"))) {
            return Optional.of("no bgpd (expected: in " + FRR_DAEMONS + ")");
        }
        String probe = PREFIX + ProcessHandle.current().pid() + "-0-f";
        try {
            Commands.run("ip", "netns", "add", probe);
            Commands.run("ip", "netns", "delete", probe);
            return Optional.empty();
        } catch (IOException refused) {
            return Optional.of(refused.toString());
        }
    }

    /**
     * Starts both routers. Whether they talk to each other depends on what they are told.
     *
     * @param frrText the configuration of FRR
     * @param birdText the configuration of BIRD
     * @param cleanup stops them and removes all
     * @throws IOException if a command fails
     */
    public static RouterLab start(String frrText, String birdText, Cleanup cleanup) throws IOException {
        removeLeftovers();
        Path directory = Files.createTempDirectory(PREFIX);
        cleanup.add(() -> delete(directory));
        RouterLab lab = new RouterLab(directory);
        cleanup.add(() -> {
            remove(lab.frr);
            remove(lab.bird);
        });
        Files.setOwner(
                directory,
                directory.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("frr"));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(lab.frrFile(), frrText);
        Files.writeString(lab.birdFile(), birdText);
        lab.lay();
        lab.startDaemons(cleanup);
        return lab;
    }

    private static void removeLeftovers() throws IOException {
        Matcher names = NAME.matcher(Commands.run("ip", "netns", "list"));
        while (names.find()) {
            if (ProcessHandle.of(Long.parseLong(names.group(1))).isEmpty()) {
                Commands.run("ip", "netns", "delete", names.group());
            }
        }
    }

    private void lay() throws IOException {
        for (String namespace : List.of(frr, bird)) {
            Commands.run("ip", "netns", "add", namespace);
            Commands.run("ip", "-n", namespace, "link", "set", "lo", "up");
            useAddressesAtOnce(namespace);
        }
        Commands.run("ip", "-n", frr, "link", "add", "cable", "type", "veth", "peer", "name", "cable", "netns", bird);
        dress(frr, FRR_IPV4, FRR_IPV6);
        dress(bird, BIRD_IPV4, BIRD_IPV6);
    }

    /**
     * Without this, an IPv6 address cannot be used in its first second while it is looked whether somebody else has it. That holds for the addresses
     * that links give themselves too: a route by way of one is refused by the kernel until then, and FRR does not try again.
     */
    private static void useAddressesAtOnce(String namespace) throws IOException {
        Commands.run(
                "ip", "netns", "exec", namespace, "sh", "-c", "echo 0 >/proc/sys/net/ipv6/conf/default/accept_dad");
    }

    private static void dress(String namespace, String ipv4, String ipv6) throws IOException {
        Commands.run("ip", "-n", namespace, "address", "add", ipv4 + "/30", "dev", "cable");
        Commands.run("ip", "-n", namespace, "address", "add", ipv6 + "/64", "dev", "cable");
        Commands.run("ip", "-n", namespace, "link", "set", "cable", "up");
    }

    /**
     * FRR's bgpd asks zebra for the interfaces once, when it starts, and then only every ten seconds. A session that begins before it knows them drops IPv6
     * routes ever after, because their next hops are addresses of a link that it cannot name. So zebra has to answer first.
     */
    private void startDaemons(Cleanup cleanup) throws IOException {
        startFrr("zebra", cleanup);
        awaitSocket("zebra");
        startFrr("bgpd", cleanup);
        awaitSocket("bgpd");
        String program = Commands.find("bird").orElseThrow().toString();
        List<String> command = List.of(
                program, "-f", "-c", birdFile().toString(), "-s", birdSocket().toString());
        start(bird, command, "bird", cleanup);
    }

    private void startFrr(String daemon, Cleanup cleanup) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(FRR_DAEMONS.resolve(daemon).toString()));
        command.addAll(List.of(
                "-f",
                frrFile().toString(),
                "-i",
                directory.resolve(daemon + ".pid").toString()));
        command.addAll(List.of("-z", directory.resolve("zserv.api").toString(), "--vty_socket"));
        command.addAll(List.of(directory.toString(), "-A", "127.0.0.1", "-P", "0", "-u", "frr", "-g", "frr"));
        command.addAll(List.of("--log", "file:" + directory.resolve(daemon + ".log")));
        start(frr, command, daemon, cleanup);
    }

    /** The last socket that a daemon of FRR opens is the one for commands. */
    private void awaitSocket(String daemon) throws IOException {
        Path socket = directory.resolve(daemon + ".vty");
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!Files.exists(socket)) {
            if (System.nanoTime() - deadline > 0) {
                throw new IOException(socket + ": not within " + START_SECONDS + " s: "
                        + Files.readString(directory.resolve(daemon + ".out")));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
        }
    }

    private void start(String namespace, List<String> command, String name, Cleanup cleanup) throws IOException {
        List<String> inside = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
        inside.addAll(command);
        File output = directory.resolve(name + ".out").toFile();
        Process process = new ProcessBuilder(Commands.guarded(inside))
                .redirectErrorStream(true)
                .redirectOutput(output)
                .start();
        cleanup.add(() -> {
            process.getOutputStream().close();
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        });
    }

    private static void remove(String namespace) throws IOException {
        if (Commands.run("ip", "netns", "list").contains(namespace)) {
            Commands.run("ip", "netns", "delete", namespace);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Returns the file that FRR reads when it starts. */
    public Path frrFile() {
        return directory.resolve("frr.conf");
    }

    /** Returns where the sockets of FRR are. */
    public Path frrSockets() {
        return directory;
    }

    /** Returns the file that BIRD reads when it starts. */
    public Path birdFile() {
        return directory.resolve("bird.conf");
    }

    /** Returns the socket by which BIRD is controlled. */
    public Path birdSocket() {
        return directory.resolve("bird.ctl");
    }

    /**
     * Asks FRR.
     *
     * @param command in its own language
     * @throws IOException if it does not answer, or the command fails
     */
    public String askFrr(String command) throws IOException {
        return Commands.run("vtysh", "--vty_socket", directory.toString(), "-c", command);
    }

    /**
     * Asks BIRD.
     *
     * @param command in its own language
     * @throws IOException if it does not answer
     */
    public String askBird(String command) throws IOException {
        return Commands.run("birdc", "-s", birdSocket().toString(), command);
    }

    /**
     * Returns the routes of the kernel in the namespace of FRR.
     *
     * @param isIpv6 of which family
     * @throws IOException if the command fails
     */
    public String kernelRoutesOfFrr(boolean isIpv6) throws IOException {
        return Commands.run("ip", isIpv6 ? "-6" : "-4", "-n", frr, "route", "show");
    }

    /**
     * Returns the routes of the kernel in the namespace of BIRD.
     *
     * @param isIpv6 of which family
     * @throws IOException if the command fails
     */
    public String kernelRoutesOfBird(boolean isIpv6) throws IOException {
        return Commands.run("ip", isIpv6 ? "-6" : "-4", "-n", bird, "route", "show");
    }
}
