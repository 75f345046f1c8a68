package io.foreshard.jmh.stacks;

import io.foreshard.examples.harness.StackImages;
import io.foreshard.jmh.ComparisonSettings;
import io.foreshard.jmh.Contest;
import io.foreshard.jmh.figure.Figure;
import io.foreshard.jmh.figure.Peer;
import io.foreshard.jmh.figure.Target;
import io.foreshard.stackvirt.spi.StackId;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * How long it takes until a frozen JVM in a container has answered a message: from the call that thaws it to the answer, the message sent once
 * it is thawed. Beside it what it takes from nothing.
 */
public final class ThawContest implements Contest {

    private static final String NAME = "thaw";
    private static final Target MEDIAN = Target.atMost(2);
    private static final Target TAIL = Target.atMost(25);
    private static final int SAMPLES = 1000;
    private static final int WARM_UP = 50;
    private static final int COLD = 9;
    private static final double MICROS_PER_MILLI = 1e3;

    /** Makes the contest. */
    public ThawContest() {}

    @Override
    public void run(ComparisonSettings settings, Consumer<Figure> figures) throws IOException {
        settings.say(NAME);
        Optional<String> obstacle = StackImages.obstacle("runc");
        if (obstacle.isPresent()) {
            Peer why = Peer.skipped("runc", obstacle.get());
            figures.accept(Figure.open(NAME, "ms-p50", MEDIAN, why));
            figures.accept(Figure.open(NAME + "/p99", "ms", TAIL, why));
            return;
        }
        try (Containers containers = new Containers(settings.work())) {
            double cold = millis(cold(containers), 0.5);
            long[] warm = thaws(containers);
            Peer beside = Peer.of("cold-start", cold);
            figures.accept(new Figure(NAME, millis(warm, 0.5), "ms-p50", MEDIAN, List.of(beside)));
            figures.accept(new Figure(
                    NAME + "/p99",
                    millis(warm, 0.99),
                    "ms",
                    TAIL,
                    List.of(beside, Peer.of("p90", millis(warm, 0.9)), Peer.of("worst", millis(warm, 1)))));
        }
    }

    private static double millis(long[] sorted, double level) {
        return Echo.micros(sorted, level) / MICROS_PER_MILLI;
    }

    private static long[] cold(Containers containers) throws IOException {
        long[] nanos = new long[COLD];
        for (int i = 0; i < COLD; i++) {
            long begin = System.nanoTime();
            StackId id = containers.start();
            Echo echo = Echo.connect(containers.engine(), id, containers.loop());
            echo.run(1);
            nanos[i] = System.nanoTime() - begin;
            echo.close();
            Echo.done(containers.engine().destroy(id));
        }
        Arrays.sort(nanos);
        return nanos;
    }

    private static long[] thaws(Containers containers) throws IOException {
        StackId id = containers.start();
        Echo echo = Echo.connect(containers.engine(), id, containers.loop());
        long[] nanos = new long[SAMPLES];
        for (int i = -WARM_UP; i < SAMPLES; i++) {
            Echo.done(containers.engine().freeze(id));
            long begin = System.nanoTime();
            CompletionStage<long[]> answered = containers.engine().thaw(id).thenCompose(thawed -> echo.begin(1));
            Echo.done(answered);
            if (i >= 0) {
                nanos[i] = System.nanoTime() - begin;
            }
        }
        echo.close();
        Arrays.sort(nanos);
        return nanos;
    }
}
