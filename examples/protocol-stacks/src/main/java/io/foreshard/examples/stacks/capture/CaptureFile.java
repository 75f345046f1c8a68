package io.foreshard.examples.stacks.capture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the frames of a capture: pcap in both byte orders, with microseconds or nanoseconds, and pcapng (draft-ietf-opsawg-pcap, -pcapng). What is
 * behind a record that makes no sense is left out. Stateless.
 */
final class CaptureFile {

    private static final long LARGEST_FILE = 256L << 20;
    private static final int MOST_INTERFACES = 256;

    private static final int PCAP_MICROS = 0xA1B2C3D4;
    private static final int PCAP_NANOS = 0xA1B23C4D;
    private static final int PCAP_HEADER = 24;
    private static final int PCAP_RECORD = 16;

    private static final int SECTION = 0x0A0D0D0A;
    private static final int BYTE_ORDER = 0x1A2B3C4D;
    private static final int INTERFACE = 1;
    private static final int ENHANCED_PACKET = 6;
    private static final int RESOLUTION_OPTION = 9;
    private static final int LEAST_BLOCK = 12;

    private CaptureFile() {}

    static List<Frame> read(Path file) throws IOException {
        if (Files.size(file) > LARGEST_FILE) {
            throw new IOException(file + ": " + Files.size(file) + " bytes (expected: at most " + LARGEST_FILE + ")");
        }
        try {
            return read(Files.readAllBytes(file));
        } catch (IOException unknown) {
            throw new IOException(file + ": " + unknown.getMessage(), unknown);
        }
    }

    static List<Frame> read(byte[] content) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(content);
        if (content.length >= Integer.BYTES && buffer.getInt(0) == SECTION) {
            return blocks(buffer);
        }
        for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
            int magic = content.length < PCAP_HEADER ? 0 : buffer.order(order).getInt(0);
            if (magic == PCAP_MICROS || magic == PCAP_NANOS) {
                return records(buffer, magic == PCAP_NANOS ? 1 : 1000);
            }
        }
        throw new IOException("not a capture (expected: pcap or pcapng)");
    }

    private static List<Frame> records(ByteBuffer buffer, int nanosPerFraction) {
        List<Frame> frames = new ArrayList<>();
        int linkType = buffer.getInt(20) & 0xFFFF;
        int at = PCAP_HEADER;
        while (at + PCAP_RECORD <= buffer.capacity()) {
            int length = buffer.getInt(at + 8);
            if (length < 0 || length > buffer.capacity() - at - PCAP_RECORD) {
                break;
            }
            long seconds = Integer.toUnsignedLong(buffer.getInt(at));
            long fraction = Integer.toUnsignedLong(buffer.getInt(at + 4));
            long nanos = seconds * 1_000_000_000 + fraction * nanosPerFraction;
            frames.add(new Frame(nanos, linkType, slice(buffer, at + PCAP_RECORD, length)));
            at += PCAP_RECORD + length;
        }
        return frames;
    }

    /** Where packets of a section come from. */
    private record Source(int linkType, double nanosPerUnit) {}

    private static List<Frame> blocks(ByteBuffer buffer) {
        List<Frame> frames = new ArrayList<>();
        List<Source> sources = new ArrayList<>();
        int at = 0;
        while (at + LEAST_BLOCK <= buffer.capacity()) {
            if (buffer.order(ByteOrder.BIG_ENDIAN).getInt(at) == SECTION) {
                boolean isBig = buffer.getInt(at + 8) == BYTE_ORDER;
                buffer.order(isBig ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
                sources.clear();
            } else {
                buffer.order(buffer.order());
            }
            int length = buffer.getInt(at + 4);
            if (length < LEAST_BLOCK || length % 4 != 0 || length > buffer.capacity() - at) {
                break;
            }
            ByteBuffer body = slice(buffer, at + 8, length - LEAST_BLOCK).order(buffer.order());
            block(buffer.getInt(at), body, sources, frames);
            at += length;
        }
        return frames;
    }

    private static void block(int type, ByteBuffer body, List<Source> sources, List<Frame> frames) {
        if (type == INTERFACE && body.capacity() >= 8 && sources.size() < MOST_INTERFACES) {
            sources.add(new Source(body.getShort(0) & 0xFFFF, nanosPerUnit(body)));
        } else if (type == ENHANCED_PACKET && body.capacity() >= 20) {
            int source = body.getInt(0);
            int length = body.getInt(12);
            if (source < 0 || source >= sources.size() || length < 0 || length > body.capacity() - 20) {
                return;
            }
            long units = (long) body.getInt(4) << 32 | Integer.toUnsignedLong(body.getInt(8));
            Source from = sources.get(source);
            frames.add(new Frame((long) (units * from.nanosPerUnit()), from.linkType(), slice(body, 20, length)));
        }
    }

    /** Microseconds, unless an option says otherwise. */
    private static double nanosPerUnit(ByteBuffer body) {
        int at = 8;
        while (at + 4 <= body.capacity()) {
            int code = body.getShort(at) & 0xFFFF;
            int length = body.getShort(at + 2) & 0xFFFF;
            if (code == 0 || length > body.capacity() - at - 4) {
                break;
            }
            if (code == RESOLUTION_OPTION && length == 1) {
                int value = body.get(at + 4);
                return 1e9 * (value < 0 ? Math.pow(2, -(value & 0x7F)) : Math.pow(10, -value));
            }
            at += 4 + (length + 3) / 4 * 4;
        }
        return 1000;
    }

    private static ByteBuffer slice(ByteBuffer buffer, int at, int length) {
        return buffer.slice(at, length).order(ByteOrder.BIG_ENDIAN);
    }
}
