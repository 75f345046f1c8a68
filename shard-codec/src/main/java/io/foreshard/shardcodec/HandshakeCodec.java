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

    private HandshakeCodec() {}

    /**
     * Writes the body of a HELLO, padded with zeros so that the whole packet is as long as asked.
     *
     * @param out buffer with room; ownership stays with the caller
     * @param hello what is asked
     * @param packetBytes length of the packet with its headers
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
     * Reads the body of a HELLO. Unknown extensions are skipped.
     *
     * @return what is asked, or {@code null} when it is malformed
     */
    public static @Nullable Hello readHello(ByteBuf in, int index, int length) {
        try {
            ByteBuf body = in.slice(index, length);
            int versionCount = body.readUnsignedByte();
            if (versionCount == 0 || versionCount > Hello.MAX_VERSIONS) {
                return null;
            }
            List<Integer> versions = new ArrayList<>(versionCount);
            for (int i = 0; i < versionCount; i++) {
                versions.add((int) body.readUnsignedByte());
            }
            long sessionId = body.readLong();
            SessionLimits limits = readLimits(body);
            byte[] cookie = readCookie(body);
            if (limits == null || cookie == null) {
                return null;
            }
            Extensions extensions = readExtensions(body);
            return extensions == null ? null : new Hello(versions, sessionId, limits, cookie, extensions.destination());
        } catch (IndexOutOfBoundsException truncated) {
            return null;
        }
    }

    private record Extensions(@Nullable InetSocketAddress destination) {}

    private static @Nullable Extensions readExtensions(ByteBuf body) {
        InetSocketAddress destination = null;
        int count = body.readUnsignedByte();
        for (int i = 0; i < count; i++) {
            int type = body.readUnsignedByte();
            ByteBuf value = body.readSlice(body.readUnsignedByte());
            if (type == EXTENSION_DESTINATION) {
                destination = readAddress(value);
                if (destination == null) {
                    return null;
                }
            }
        }
        return new Extensions(destination);
    }

    private static @Nullable InetSocketAddress readAddress(ByteBuf value) {
        int addressLength = value.readableBytes() - PORT_BYTES;
        if (addressLength != IPV4_BYTES && addressLength != IPV6_BYTES) {
            return null;
        }
        byte[] address = new byte[addressLength];
        value.readBytes(address);
        try {
            return new InetSocketAddress(InetAddress.getByAddress(address), value.readUnsignedShort());
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
     * Reads the body of an ACCEPT.
     *
     * @return the answer, or {@code null} when it is malformed
     */
    public static @Nullable Accept readAccept(ByteBuf in, int index, int length) {
        try {
            ByteBuf body = in.slice(index, length);
            int type = body.readUnsignedByte();
            if (type == ACCEPT_RETRY) {
                byte[] cookie = readCookie(body);
                return cookie == null ? null : new Accept.Retry(cookie);
            }
            if (type != ACCEPT_SESSION) {
                return null;
            }
            int version = body.readUnsignedByte();
            long sessionId = body.readLong();
            SessionLimits limits = readLimits(body);
            return limits == null ? null : new Accept.Session(version, sessionId, limits);
        } catch (IndexOutOfBoundsException truncated) {
            return null;
        }
    }

    private static void writeLimits(ByteBuf out, SessionLimits limits) {
        out.writeInt((int) limits.maxMessageBytes());
        out.writeInt((int) limits.creditBytes());
        out.writeShort(limits.creditMessages());
        out.writeShort(limits.maxPacketBytes());
        out.writeInt(0);
    }

    private static @Nullable SessionLimits readLimits(ByteBuf body) {
        long maxMessageBytes = body.readUnsignedInt();
        long creditBytes = body.readUnsignedInt();
        int creditMessages = body.readUnsignedShort();
        int maxPacketBytes = body.readUnsignedShort();
        body.skipBytes(SessionLimits.BYTES - 12);
        try {
            return new SessionLimits(maxMessageBytes, creditBytes, creditMessages, maxPacketBytes);
        } catch (IllegalArgumentException outOfRange) {
            return null;
        }
    }

    private static void writeCookie(ByteBuf out, byte[] cookie) {
        out.writeByte(cookie.length);
        out.writeBytes(cookie);
    }

    private static byte @Nullable [] readCookie(ByteBuf body) {
        int length = body.readUnsignedByte();
        if (length > Hello.MAX_COOKIE_BYTES) {
            return null;
        }
        byte[] cookie = new byte[length];
        body.readBytes(cookie);
        return cookie;
    }
}
