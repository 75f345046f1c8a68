package io.foreshard.shardcodec;

import io.netty.buffer.ByteBuf;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes and reads the bodies of HELLO and ACCEPT. Pure functions; allocates, as handshakes are rare. */
public final class HandshakeCodec {

    private static final int EXTENSION_DESTINATION = 1;
    private static final int ACCEPT_RETRY = 0;
    private static final int ACCEPT_SESSION = 1;
    private static final int IPV4_BYTES = 4;
    private static final int IPV6_BYTES = 16;
    private static final int PORT_BYTES = 2;
    private static final int RESERVED_LIMIT_BYTES = 4;

    private HandshakeCodec() {}

    /**
     * Writes the body of a HELLO, padded with zeros so that the whole packet is as long as asked.
     *
     * @param out buffer with room; ownership stays with the caller
     * @param hello what is asked
     * @param packetBytes length of the packet with its headers, at least {@link WireFormat#MIN_PATH_MTU_BYTES} or the receiver
     *     drops it
     */
    public static void writeHello(ByteBuf out, Hello hello, int packetBytes) {
        int start = out.writerIndex();
        out.writeByte(hello.versions().size());
        for (int version : hello.versions()) {
            out.writeByte(version);
        }
        out.writeLong(hello.sessionId());
        writeLimits(out, hello.limits());
        writeCookie(out, hello.cookie());
        writeDestination(out, hello.destination());
        int padding = packetBytes - WireFormat.CONTROL_OVERHEAD_BYTES - (out.writerIndex() - start);
        out.writeZero(Math.max(padding, 0));
    }

    private static void writeDestination(ByteBuf out, @Nullable InetSocketAddress destination) {
        if (destination == null) {
            out.writeByte(0);
            return;
        }
        byte[] address = destination.getAddress().getAddress();
        out.writeByte(1);
        out.writeByte(EXTENSION_DESTINATION);
        out.writeByte(address.length + PORT_BYTES);
        out.writeBytes(address);
        out.writeShort(destination.getPort());
    }

    /**
     * Reads the body of a HELLO. Unknown extensions are skipped, padding is not looked at.
     *
     * @param in buffer with the packet; neither indices nor reference count change
     * @param index first byte of the body
     * @param length length of the body
     * @return what is asked, or {@code null} when it is malformed, or so short that the answer would amplify
     */
    public static @Nullable Hello readHello(ByteBuf in, int index, int length) {
        if (length < WireFormat.MIN_PATH_MTU_BYTES - WireFormat.CONTROL_OVERHEAD_BYTES) {
            return null;
        }
        BodyCursor body = new BodyCursor(in, index, length);
        List<Integer> versions = readVersions(body);
        long sessionId = body.u64();
        SessionLimits limits = readLimits(body);
        byte[] cookie = readCookie(body);
        Extensions extensions = readExtensions(body);
        if (versions.isEmpty() || sessionId == 0 || limits == null || cookie == null || extensions == null) {
            return null;
        }
        return body.overrun() ? null : new Hello(versions, sessionId, limits, cookie, extensions.destination());
    }

    private static List<Integer> readVersions(BodyCursor body) {
        int count = body.u8();
        if (count > Hello.MAX_VERSIONS) {
            return List.of();
        }
        List<Integer> versions = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            versions.add(body.u8());
        }
        return versions;
    }

    private record Extensions(@Nullable InetSocketAddress destination) {}

    private static @Nullable Extensions readExtensions(BodyCursor body) {
        InetSocketAddress destination = null;
        int count = body.u8();
        for (int i = 0; i < count && !body.overrun(); i++) {
            int type = body.u8();
            byte[] value = body.bytes(body.u8());
            if (type == EXTENSION_DESTINATION) {
                if (destination != null) {
                    return null;
                }
                destination = addressOf(value);
                if (destination == null) {
                    return null;
                }
            }
        }
        return new Extensions(destination);
    }

    private static @Nullable InetSocketAddress addressOf(byte[] value) {
        int addressLength = value.length - PORT_BYTES;
        if (addressLength != IPV4_BYTES && addressLength != IPV6_BYTES) {
            return null;
        }
        byte[] bytes = new byte[addressLength];
        System.arraycopy(value, 0, bytes, 0, addressLength);
        int port = ((value[addressLength] & 0xFF) << 8) | (value[addressLength + 1] & 0xFF);
        InetAddress address = addressOfLength(bytes);
        return address == null || port == 0 ? null : new InetSocketAddress(address, port);
    }

    /** An IPv4 address has one form on the wire: the one mapped into IPv6 could slip past a relay's filter. */
    private static @Nullable InetAddress addressOfLength(byte[] bytes) {
        try {
            InetAddress address = InetAddress.getByAddress(bytes);
            return address.getAddress().length == bytes.length ? address : null;
        } catch (UnknownHostException wrongLength) {
            return null;
        }
    }

    /**
     * Writes the body of an ACCEPT.
     *
     * @param out buffer with room; ownership stays with the caller
     * @param accept the answer
     */
    public static void writeAccept(ByteBuf out, Accept accept) {
        if (accept instanceof Accept.Retry retry) {
            out.writeByte(ACCEPT_RETRY);
            writeCookie(out, retry.cookie());
        } else if (accept instanceof Accept.Session session) {
            out.writeByte(ACCEPT_SESSION);
            out.writeByte(session.version());
            out.writeLong(session.sessionId());
            writeLimits(out, session.limits());
        }
    }

    /**
     * Reads the body of an ACCEPT. Bytes after the fields are not looked at.
     *
     * @param in buffer with the packet; neither indices nor reference count change
     * @param index first byte of the body
     * @param length length of the body
     * @return the answer, or {@code null} when it is malformed
     */
    public static @Nullable Accept readAccept(ByteBuf in, int index, int length) {
        BodyCursor body = new BodyCursor(in, index, length);
        int type = body.u8();
        if (body.overrun()) {
            return null;
        }
        return switch (type) {
            case ACCEPT_RETRY -> readRetry(body);
            case ACCEPT_SESSION -> readSession(body);
            default -> null;
        };
    }

    private static @Nullable Accept readRetry(BodyCursor body) {
        byte[] cookie = readCookie(body);
        return cookie == null || cookie.length == 0 || body.overrun() ? null : new Accept.Retry(cookie);
    }

    private static @Nullable Accept readSession(BodyCursor body) {
        int version = body.u8();
        long sessionId = body.u64();
        SessionLimits limits = readLimits(body);
        if (version < 1 || version > WireFormat.VERSION_MASK || sessionId == 0 || limits == null) {
            return null;
        }
        return new Accept.Session(version, sessionId, limits);
    }

    private static void writeLimits(ByteBuf out, SessionLimits limits) {
        out.writeInt((int) limits.maxMessageBytes());
        out.writeInt((int) limits.creditBytes());
        out.writeShort(limits.creditMessages());
        out.writeShort(limits.maxPacketBytes());
        out.writeZero(RESERVED_LIMIT_BYTES);
    }

    private static @Nullable SessionLimits readLimits(BodyCursor body) {
        long maxMessageBytes = body.u32();
        long creditBytes = body.u32();
        int creditMessages = body.u16();
        int maxPacketBytes = body.u16();
        body.skip(RESERVED_LIMIT_BYTES);
        boolean valid = !body.overrun()
                && maxMessageBytes > 0
                && creditBytes > 0
                && creditMessages > 0
                && maxPacketBytes >= WireFormat.MIN_PATH_MTU_BYTES;
        return valid ? new SessionLimits(maxMessageBytes, creditBytes, creditMessages, maxPacketBytes) : null;
    }

    private static void writeCookie(ByteBuf out, byte[] cookie) {
        out.writeByte(cookie.length);
        out.writeBytes(cookie);
    }

    private static byte @Nullable [] readCookie(BodyCursor body) {
        int length = body.u8();
        return length > Hello.MAX_COOKIE_BYTES ? null : body.bytes(length);
    }
}
