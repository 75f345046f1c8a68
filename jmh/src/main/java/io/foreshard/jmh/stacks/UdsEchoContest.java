package io.foreshard.jmh.stacks;

import io.foreshard.examples.harness.StackImages;
import io.foreshard.jmh.ComparisonSettings;
import io.foreshard.jmh.Contest;
import io.foreshard.jmh.figure.Figure;
import io.foreshard.jmh.figure.Peer;
import io.foreshard.jmh.figure.Target;
import io.foreshard.jmh.run.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * How long 64 bytes take to a stack in a container and back, over the link as shipped; beside it the barest echo over a unix socket that Java
 * has, between two processes of this machine. Rounds take turns; medians of their medians.
 */
public final class UdsEchoContest implements Contest {

    private static final String NAME = "uds-echo";
    private static final Target TIMES = Target.atMost(1.5);
    private static final int ROUNDS = 5;
    private static final int WARM_UP = 20_000;
    private static final int SAMPLES = 20_000;
    private static final int PAUSES = 500;

    /** Makes the contest. */
    public UdsEchoContest() {}

    @Override
    public void run(ComparisonSettings settings, Consumer<Figure> figures) throws IOException, InterruptedException {
        settings.say(NAME);
        Optional<String> obstacle = StackImages.obstacle("runc");
        if (obstacle.isPresent()) {
            figures.accept(Figure.open(NAME, "times-bare", TIMES, Peer.skipped("runc", obstacle.get())));
            return;
        }
        double[] ours = new double[ROUNDS];
        double[] tails = new double[ROUNDS];
        double[] bare = new double[ROUNDS];
        try (Containers containers = new Containers(settings.work())) {
            Echo echo = Echo.connect(containers.engine(), containers.start(), containers.loop());
            echo.run(WARM_UP);
            for (int round = 0; round < ROUNDS; round++) {
                long[] nanos = echo.run(SAMPLES);
                ours[round] = Echo.micros(nanos, 0.5);
                tails[round] = Echo.micros(nanos, 0.99);
                bare[round] = Echo.micros(bare(settings.work()), 0.5);
            }
            echo.close();
        }
        figures.accept(new Figure(
                NAME,
                median(ours) / median(bare),
                "times-bare",
                TIMES,
                List.of(
                        Peer.of("bare-us", median(bare)),
                        Peer.of("through-container-us", median(ours)),
                        Peer.of("through-container-p99-us", median(tails)))));
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static long[] bare(Path work) throws IOException, InterruptedException {
        Path socket = work.resolve("bare");
        Path ready = work.resolve("bare.ready");
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        try (Processes processes = new Processes()) {
            processes.start(
                    List.of(
                            java.toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            BareEcho.class.getName(),
                            socket.toString(),
                            ready.toString()),
                    work.resolve("bare.log"));
            for (int i = 0; i < PAUSES && !Files.exists(ready); i++) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
            return BareEcho.run(socket, WARM_UP, SAMPLES);
        } finally {
            Files.deleteIfExists(ready);
            // The other side was ended before it could do so.
            Files.deleteIfExists(socket);
        }
    }
}
