package io.foreshard.examples.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.examples.harness.Cleanup;
import io.foreshard.examples.harness.Commands;
import io.foreshard.examples.harness.Transcript;
import io.foreshard.examples.harness.Transports;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {

    private final Transcript said = new Transcript();

    @TempDir
    Path folder;

    private int run(String... arguments) {
        return new Main().run(said.outStream(), said.errStream(), arguments);
    }

    @AfterEach
    void nothingIsLeftBehind() throws IOException {
        assertEquals(List.of(), ProcessHandle.current().descendants().toList(), "processes");
        if (Commands.find("ip").isPresent()) {
            String mine = Long.toString(ProcessHandle.current().pid());
            assertFalse(Commands.run("ip", "netns", "list").contains("example-" + mine + "-"), "namespaces");
            assertFalse(Commands.run("ip", "-brief", "link").contains("ex" + mine + "x"), "cables");
        }
    }

    /** In namespaces for who may make them, else through relays. */
    @Tag("sockets")
    @Test
    void bothServersAnswerWholeWithAndWithoutTheShaperAndCountsAddUp() throws IOException {
        Path report = folder.resolve("reports").resolve("report.html");
        int exit = run("--seconds", "3", "--report", report.toString());
        assertEquals(0, exit, () -> said.out() + said.err());
        assertTrue(said.out().contains("were whole, and what clients, gateway and servers counted agrees"), said.out());
        assertTrue(said.err().contains("with shaper  3/3 s"), said::err);
        String page = Files.readString(report);
        assertTrue(page.contains("<svg") && page.contains("Small requests over time"));
        assertTrue(page.contains("What the shaper decided") || page.contains("saw nothing to limit"));
    }

    @Tag("sockets")
    @Test
    void throughRelaysItIsTheSame() throws IOException {
        Scenario scenario = new Scenario(1, 1, false);
        Transcript live = new Transcript();
        try (Cleanup cleanup = new Cleanup(Main.NAME)) {
            EventLoopGroup group = Transports.group(1, cleanup);
            List<Site> sites = Sites.start(scenario, Transports.nioGroup(cleanup), cleanup);
            Sight sight = Sight.open(group, sites, cleanup);
            LiveLines lines =
                    new LiveLines(new PrintWriter(live.outStream(), true, StandardCharsets.UTF_8), "relays", 1);
            RunResult result = new Run(scenario, sites, sight, group, lines).run(true);
            for (SiteResult site : result.sites()) {
                assertTrue(site.whole() > 0, site::name);
                assertEquals(0, site.damaged(), site::name);
                assertTrue(
                        site.addsUp(),
                        () -> site.name() + " answered " + site.served() + ", " + site.uploads() + ", whole "
                                + site.whole());
            }
        }
        assertEquals(1, live.out().lines().count(), live::out);
    }

    @Test
    void saysInOneLineWhatIsWrongWithAnArgument() {
        assertEquals(2, run("--seconds", "2"));
        assertEquals(
                "ingress-gateway: --seconds: 2 (expected: 3…600) (see --help)",
                said.err().strip());
    }

    @Test
    void saysInOneLineThatAnOptionIsUnknown() {
        assertEquals(2, run("--speed", "9"));
        assertEquals(1, said.err().strip().lines().count(), said::err);
    }

    @Test
    void explainsItself() {
        assertEquals(0, run("--help"));
        for (String option : new String[] {"--seconds", "--report", "--no-namespaces", "--seed"}) {
            assertTrue(said.out().contains(option), said::out);
        }
    }
}
