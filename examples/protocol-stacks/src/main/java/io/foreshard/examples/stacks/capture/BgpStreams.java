package io.foreshard.examples.stacks.capture;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Cuts TCP streams into BGP messages (RFC 4271, section 4.1). What was sent twice counts once; after a gap a stream begins anew. */
final class BgpStreams {

    private static final int MARKER = 16;
    private static final int HEADER = 19;
    private static final int LONGEST = 4096;
    private static final int MOST_STREAMS = 4096;

    private final Map<Direction, Stream> streams = new HashMap<>();

    private record Direction(long source, long destination, int sourcePort, int destinationPort) {}

    private static final class Stream {
        private int next;
        private byte[] rest = {};
    }

    /** Returns the messages that are whole with this segment. */
    List<byte[]> take(Datagram segment) {
        Direction direction =
                new Direction(segment.source(), segment.destination(), segment.sourcePort(), segment.destinationPort());
        Stream stream = streams.get(direction);
        if (stream == null) {
            if (streams.size() == MOST_STREAMS) {
                return List.of();
            }
            stream = new Stream();
            stream.next = segment.sequence();
            streams.put(direction, stream);
        }
        byte[] payload = new byte[segment.payload().remaining()];
        segment.payload().get(segment.payload().position(), payload);
        if (payload.length == 0 || segment.sequence() - stream.next < 0) {
            return List.of();
        }
        byte[] before = segment.sequence() == stream.next ? stream.rest : new byte[0];
        stream.next = segment.sequence() + payload.length;
        byte[] all = Arrays.copyOf(before, before.length + payload.length);
        System.arraycopy(payload, 0, all, before.length, payload.length);
        List<byte[]> messages = new ArrayList<>();
        stream.rest = cut(all, messages);
        return messages;
    }

    /** Returns what is left: the beginning of a message, or nothing if it is none. */
    private static byte[] cut(byte[] all, List<byte[]> messages) {
        ByteBuffer buffer = ByteBuffer.wrap(all);
        int at = 0;
        while (all.length - at >= HEADER) {
            int length = buffer.getShort(at + MARKER) & 0xFFFF;
            if (buffer.getLong(at) != -1 || buffer.getLong(at + 8) != -1 || length < HEADER || length > LONGEST) {
                return new byte[0];
            }
            if (length > all.length - at) {
                break;
            }
            messages.add(Arrays.copyOfRange(all, at, at + length));
            at += length;
        }
        return Arrays.copyOfRange(all, at, all.length);
    }
}
