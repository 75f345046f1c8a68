package io.foreshard.telemetry.probe;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.channel.epoll.Epoll;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A real router: three network namespaces in a row, the one in the middle forwards. */
@Tag("sockets")
class HopNamespacesTest {

    private static final Pattern TWO_HOPS = Pattern.compile(
            "true .*Hop\\[number=1, roundTripNanos=(\\d+)], Hop\\[number=2, roundTripNanos=(\\d+)]], reached=true");

    private static final String UP = """
            ip netns add $0a && ip netns add $0r && ip netns add $0b || exit 1
            ip -n $0a link add v0 type veth peer name v1 netns $0r
            ip -n $0r link add v2 type veth peer name v3 netns $0b
            ip -n $0a addr add 10.9.1.1/24 dev v0
            ip -n $0r addr add 10.9.1.2/24 dev v1
            ip -n $0r addr add 10.9.2.1/24 dev v2
            ip -n $0b addr add 10.9.2.2/24 dev v3
            ip -n $0a link set dev v0 up && ip -n $0r link set dev v1 up
            ip -n $0r link set dev v2 up && ip -n $0b link set dev v3 up
            ip -n $0a route add default via 10.9.1.2
            ip -n $0b route add default via 10.9.2.1
            ip netns exec $0r sh -c 'echo 1 > /proc/sys/net/ipv4/ip_forward'
            """;

    private static final String DOWN = "for n in a r b; do ip netns del $0$n; done";

    @Test
    void theRouterIsTheFirstHopAndTheHostBehindItTheSecond() throws Exception {
        assumeTrue(Epoll.isAvailable(), "skipped: epoll is not there");
        String name = "foreshard" + ProcessHandle.current().pid();
        try {
            assumeTrue(
                    run("sh", "-c", UP, name).isEmpty(),
                    "skipped: no network namespaces (expected: root and iproute2)");
            String said = run(
                    "ip",
                    "netns",
                    "exec",
                    name + "a",
                    ProcessHandle.current().info().command().orElse("java"),
                    "-cp",
                    System.getProperty("java.class.path"),
                    HopsThroughRouter.class.getName(),
                    "10.9.2.2");
            Matcher hops = TWO_HOPS.matcher(said);
            assertTrue(hops.find(), said);
            assertTrue(Long.parseLong(hops.group(1)) > 0 && Long.parseLong(hops.group(2)) > 0, said);
        } finally {
            run("sh", "-c", DOWN, name);
        }
    }

    private static String run(String... command) throws IOException, InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            try (InputStream output = process.getInputStream()) {
                String said = new String(output.readAllBytes(), StandardCharsets.UTF_8);
                assertTrue(process.waitFor(30, TimeUnit.SECONDS));
                return said;
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException notThere) {
            return notThere.toString();
        }
    }
}
