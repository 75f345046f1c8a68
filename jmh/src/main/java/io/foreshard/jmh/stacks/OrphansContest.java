package io.foreshard.jmh.stacks;

import io.foreshard.examples.harness.StackImages;
import io.foreshard.jmh.ComparisonSettings;
import io.foreshard.jmh.Contest;
import io.foreshard.jmh.figure.Figure;
import io.foreshard.jmh.figure.Peer;
import io.foreshard.jmh.figure.Target;
import io.foreshard.jmh.run.Processes;
import io.foreshard.stackvirt.engine.oci.OciEngine;
import io.foreshard.stackvirt.spi.FoundStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What is left after so many stacks were created and destroyed while the process that did so was killed at random points, and each time a new
 * engine had ended what it found. Counted are containers, processes, control groups, mounts and files, by looking at the machine.
 */
public final class OrphansContest implements Contest {

    private static final String NAME = "orphans";
    private static final Target NONE = Target.atMost(0);
    private static final List<String> RUNTIMES = List.of("runc", "crun", "runsc");
    private static final int CYCLES = 100;
    private static final int QUICK_CYCLES = 8;
    private static final int MOST_KILLS = 200;
    private static final int CYCLES_BETWEEN_KILLS = 5;
    private static final int PAUSE_MILLIS = 5;
    private static final int START_PAUSES = 1000;
    private static final int CYCLE_PAUSES = 12_000;

    /** Makes the contest. */
    public OrphansContest() {}

    @Override
    public void run(ComparisonSettings settings, Consumer<Figure> figures) throws IOException, InterruptedException {
        for (String runtime : RUNTIMES) {
            settings.say(NAME + ": " + runtime);
            Optional<String> obstacle = StackImages.obstacle(runtime);
            if (obstacle.isPresent()) {
                figures.accept(Figure.open(NAME + "/" + runtime, "left", NONE, Peer.skipped(runtime, obstacle.get())));
            } else {
                figures.accept(run(settings, runtime));
            }
        }
    }

    private static Figure run(ComparisonSettings settings, String runtime) throws IOException, InterruptedException {
        Path image = StackImages.build("busybox", settings.work().resolve("images"), List.of());
        Path state = Files.createTempDirectory("fs");
        Path count = settings.work().resolve(NAME + "." + runtime);
        String owner = "o" + Long.toString(ProcessHandle.current().pid(), Character.MAX_RADIX);
        Random random = new Random(settings.seed());
        int cycles = settings.quick() ? QUICK_CYCLES : CYCLES;
        int kills = 0;
        int found = 0;
        int longest = 0;
        while (done(count) < cycles && kills < MOST_KILLS) {
            int millis = kills == 0 ? 0 : random.nextInt(longest);
            int took = killed(settings, runtime, state, image, owner, kills * 1000L + 1, count, millis);
            longest = kills == 0 ? CYCLES_BETWEEN_KILLS * took : longest;
            kills++;
            try (OciEngine engine = OciEngine.builder(OrphanRun.runtime(runtime), state, Runnable::run)
                    .build()) {
                for (FoundStack rest : Echo.done(engine.find(owner))) {
                    found++;
                    Echo.done(engine.destroy(rest.id()));
                }
            }
        }
        int left = left(state, owner);
        Containers.delete(state);
        return new Figure(
                NAME + "/" + runtime,
                left,
                "left",
                NONE,
                List.of(
                        Peer.of("cycles", (double) done(count)),
                        Peer.of("kills", kills),
                        Peer.of("found-and-ended", found)));
    }

    private static long done(Path count) throws IOException {
        return Files.exists(count) ? Files.size(count) : 0;
    }

    /** Runs a process for so long after it has begun to make stacks, or for a whole cycle if that is 0, then kills it; returns how long that was. */
    private static int killed(
            ComparisonSettings settings,
            String runtime,
            Path state,
            Path image,
            String owner,
            long first,
            Path count,
            int millis)
            throws IOException, InterruptedException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        try (Processes processes = new Processes()) {
            Process process = processes.start(
                    List.of(
                            java.toString(),
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            OrphanRun.class.getName(),
                            runtime,
                            state.toString(),
                            image.toString(),
                            owner,
                            Long.toString(first),
                            count.toString()),
                    settings.work().resolve("orphan.log"));
            Path begun = state.resolve("fs-" + owner + "-orphan-" + first);
            for (int i = 0; i < START_PAUSES && process.isAlive() && !Files.exists(begun); i++) {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
            long begin = System.nanoTime();
            TimeUnit.MILLISECONDS.sleep(millis);
            for (int i = 0; i < CYCLE_PAUSES && millis == 0 && process.isAlive() && done(count) == 0; i++) {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
            if (!process.isAlive()) {
                throw new IOException(
                        "orphan: " + Files.readString(settings.work().resolve("orphan.log")));
            }
            return 1 + (int) TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
        }
    }

    private static int left(Path state, String owner) throws IOException {
        String name = "fs-" + owner + "-";
        int left = 0;
        try (Stream<Path> files = Files.walk(state)) {
            left += (int) files.filter(file -> file.getFileName().toString().startsWith(name))
                    .count();
        }
        try (Stream<Path> groups = Files.find(
                Path.of("/sys/fs/cgroup"),
                12,
                (file, attributes) -> attributes.isDirectory()
                        && file.getFileName().toString().startsWith(name))) {
            left += (int) groups.count();
        }
        left += (int) Files.readAllLines(Path.of("/proc/self/mountinfo")).stream()
                .filter(line -> line.contains(state.toString()))
                .count();
        left += (int) ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(name))
                .count();
        return left;
    }
}
