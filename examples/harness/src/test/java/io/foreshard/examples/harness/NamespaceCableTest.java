package io.foreshard.examples.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NamespaceCableTest {

    private static final TokenBucket WIDE = new TokenBucket(1_000_000, 16_000, 64_000);
    private static final TokenBucket NARROW = new TokenBucket(250_000, 16_000, 64_000);

    @BeforeEach
    void onlyWhereItIsAllowed() {
        assumeTrue(NamespaceCable.isAllowed(), "needs root, ip and tc");
    }

    private static String inside(NamespaceCable cable, String... command) throws IOException {
        return Commands.run(cable.inside(List.of(command)).toArray(String[]::new));
    }

    @Test
    void leadsToAnotherNamespaceAndIsGoneAfterwards() throws IOException {
        InetAddress near;
        try (Cleanup cleanup = new Cleanup("test")) {
            NamespaceCable cable = NamespaceCable.lay(3, cleanup);
            near = Inet4Address.getByName(cable.nearAddress());
            assertNotNull(NetworkInterface.getByInetAddress(near));
            assertTrue(inside(cable, "ip", "-brief", "address").contains(cable.farAddress() + "/30"));
            assertThrows(IOException.class, () -> inside(cable, "ip", "route", "get", "203.0.113.1"));
            cable.routeAllToNear();
            assertTrue(inside(cable, "ip", "route", "get", "203.0.113.1").contains("via " + cable.nearAddress()));
        }
        assertNull(NetworkInterface.getByInetAddress(near));
        assertFalse(Commands.run("ip", "netns", "list")
                .contains("example-" + ProcessHandle.current().pid() + "-"));
    }

    @Test
    void cablesOfOneProcessHaveAddressesOfTheirOwn() throws IOException {
        try (Cleanup cleanup = new Cleanup("test")) {
            NamespaceCable first = NamespaceCable.lay(0, cleanup);
            NamespaceCable second = NamespaceCable.lay(1, cleanup);
            assertNotEquals(first.nearAddress(), second.nearAddress());
            assertNotEquals(first.farAddress(), second.farAddress());
        }
    }

    @Test
    void aLimitTakesTheEarlierOnesPlaceOnEitherEnd() throws IOException {
        try (Cleanup cleanup = new Cleanup("test")) {
            NamespaceCable cable = NamespaceCable.lay(2, cleanup);
            cable.limitToNear(WIDE);
            cable.limitToNear(NARROW);
            List<String> limits = new ArrayList<>();
            inside(cable, "tc", "qdisc", "show", "dev", "far").lines().forEach(limits::add);
            assertEquals(1, limits.size(), limits::toString);
            assertTrue(limits.get(0).contains("tbf") && limits.get(0).contains("rate 2Mbit"), limits::toString);
            assertEquals(0, cable.droppedToFar());
            cable.limitToFar(WIDE);
            assertEquals(0, cable.droppedToFar());
        }
    }

    @Test
    void whatAKilledProgramLeftIsRemovedAndWhatALivingOneHasStays() throws IOException {
        String dead = "example-" + deadPid() + "-0";
        Commands.run("ip", "netns", "add", dead);
        try (Cleanup cleanup = new Cleanup("test")) {
            NamespaceCable cable = NamespaceCable.lay(0, cleanup);
            NamespaceCable.removeLeftovers();
            assertFalse(Commands.run("ip", "netns", "list").contains(dead));
            assertTrue(inside(cable, "ip", "-brief", "link").contains("far"));
        }
    }

    private static long deadPid() throws IOException {
        Process process = new ProcessBuilder("true").start();
        process.onExit().join();
        return process.pid();
    }
}
