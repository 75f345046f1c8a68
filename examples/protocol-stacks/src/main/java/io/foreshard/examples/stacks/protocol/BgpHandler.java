package io.foreshard.examples.stacks.protocol;

import java.nio.ByteBuffer;

/**
 * The speaking part of a BGP router (RFC 4271): OPEN is answered with OPEN and KEEPALIVE; UPDATE, whose routes are counted, KEEPALIVE and ROUTE-REFRESH
 * with KEEPALIVE; what breaks the rules with the NOTIFICATION that the RFC asks for. Keeps no sessions.
 */
public final class BgpHandler extends WorkingHandler {

    private static final int HEADER = 19;
    private static final int LONGEST = 4096;
    private static final int LENGTH_AT = 16;
    private static final int TYPE_AT = 18;

    private static final int OPEN = 1;
    private static final int UPDATE = 2;
    private static final int NOTIFICATION = 3;
    private static final int KEEPALIVE = 4;
    private static final int ROUTE_REFRESH = 5;

    private static final int OPEN_LENGTH = 29;
    private static final int HEADER_ERROR = 1;
    private static final int OPEN_ERROR = 2;
    private static final int UPDATE_ERROR = 3;
    private static final int CEASE = 6;

    private static final int VERSION = 4;
    private static final short AUTONOMOUS_SYSTEM = (short) 64_512;
    private static final short HOLD_SECONDS = 90;
    private static final int IDENTIFIER = 0xC000_0201;
    private static final int LONGEST_PREFIX = 32;

    private long announced;
    private long withdrawn;

    /** Made by the worker program; takes as long for a message as the environment says. */
    public BgpHandler() {
        this(workNanos());
    }

    /**
     * Makes one.
     *
     * @param workNanos how long it takes for a message
     */
    public BgpHandler(long workNanos) {
        super(workNanos);
    }

    /** Returns how many routes were announced so far. */
    public long announced() {
        return announced;
    }

    /** Returns how many routes were withdrawn so far. */
    public long withdrawn() {
        return withdrawn;
    }

    @Override
    ByteBuffer reply(ByteBuffer message) {
        ByteBuffer whole = message.slice();
        int size = whole.capacity();
        if (size < HEADER || whole.getLong(0) != -1 || whole.getLong(8) != -1) {
            return notification(HEADER_ERROR, 1);
        }
        int length = whole.getShort(LENGTH_AT) & 0xFFFF;
        if (length != size || length > LONGEST) {
            return notification(HEADER_ERROR, 2, (byte) (length >> 8), (byte) length);
        }
        int type = whole.get(TYPE_AT) & 0xFF;
        ByteBuffer body = whole.slice(HEADER, size - HEADER);
        return switch (type) {
            case OPEN -> open(body);
            case UPDATE -> update(body);
            case NOTIFICATION -> notification(CEASE, 0);
            case KEEPALIVE -> size == HEADER ? keepalive() : badLength(length);
            case ROUTE_REFRESH -> size == HEADER + 4 ? keepalive() : badLength(length);
            default -> notification(HEADER_ERROR, 3, (byte) type);
        };
    }

    private static ByteBuffer badLength(int length) {
        return notification(HEADER_ERROR, 2, (byte) (length >> 8), (byte) length);
    }

    private static ByteBuffer open(ByteBuffer body) {
        if (body.capacity() < OPEN_LENGTH - HEADER) {
            return badLength(body.capacity() + HEADER);
        }
        if (body.get(0) != VERSION) {
            return notification(OPEN_ERROR, 1, (byte) 0, (byte) VERSION);
        }
        int hold = body.getShort(3) & 0xFFFF;
        if (hold == 1 || hold == 2) {
            return notification(OPEN_ERROR, 6);
        }
        if ((body.get(9) & 0xFF) != body.capacity() - 10) {
            return notification(OPEN_ERROR, 0);
        }
        ByteBuffer reply = begin(OPEN_LENGTH + HEADER, OPEN_LENGTH, OPEN);
        reply.put((byte) VERSION)
                .putShort(AUTONOMOUS_SYSTEM)
                .putShort(HOLD_SECONDS)
                .putInt(IDENTIFIER);
        reply.put((byte) 0);
        return reply.put(keepalive()).flip();
    }

    private ByteBuffer update(ByteBuffer body) {
        int size = body.capacity();
        int withdrawnLength = size < 4 ? -1 : body.getShort(0) & 0xFFFF;
        if (withdrawnLength < 0 || withdrawnLength > size - 4) {
            return notification(UPDATE_ERROR, 1);
        }
        int attributesLength = body.getShort(2 + withdrawnLength) & 0xFFFF;
        if (attributesLength > size - 4 - withdrawnLength) {
            return notification(UPDATE_ERROR, 1);
        }
        int routesAt = 4 + withdrawnLength + attributesLength;
        int gone = prefixes(body.slice(2, withdrawnLength));
        int come = prefixes(body.slice(routesAt, size - routesAt));
        if (gone < 0 || come < 0) {
            return notification(UPDATE_ERROR, 10);
        }
        withdrawn += gone;
        announced += come;
        return keepalive();
    }

    /** Counts prefixes; -1 if one is longer than an address, or cut off. */
    private static int prefixes(ByteBuffer field) {
        int count = 0;
        int at = 0;
        while (at < field.capacity()) {
            int bits = field.get(at) & 0xFF;
            at += 1 + (bits + 7) / 8;
            if (bits > LONGEST_PREFIX || at > field.capacity()) {
                return -1;
            }
            count++;
        }
        return count;
    }

    private static ByteBuffer keepalive() {
        return begin(HEADER, HEADER, KEEPALIVE).flip();
    }

    private static ByteBuffer notification(int code, int subcode, byte... data) {
        int length = HEADER + 2 + data.length;
        return begin(length, length, NOTIFICATION)
                .put((byte) code)
                .put((byte) subcode)
                .put(data)
                .flip();
    }

    private static ByteBuffer begin(int capacity, int length, int type) {
        return ByteBuffer.allocate(capacity)
                .putLong(-1)
                .putLong(-1)
                .putShort((short) length)
                .put((byte) type);
    }
}
