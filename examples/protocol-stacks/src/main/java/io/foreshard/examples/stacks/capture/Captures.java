package io.foreshard.examples.stacks.capture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Finds DNS queries and BGP messages in a folder of captures. Stateless. */
public final class Captures {

    private static final int MOST_FILES = 10_000;
    private static final int DNS_HEADER = 12;
    private static final int LARGEST_QUERY = 4096;

    private Captures() {}

    /**
     * Reads all captures of a folder; files with other names are passed over.
     *
     * @param folder with files named .pcap, .pcapng or .cap
     * @return those with at least one message, by name
     * @throws IOException if the folder or a file cannot be read, or a file is no capture
     */
    public static List<Capture> read(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(file -> file.getFileName().toString().matches(".*\\.(pcap|pcapng|cap)"))
                    .sorted()
                    .limit(MOST_FILES)
                    .toList();
        }
        List<Capture> captures = new ArrayList<>();
        for (Path file : files) {
            captures.addAll(of(file.getFileName().toString(), CaptureFile.read(file)));
        }
        return captures;
    }

    static List<Capture> of(String name, List<Frame> frames) {
        BgpStreams streams = new BgpStreams();
        List<Timed> dns = new ArrayList<>();
        List<Timed> bgp = new ArrayList<>();
        for (Frame frame : frames) {
            Datagram.of(frame).ifPresent(datagram -> {
                if (isQuery(datagram)) {
                    dns.add(new Timed(datagram, datagram.payload()));
                } else if (isBgp(datagram)) {
                    streams.take(datagram).forEach(message -> bgp.add(new Timed(datagram, ByteBuffer.wrap(message))));
                }
            });
        }
        List<Capture> captures = new ArrayList<>();
        add(name, Protocol.DNS, dns, captures);
        add(name, Protocol.BGP, bgp, captures);
        return captures;
    }

    private record Timed(Datagram datagram, ByteBuffer message) {}

    private static void add(String name, Protocol protocol, List<Timed> messages, List<Capture> captures) {
        if (messages.isEmpty()) {
            return;
        }
        long first = messages.stream()
                .mapToLong(each -> each.datagram().atNanos())
                .min()
                .orElse(0);
        captures.add(new Capture(
                name,
                protocol,
                messages.stream()
                        .map(each -> new Recorded(
                                (each.datagram().atNanos() - first) / 1_000_000,
                                each.datagram().source(),
                                each.datagram().destination(),
                                each.message()))
                        .sorted(Comparator.comparingLong(Recorded::offsetMillis))
                        .toList()));
    }

    private static boolean isQuery(Datagram datagram) {
        ByteBuffer payload = datagram.payload();
        return !datagram.isTcp()
                && datagram.destinationPort() == Protocol.DNS.port()
                && payload.capacity() >= DNS_HEADER
                && payload.capacity() <= LARGEST_QUERY
                && payload.get(2) >= 0;
    }

    private static boolean isBgp(Datagram datagram) {
        int port = Protocol.BGP.port();
        return datagram.isTcp() && (datagram.sourcePort() == port || datagram.destinationPort() == port);
    }
}
