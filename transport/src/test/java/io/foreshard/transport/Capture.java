package io.foreshard.transport;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the loopback interface carries of one UDP port, as {@code tcpdump} sees it behind all sockets. For root only. */
final class Capture implements AutoCloseable {

    private static final List<String> PLACES = List.of("/usr/bin/tcpdump", "/usr/sbin/tcpdump", "/sbin/tcpdump");
    private static final int FILE_HEADER_BYTES = 24;
    private static final int ETHERNET_BYTES = 14;
    private static final int IPV6_BYTES = 40;
    private static final int UDP_BYTES = 8;
    private static final int SNAP_BYTES = 256;

    private final Process tcpdump;
    private final DataInputStream in;

    /** One datagram, as far as it was captured; nobody writes to its bytes. */
    @SuppressWarnings("ArrayRecordComponent")
    record Datagram(int ipVersion, int dscp, int ecn, int sourcePort, byte[] payload) {}

    private Capture(Process tcpdump) throws IOException {
        this.tcpdump = tcpdump;
        this.in = new DataInputStream(tcpdump.getInputStream());
        in.readNBytes(FILE_HEADER_BYTES);
    }

    /** Returns why nothing can be captured here, or {@code null}. */
    static @Nullable String obstacle() {
        if (!"root".equals(System.getProperty("user.name"))) {
            return "only root may capture packets";
        }
        return tool() == null ? "tcpdump is not installed; scripts/install-test-packages.sh does that" : null;
    }

    private static @Nullable String tool() {
        return PLACES.stream()
                .filter(place -> Files.isExecutable(Path.of(place)))
                .findFirst()
                .orElse(null);
    }

    /** Starts; returns when packets are captured. */
    static Capture ofPort(int port) throws IOException {
        return new Capture(new ProcessBuilder(
                        String.valueOf(tool()),
                        "-i",
                        "lo",
                        "--immediate-mode",
                        "-U",
                        "-s",
                        String.valueOf(SNAP_BYTES),
                        "-w",
                        "-",
                        "udp and port " + port)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    /** Waits for the next datagram. */
    Datagram next() throws IOException {
        ByteBuffer record = ByteBuffer.wrap(in.readNBytes(16)).order(ByteOrder.LITTLE_ENDIAN);
        if (record.remaining() < 16) {
            throw new EOFException("tcpdump has ended");
        }
        return parse(ByteBuffer.wrap(in.readNBytes(record.getInt(8))));
    }

    private static Datagram parse(ByteBuffer frame) {
        int ip = ETHERNET_BYTES;
        int version = (frame.get(ip) & 0xFF) >>> 4;
        int tos = version == 4 ? frame.get(ip + 1) & 0xFF : frame.getShort(ip) >>> 4 & 0xFF;
        int udp = ip + (version == 4 ? (frame.get(ip) & 0xF) * 4 : IPV6_BYTES);
        byte[] payload = new byte[frame.capacity() - udp - UDP_BYTES];
        frame.get(udp + UDP_BYTES, payload);
        return new Datagram(version, tos >>> 2, tos & 3, frame.getShort(udp) & 0xFFFF, payload);
    }

    @Override
    public void close() {
        tcpdump.destroy();
    }
}
