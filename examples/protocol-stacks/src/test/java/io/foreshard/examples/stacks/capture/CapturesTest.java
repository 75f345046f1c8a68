package io.foreshard.examples.stacks.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CapturesTest {

    private static Path folder() {
        Path folder = Path.of(System.getProperty("foreshard.data", "../shared/data"), "flows", "pcap");
        assumeTrue(Files.isDirectory(folder), () -> "skipped: no captures in " + folder.toAbsolutePath());
        return folder;
    }

    private static Capture find(List<Capture> captures, String name) {
        return captures.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void queriesAndRoutesAreFoundInRecordedCaptures() throws IOException {
        List<Capture> captures = Captures.read(folder());
        assertEquals(11, find(captures, "1kxun.pcap").messages().size());
        Capture raw = find(captures, "ocs.pcap");
        assertEquals(Protocol.DNS, raw.protocol());
        assertEquals(8, raw.messages().size());
        assertEquals(56_468.0, (double) raw.messages().get(7).offsetMillis(), 5);
    }

    @Test
    void bgpMessagesAreCutOutOfSegmentsBehindCiscoHeaders() throws IOException {
        Capture bgp = find(Captures.read(folder()), "BGP_Cisco_hdlc_slarp.pcap");
        assertEquals(Protocol.BGP, bgp.protocol());
        assertEquals(
                List.of(1, 1, 4, 4, 5, 2, 2, 5, 2, 4),
                bgp.messages().stream()
                        .map(each -> (int) each.message().get(18))
                        .toList());
    }

    @Test
    void whateverIsInAFileReadingEnds() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(folder())) {
            files = all.filter(file -> file.toString().matches(".*(ocs.pcap|hdlc_slarp.pcap|http2.pcapng|hots.pcapng)"))
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            long seed = file.getFileName().toString().hashCode();
            Random random = new Random(seed);
            byte[] whole = Files.readAllBytes(file);
            int frames = CaptureFile.read(whole).size();
            for (int round = 0; round < 200; round++) {
                byte[] broken = Arrays.copyOf(whole, Math.min(whole.length, 24 + random.nextInt(whole.length)));
                for (int flips = random.nextInt(40); flips > 0; flips--) {
                    broken[4 + random.nextInt(broken.length - 4)] = (byte) random.nextInt();
                }
                List<Frame> read = CaptureFile.read(broken);
                assertTrue(read.size() <= frames + 40, file + ", seed " + seed + ", round " + round);
                Captures.of("broken", read)
                        .forEach(each -> assertTrue(
                                each.messages().stream()
                                        .allMatch(message -> message.message().limit() <= 4096),
                                "seed " + seed));
            }
        }
    }

    @Test
    void randomBytesBehindAMagicNumberGiveNoMessages() throws IOException {
        long seed = 7;
        Random random = new Random(seed);
        for (byte[] magic : List.of(
                new byte[] {(byte) 0xA1, (byte) 0xB2, (byte) 0xC3, (byte) 0xD4},
                new byte[] {(byte) 0xD4, (byte) 0xC3, (byte) 0xB2, (byte) 0xA1},
                new byte[] {0x0A, 0x0D, 0x0D, 0x0A})) {
            for (int round = 0; round < 500; round++) {
                byte[] bytes = new byte[24 + random.nextInt(200)];
                random.nextBytes(bytes);
                System.arraycopy(magic, 0, bytes, 0, 4);
                List<Capture> found = Captures.of("random", CaptureFile.read(bytes));
                assertEquals(List.of(), found, "seed " + seed + ", round " + round);
            }
        }
    }

    @Test
    void whatIsNoCaptureIsSaidToBeNone() {
        IOException none = assertThrows(IOException.class, () -> CaptureFile.read(new byte[] {1, 2, 3}));
        assertEquals("not a capture (expected: pcap or pcapng)", none.getMessage());
    }
}
