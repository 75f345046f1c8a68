package io.foreshard.addrsharding.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.addrsharding.dialect.FrrDialect;
import io.foreshard.addrsharding.route.RoutePlan;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FrrRunningTest {

    private static final RoutePlan PLAN = LabPlans.frr("10.64.0.0/20", "2001:db8:64:1::/64");
    private static final String ROUTER = "router bgp 64512";
    private static final String TEXT = new FrrDialect().render(PLAN).text();
    private static final FrrRunning WANTED = new FrrRunning(TEXT);

    private static List<String> changes(String running) {
        return new FrrRunning(running).changesTo(WANTED, ROUTER).lines().toList();
    }

    @Test
    void marksComeFromTheRouteMapOfEachNetwork() {
        Set<String> marks = Set.of("64512:100", "64512:1:100");
        assertEquals(Map.of("10.64.0.0/20", marks, "2001:db8:64:1::/64", marks), WANTED.marks());
    }

    @Test
    void aRouterThatHasAllGetsNoCommands() {
        assertEquals(List.of(ROUTER, "exit"), changes("frr version 8.4.4\nhostname x\n!\n" + TEXT));
    }

    @Test
    void whatIsMissingIsAdded() {
        String network = TEXT.lines()
                .filter(line -> line.contains("network 10.64.0.0/20"))
                .findFirst()
                .orElseThrow();
        assertEquals(
                List.of(ROUTER, " address-family ipv4 unicast", network, " exit-address-family", "exit"),
                changes(TEXT.replace(network + "\n", "")));
    }

    @Test
    void whatIsOursAndTooMuchIsTakenAway() {
        String running = TEXT.replace(
                        "  network 10.64.0.0/20",
                        "  neighbor 192.0.2.9 route-map FS-IN-old in\n  network 10.64.99.0/24\n  network 10.64.0.0/20")
                + "route-map FS-old permit 10\n set metric 1\nexit\nip prefix-list FS-old seq 5 permit 10.0.0.0/8\n";
        assertEquals(
                List.of(
                        ROUTER,
                        " address-family ipv4 unicast",
                        "  no network 10.64.99.0/24",
                        " exit-address-family",
                        " no neighbor 192.0.2.9",
                        "exit",
                        "no route-map FS-old permit 10",
                        "no ip prefix-list FS-old seq 5 permit 10.0.0.0/8"),
                changes(running));
    }

    @Test
    void whatIsOfOthersStays() {
        String others = """
                router ospf
                 network 10.0.0.0/8 area 0
                exit
                route-map OTHER permit 10
                 set metric 1
                exit
                ip prefix-list OTHER seq 5 permit any
                """;
        String neighbour = "  neighbor 203.0.113.9 route-map OTHER in\n  network 10.64.0.0/20";
        assertEquals(List.of(ROUTER, "exit"), changes(others + TEXT.replace("  network 10.64.0.0/20", neighbour)));
    }

    @Test
    void aLineThatAnotherReplacesIsNotTakenAway() {
        List<String> changes = changes(TEXT.replace(" set metric 50", " set metric 9\n set ip next-hop 1.2.3.4"));
        assertTrue(changes.contains(" set metric 50"), changes::toString);
        assertTrue(changes.contains(" no set ip next-hop 1.2.3.4"), changes::toString);
        assertFalse(changes.contains(" no set metric 9"), changes::toString);
    }

    @Test
    void noConfigurationFailsUntyped() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            StringBuilder text = new StringBuilder(TEXT);
            for (int j = random.nextInt(20); j >= 0; j--) {
                text.setCharAt(random.nextInt(text.length()), "\n !\t1x\u0000".charAt(random.nextInt(7)));
            }
            FrrRunning running = new FrrRunning(text.toString());
            assertTrue(running.marks().size() <= 2, "seed " + seed);
            assertTrue(running.changesTo(WANTED, ROUTER).endsWith("\n"), "seed " + seed);
        }
    }
}
