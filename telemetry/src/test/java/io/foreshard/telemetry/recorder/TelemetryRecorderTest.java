package io.foreshard.telemetry.recorder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.coreapi.NodeLoad;
import io.foreshard.coreapi.PathSample;
import io.foreshard.simulator.Property;
import io.foreshard.simulator.SeededRandom;
import io.foreshard.telemetry.AddressPrefix;
import io.foreshard.telemetry.TelemetryReason;
import io.foreshard.telemetry.recorder.TelemetryRecord.OfLoad;
import io.foreshard.telemetry.recorder.TelemetryRecord.OfPath;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TelemetryRecorderTest {

    private static final InetSocketAddress SERVER = new InetSocketAddress("10.1.2.3", 8080);
    private static final long SECOND = 1_000_000_000;
    private static final Executor INLINE = Runnable::run;

    @TempDir
    private Path folder;

    private Instant now = Instant.parse("2026-11-21T12:00:00Z");

    @Test
    void whatIsReadIsWhatWasTold() {
        Property.named("recording and reading give the same bits")
                .runs(60)
                .maxSize(200)
                .check((random, size) -> {
                    Path own = folder.resolve("run-" + random.nextLong());
                    TelemetryRecorder recorder = TelemetryRecorder.builder(own, INLINE, () -> now)
                            .maxFileBytes(4096)
                            .maxFiles(1000)
                            .build();
                    List<TelemetryRecord> told = new ArrayList<>();
                    for (int i = 0; i < size; i++) {
                        now = now.plusNanos(random.nextInt(1_000_000_000));
                        told.add(tell(recorder, random));
                    }
                    recorder.close().join();
                    List<TelemetryRecord> read = new ArrayList<>();
                    assertEquals(0, TelemetryReader.of(own).forEach(read::add));
                    assertEquals(told, read);
                    assertEquals(
                            0,
                            recorder.counters().snapshot().values().stream()
                                    .mapToLong(Long::longValue)
                                    .sum());
                });
    }

    @Test
    void aSeriesComesBackWithItsGaps() throws IOException {
        TelemetryRecorder recorder = recorder(INLINE);
        for (int second : new int[] {0, 1, 2, 5, 6}) {
            now = Instant.ofEpochSecond(1_000_000 + second);
            recorder.onLoad(SERVER, new NodeLoad(second / 10.0, 0.9, Double.NaN, 0, 1));
        }
        recorder.close().join();
        TelemetryReader reader = TelemetryReader.of(folder);
        assertEquals(Set.of("10.1.2.3:8080"), reader.destinations());
        RecordedSeries cpu = reader.series("10.1.2.3:8080", RecordedFact.CPU, Duration.ofSeconds(1), 100);
        double nan = Double.NaN;
        assertArrayEquals(new double[] {0, 0.1, 0.2, nan, nan, 0.5, 0.6}, cpu.values());
        assertEquals(1_000_000 * SECOND, cpu.startEpochNanos());
        assertArrayEquals(
                new double[] {0.5, 0.6},
                reader.series("10.1.2.3:8080", RecordedFact.CPU, Duration.ofSeconds(1), 2)
                        .values());
        assertEquals(
                0.6,
                reader.series("10.1.2.3:8080", RecordedFact.COMBINED_LOAD, Duration.ofDays(1), 2)
                        .values()[0],
                0.31);
        assertEquals(
                0,
                reader.series("10.1.2.3:8080", RecordedFact.LATENCY, Duration.ofSeconds(1), 9)
                        .values()
                        .length);
        assertEquals(
                0,
                reader.series("elsewhere", RecordedFact.CPU, Duration.ofSeconds(1), 9)
                        .values()
                        .length);
    }

    @Test
    void aClockThatWasSetBackLeavesASeriesOfWhatCameAfterwards() throws IOException {
        TelemetryRecorder recorder = recorder(INLINE);
        now = Instant.ofEpochSecond(1_030_000);
        recorder.onLoad(SERVER, new NodeLoad(1, 0.9, Double.NaN, 0, 1));
        for (int second = 0; second < 20; second++) {
            now = Instant.ofEpochSecond(1_000_000 + second);
            recorder.onLoad(SERVER, new NodeLoad(0.5, 0.9, Double.NaN, 0, 1));
        }
        recorder.close().join();
        RecordedSeries cpu =
                TelemetryReader.of(folder).series("10.1.2.3:8080", RecordedFact.CPU, Duration.ofSeconds(1), 10);
        double[] known = new double[10];
        Arrays.fill(known, 0.5);
        assertArrayEquals(known, cpu.values());
        assertEquals(1_000_010 * SECOND, cpu.startEpochNanos());
    }

    @Test
    void beginsAFileEachDayAndAtASizeAndDeletesTheOldest() throws IOException {
        TelemetryRecorder recorder = TelemetryRecorder.builder(folder, INLINE, () -> now)
                .maxFileBytes(4096)
                .maxFiles(3)
                .build();
        Files.createFile(folder.resolve("telemetry-of-mine.csv"));
        for (int i = 0; i < 1000; i++) {
            recorder.onLoad(SERVER, new NodeLoad(0.5, 0.5, 0.5, 0, 1));
        }
        now = now.plus(Duration.ofDays(1));
        recorder.onLoad(SERVER, new NodeLoad(0.25, 0.5, 0.5, 0, 1));
        recorder.close().join();
        List<String> names = RecordFiles.list(folder).stream()
                .map(path -> path.getFileName().toString())
                .toList();
        assertEquals(3, names.size());
        assertEquals("telemetry-2026-11-22-0.csv", names.get(2));
        assertTrue(names.get(1).startsWith("telemetry-2026-11-21-"));
        assertTrue(Files.exists(folder.resolve("telemetry-of-mine.csv")), "only files of its own are deleted");
        for (Path file : RecordFiles.list(folder)) {
            assertTrue(Files.size(file) <= 4096);
        }
    }

    @Test
    void aRestartGoesOnInANewFileAndACutLineIsSkipped() throws IOException {
        TelemetryRecorder before = recorder(INLINE);
        before.onLoad(SERVER, new NodeLoad(0.5, 0.5, 0.5, 0, 1));
        before.flush().join();
        Files.writeString(RecordFiles.list(folder).get(0), "179000,load,10.1.2", StandardOpenOption.APPEND);
        TelemetryRecorder after = recorder(INLINE);
        after.onLoad(SERVER, new NodeLoad(0.75, 0.5, 0.5, 0, 1));
        after.close().join();
        List<TelemetryRecord> read = new ArrayList<>();
        assertEquals(1, TelemetryReader.of(folder).forEach(read::add));
        assertEquals(2, read.size());
    }

    @Test
    void whatFindsTheQueueFullIsCountedAndForgotten() throws IOException {
        Deque<Runnable> tasks = new ArrayDeque<>();
        TelemetryRecorder recorder = TelemetryRecorder.builder(folder, tasks::add, () -> now)
                .maxWaiting(10)
                .build();
        for (int i = 0; i < 25; i++) {
            recorder.onLoad(SERVER, new NodeLoad(0.5, 0.5, 0.5, 0, 1));
        }
        assertEquals(15, recorder.counters().get(TelemetryReason.RECORD_DROPPED));
        assertEquals(1, tasks.size(), "one task at a time");
        tasks.remove().run();
        assertEquals(10, read().size());
        CompletableFuture<Void> closed = recorder.close();
        recorder.onLoad(SERVER, new NodeLoad(0.5, 0.5, 0.5, 0, 1));
        tasks.remove().run();
        assertTrue(closed.isDone());
        assertEquals(16, recorder.counters().get(TelemetryReason.RECORD_DROPPED));
    }

    @Test
    void anExecutorThatRefusesAndADiskThatFailsAreCounted() throws IOException {
        TelemetryRecorder refused = recorder(task -> {
            throw new RejectedExecutionException("over");
        });
        refused.onLoad(SERVER, new NodeLoad(0.5, 0.5, 0.5, 0, 1));
        assertEquals(1, refused.counters().get(TelemetryReason.RECORD_DROPPED));
        assertTrue(refused.flush().isDone());
        assertTrue(refused.close().isCompletedExceptionally(), "nobody closed the file");

        Path file = Files.createFile(folder.resolve("a-file"));
        TelemetryRecorder failing =
                TelemetryRecorder.builder(file, INLINE, () -> now).build();
        failing.onLoad(SERVER, new NodeLoad(0.5, 0.5, 0.5, 0, 1));
        assertEquals(1, failing.counters().get(TelemetryReason.RECORD_FAILED));
        Files.delete(file);
        failing.onLoad(SERVER, new NodeLoad(0.5, 0.5, 0.5, 0, 1));
        failing.close().join();
        assertEquals(1, failing.counters().get(TelemetryReason.RECORD_FAILED), "it works again");
        assertEquals(1, RecordFiles.list(file).size());
    }

    @Test
    void aDestinationCannotBreakALine() {
        assertEquals("a_b_c_d", RecordFormat.text("a,b\nc\u00e9d"));
        assertEquals("[::1]:80", RecordFormat.text(new InetSocketAddress(NetUtil.LOCALHOST6, 80)));
        assertEquals(128, RecordFormat.text("x".repeat(1000)).length());
        assertEquals("10.0.0.0/8", RecordFormat.text(AddressPrefix.parse("10.0.0.0/8")));
    }

    @Test
    void anyLineIsReadOrSkipped() {
        Property.named("mutated lines never throw").runs(2000).maxSize(20).check((random, size) -> {
            StringBuilder line = new StringBuilder("1790000000000000000,load,10.1.2.3:8080,0.5,0.25,,1.0");
            for (int i = 0; i < random.nextInt(size + 1); i++) {
                int at = random.nextInt(line.length());
                line.setCharAt(at, (char)
                        (random.nextInt(4) == 0
                                ? random.nextInt(65_536)
                                : " ,.-eNaNI0123456789".charAt(random.nextInt(19))));
            }
            TelemetryRecord read = RecordFormat.read(line.toString());
            if (read != null) {
                assertEquals(read, RecordFormat.read(RecordFormat.line(read)));
            }
        });
        assertNull(RecordFormat.read("1,load,x,2.0,,,1.0"), "a share above 1");
        assertNull(RecordFormat.read("1,walk,x,0.5,,,1.0"));
        assertNull(RecordFormat.read(""));
    }

    private TelemetryRecorder recorder(Executor executor) {
        return TelemetryRecorder.builder(folder, executor, () -> now).build();
    }

    private List<TelemetryRecord> read() throws IOException {
        List<TelemetryRecord> read = new ArrayList<>();
        TelemetryReader.of(folder).forEach(read::add);
        return read;
    }

    private TelemetryRecord tell(TelemetryRecorder recorder, SeededRandom random) throws IOException {
        Object destination = destination(random);
        long ageNanos = random.nextInt(3) == 0 ? random.nextLong(SECOND) : 0;
        long epochNanos = now.getEpochSecond() * SECOND + now.getNano() - ageNanos;
        String text = RecordFormat.text(destination);
        double confidence = random.nextDouble();
        if (random.nextBoolean()) {
            double cpu = share(random);
            double memory = share(random);
            double network = share(random);
            recorder.onLoad(destination, new NodeLoad(cpu, memory, network, ageNanos, confidence));
            return new OfLoad(epochNanos, text, new NodeLoad(cpu, memory, network, 0, confidence));
        }
        long latency = random.nextLong(-1, 1L << 40);
        double bandwidth = random.nextInt(3) == 0 ? Double.NaN : random.nextDouble() * 1e12;
        double loss = share(random);
        recorder.onPath(destination, new PathSample(latency, bandwidth, loss, ageNanos, confidence));
        return new OfPath(epochNanos, text, new PathSample(latency, bandwidth, loss, 0, confidence));
    }

    private static Object destination(SeededRandom random) throws IOException {
        InetAddress address = InetAddress.getByAddress(random.bytes(random.nextBoolean() ? 4 : 16));
        return random.nextBoolean()
                ? AddressPrefix.of(address, random.nextInt(33))
                : new InetSocketAddress(address, random.nextInt(65_536));
    }

    private static double share(SeededRandom random) {
        return Stream.of(Double.NaN, 0.0, 1.0, random.nextDouble())
                .skip(random.nextInt(4))
                .findFirst()
                .orElseThrow();
    }
}
