package io.foreshard.examples.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RouterLabTest {

    private static final String BIRD = "router id 192.0.2.2;\nprotocol device {}\n";

    @Test
    void routersAnswerAndNothingOfThemIsLeftAfterwards() throws IOException, InterruptedException {
        Optional<String> obstacle = RouterLab.obstacle();
        assumeTrue(obstacle.isEmpty(), () -> "skipped: " + obstacle.orElse(""));
        RouterLab lab;
        List<ProcessHandle> routers;
        try (Cleanup cleanup = new Cleanup("test")) {
            lab = RouterLab.start("hostname lab\n", BIRD, cleanup);
            awaitAnswers(lab);
            assertTrue(lab.kernelRoutesOfFrr(false).contains("192.0.2.0/30"));
            assertTrue(lab.kernelRoutesOfBird(true).contains("2001:db8:ffff::/64"));
            routers = ProcessHandle.current().descendants().toList();
            assertTrue(routers.size() >= 3, routers::toString);
        }
        assertFalse(Files.exists(lab.birdSocket().getParent()));
        assertFalse(Commands.run("ip", "netns", "list")
                .contains("routers-" + ProcessHandle.current().pid() + "-"));
        assertEquals(List.of(), routers.stream().filter(ProcessHandle::isAlive).toList());
    }

    private static void awaitAnswers(RouterLab lab) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        String last = "";
        while (System.nanoTime() < deadline) {
            try {
                if (lab.askFrr("show version").contains("FRRouting")
                        && lab.askBird("show status").contains("up")) {
                    return;
                }
            } catch (IOException notYet) {
                last = notYet.toString();
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        throw new AssertionError("no answers: " + last);
    }
}
