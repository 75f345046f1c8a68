package io.foreshard.examples.harness;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A network namespace and a virtual cable to it, whose near end is in this process's own. Names carry this process's id; addresses are
 * from the block for benchmarks (RFC 2544), four for each cable. Needs root.
 */
public final class NamespaceCable {

    private static final String PREFIX = "example-";
    private static final Pattern NAME = Pattern.compile(PREFIX + "(\\d+)-\\d+");
    private static final Pattern DROPPED = Pattern.compile("dropped (\\d+)");
    private static final String FAR = "far";
    private static final int PROCESSES = 1 << 13;
    private static final int MOST_CABLES = 4;
    private static final int ADDRESSES = 4;

    private final String namespace;
    private final String near;
    private final int firstAddress;

    private NamespaceCable(int index) {
        long pid = ProcessHandle.current().pid();
        namespace = PREFIX + pid + "-" + index;
        near = "ex" + pid + "x" + index;
        firstAddress = ((int) (pid % PROCESSES) * MOST_CABLES + index) * ADDRESSES;
    }

    /** Returns whether this process may lay cables and limit them: root in a container often may not. */
    public static boolean isAllowed() {
        String name = PREFIX + ProcessHandle.current().pid() + "-" + MOST_CABLES;
        try {
            if (!Commands.isRoot() || Commands.find("tc").isEmpty()) {
                return false;
            }
            Commands.run("ip", "netns", "add", name);
            Commands.run("ip", "netns", "delete", name);
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    /**
     * Removes the namespaces of programs that were killed before they could do it.
     *
     * @throws IOException if that fails
     */
    public static void removeLeftovers() throws IOException {
        Matcher names = NAME.matcher(Commands.run("ip", "netns", "list"));
        while (names.find()) {
            if (ProcessHandle.of(Long.parseLong(names.group(1))).isEmpty()) {
                Commands.run("ip", "netns", "delete", names.group());
            }
        }
    }

    /**
     * Makes a namespace and lays a cable to it.
     *
     * @param index which one of this process: 0…3
     * @param cleanup removes both
     * @throws IOException if a command fails
     */
    public static NamespaceCable lay(int index, Cleanup cleanup) throws IOException {
        NamespaceCable cable = new NamespaceCable(index);
        cleanup.add(cable::remove);
        cable.build();
        return cable;
    }

    private void build() throws IOException {
        Commands.run("ip", "netns", "add", namespace);
        Commands.run("ip", "link", "add", near, "type", "veth", "peer", "name", FAR, "netns", namespace);
        Commands.run("ip", "address", "add", nearAddress() + "/30", "dev", near);
        Commands.run("ip", "-n", namespace, "address", "add", farAddress() + "/30", "dev", FAR);
        Commands.run("ip", "-n", namespace, "link", "set", "lo", "up");
        Commands.run("ip", "-n", namespace, "link", "set", FAR, "up");
        Commands.run("ip", "link", "set", near, "up");
    }

    private void remove() throws IOException {
        if (Commands.run("ip", "netns", "list").contains(namespace)) {
            Commands.run("ip", "netns", "delete", namespace);
        }
        // The kernel takes the cable away some time after the namespace; it is gone for sure when we did it.
        try {
            Commands.run("ip", "link", "delete", near);
        } catch (IOException alreadyGone) {
            // That is what was wanted.
        }
    }

    /** Returns the address of the end that is here. */
    public String nearAddress() {
        return address(1);
    }

    /** Returns the address of the end in the namespace. */
    public String farAddress() {
        return address(2);
    }

    private String address(int host) {
        int last = firstAddress + host;
        return "198." + (18 + (last >> 16)) + "." + ((last >> 8) & 0xff) + "." + (last & 0xff);
    }

    /**
     * Returns a command as it runs in the namespace.
     *
     * @param command the program and its arguments; none for what is to stand before those
     */
    public List<String> inside(List<String> command) {
        List<String> entered = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
        entered.addAll(command);
        return entered;
    }

    /**
     * Lets the namespace reach all that this process's own does by the near end.
     *
     * @throws IOException if the command fails
     */
    public void routeAllToNear() throws IOException {
        Commands.run("ip", "-n", namespace, "route", "add", "default", "via", nearAddress());
    }

    /**
     * Limits what goes to the namespace, in place of an earlier limit.
     *
     * @param bucket the limit
     * @throws IOException if the command fails
     */
    public void limitToFar(TokenBucket bucket) throws IOException {
        limit(List.of("tc"), near, bucket);
    }

    /**
     * Limits what comes from the namespace, in place of an earlier limit.
     *
     * @param bucket the limit
     * @throws IOException if the command fails
     */
    public void limitToNear(TokenBucket bucket) throws IOException {
        limit(List.of("tc", "-n", namespace), FAR, bucket);
    }

    private static void limit(List<String> tc, String device, TokenBucket bucket) throws IOException {
        List<String> command = new ArrayList<>(tc);
        command.addAll(List.of("qdisc", "replace", "dev", device, "root", "tbf"));
        command.addAll(List.of("rate", Long.toString(8 * bucket.bytesPerSecond())));
        command.addAll(List.of("burst", Integer.toString(bucket.burstBytes())));
        command.addAll(List.of("limit", Integer.toString(bucket.queueBytes())));
        Commands.run(command.toArray(String[]::new));
    }

    /**
     * Returns how many packets to the namespace the limit has had no room for.
     *
     * @throws IOException if the command fails
     */
    public long droppedToFar() throws IOException {
        Matcher dropped = DROPPED.matcher(Commands.run("tc", "-s", "qdisc", "show", "dev", near));
        return dropped.find() ? Long.parseLong(dropped.group(1)) : 0;
    }
}
