package io.foreshard.jmh.striping.live;

import io.foreshard.jmh.run.ContestantException;
import io.foreshard.jmh.way.Namespaces;
import java.util.ArrayList;
import java.util.List;

/**
 * A near and a far namespace, and between them a namespace for each relay, whose cable to the near one has a token bucket filter at both
 * ends: what goes over path i, by a relay or by the kernel's forwarding, goes no faster than that.
 */
final class Paths implements AutoCloseable {

    /** Where the far side is reached over every path. */
    static final String FAR_ADDRESS = "10.215.0.1";

    private static final String NEAR_DEVICE = "near";
    private static final String FAR_DEVICE = "far";

    private final Namespaces namespaces = new Namespaces("legs");
    private final List<String> middles = new ArrayList<>();
    private String near = "";
    private String far = "";

    private Paths() {}

    /**
     * Lays them.
     *
     * @param megabits the rate of each path
     * @throws ContestantException with the reason, if this is not allowed here or a tool is missing
     */
    static Paths lay(List<Integer> megabits) throws ContestantException, InterruptedException {
        Paths paths = new Paths();
        try {
            paths.layEnds(megabits.size());
            for (int rate : megabits) {
                paths.layPath(rate);
            }
            return paths;
        } catch (ContestantException e) {
            paths.close();
            throw e;
        }
    }

    private void layEnds(int count) throws ContestantException, InterruptedException {
        near = namespaces.add("a");
        far = namespaces.add("b");
        Namespaces.run("ip", "-n", far, "address", "add", FAR_ADDRESS + "/32", "dev", "lo");
        multipath(count);
    }

    /** Lets kernel MPTCP use the first paths only. */
    void multipath(int count) throws ContestantException, InterruptedException {
        String more = Integer.toString(count - 1);
        for (String end : List.of(near, far)) {
            Namespaces.run("ip", "-n", end, "mptcp", "limits", "set", "subflow", more, "add_addr_accepted", more);
        }
    }

    private void layPath(int megabits) throws ContestantException, InterruptedException {
        int path = middles.size();
        String middle = namespaces.add("r" + path);
        middles.add(middle);
        Namespaces.cable(near, NEAR_DEVICE + path, middle, NEAR_DEVICE);
        Namespaces.cable(middle, FAR_DEVICE, far, FAR_DEVICE + path);
        Namespaces.dress(near, NEAR_DEVICE + path, nearAddress(path, 1));
        Namespaces.dress(middle, NEAR_DEVICE, nearAddress(path, 2));
        Namespaces.dress(middle, FAR_DEVICE, farAddress(path, 1));
        Namespaces.dress(far, FAR_DEVICE + path, farAddress(path, 2));
        Namespaces.run("ip", "-n", middle, "route", "add", FAR_ADDRESS, "via", farAddress(path, 2));
        Namespaces.run("ip", "netns", "exec", middle, "sh", "-c", "echo 1 > /proc/sys/net/ipv4/ip_forward");
        Namespaces.run("ip", "-n", near, "route", "add", farAddress(path, 0) + "/24", "via", nearAddress(path, 2));
        Namespaces.run("ip", "-n", far, "route", "add", nearAddress(path, 0) + "/24", "via", farAddress(path, 1));
        rate(path, megabits);
        if (path > 0) {
            Namespaces.run(
                    "ip",
                    "-n",
                    far,
                    "mptcp",
                    "endpoint",
                    "add",
                    farAddress(path, 2),
                    "dev",
                    FAR_DEVICE + path,
                    "signal");
        }
    }

    private static String nearAddress(int path, int host) {
        return "10.213." + path + "." + host;
    }

    private static String farAddress(int path, int host) {
        return "10.214." + path + "." + host;
    }

    /** Returns where a relay listens. */
    static String relayAddress(int path) {
        return nearAddress(path, 2);
    }

    /** Returns where the far side is reached over one path. */
    static String farAddress(int path) {
        return farAddress(path, 2);
    }

    /** Sets how fast a path is from now on, both ways. */
    void rate(int path, double megabits) throws ContestantException, InterruptedException {
        rate(near, NEAR_DEVICE + path, megabits);
        rate(middles.get(path), NEAR_DEVICE, megabits);
    }

    private static void rate(String namespace, String device, double megabits)
            throws ContestantException, InterruptedException {
        String rate = Math.round(megabits * 1e3) + "kbit";
        Namespaces.run(
                "tc", "-n", namespace, "qdisc", "replace", "dev", device, "root", "tbf", "rate", rate, "burst", "64kb",
                "latency", "50ms");
    }

    /** From now on nothing comes through, and nobody is told. */
    void cut(int path) throws ContestantException, InterruptedException {
        Namespaces.run("ip", "-n", middles.get(path), "link", "set", NEAR_DEVICE, "down");
        Namespaces.run("ip", "-n", middles.get(path), "link", "set", FAR_DEVICE, "down");
    }

    /** Takes back {@link #cut}. */
    void mend(int path) throws ContestantException, InterruptedException {
        Namespaces.run("ip", "-n", middles.get(path), "link", "set", NEAR_DEVICE, "up");
        Namespaces.run("ip", "-n", middles.get(path), "link", "set", FAR_DEVICE, "up");
        Namespaces.run("ip", "-n", middles.get(path), "route", "replace", FAR_ADDRESS, "via", farAddress(path, 2));
    }

    /** Lets the kernel end all connections of a path's middle, as if either side had reset them. */
    void reset(int path) throws ContestantException, InterruptedException {
        Namespaces.run("ip", "netns", "exec", middles.get(path), "ss", "-K", "state", "established");
    }

    List<String> atNear(List<String> command) {
        return Namespaces.inside(near, command);
    }

    List<String> atFar(List<String> command) {
        return Namespaces.inside(far, command);
    }

    List<String> inMiddle(int path, List<String> command) {
        return Namespaces.inside(middles.get(path), command);
    }

    @Override
    public void close() {
        namespaces.close();
    }
}
