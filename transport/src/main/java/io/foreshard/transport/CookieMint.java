package io.foreshard.transport;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes and checks cookies that prove that a peer receives at its address, without remembering anything: a time and an HMAC-SHA-256
 * over time, address and session id (RFC 9147, section 5.1). Confined to one event loop; loops of an endpoint share the secret.
 */
final class CookieMint {

    static final int SECRET_BYTES = 32;
    static final int COOKIE_BYTES = 4 + 16;

    private static final String ALGORITHM = "HmacSHA256";
    private static final long LIFETIME_SECONDS = 10;

    private final Mac mac;

    CookieMint(byte[] secret) {
        try {
            mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(
                    ALGORITHM + ": not available (expected: every Java platform has it)", missing);
        }
    }

    byte[] bake(SocketAddress peer, long sessionId, long nowNanos) {
        return bakeAt(peer, sessionId, (int) TimeUnit.NANOSECONDS.toSeconds(nowNanos));
    }

    boolean isGood(byte[] cookie, SocketAddress peer, long sessionId, long nowNanos) {
        if (cookie.length != COOKIE_BYTES) {
            return false;
        }
        int bakedAt = ByteBuffer.wrap(cookie).getInt();
        int age = (int) TimeUnit.NANOSECONDS.toSeconds(nowNanos) - bakedAt;
        return age >= 0 && age <= LIFETIME_SECONDS && MessageDigest.isEqual(cookie, bakeAt(peer, sessionId, bakedAt));
    }

    private byte[] bakeAt(SocketAddress peer, long sessionId, int seconds) {
        mac.update(ByteBuffer.allocate(12).putInt(seconds).putLong(sessionId).flip());
        mac.update(addressBytes(peer));
        byte[] proof = Arrays.copyOf(mac.doFinal(), COOKIE_BYTES - 4);
        return ByteBuffer.allocate(COOKIE_BYTES).putInt(seconds).put(proof).array();
    }

    private static byte[] addressBytes(SocketAddress peer) {
        if (peer instanceof InetSocketAddress inet && inet.getAddress() != null) {
            byte[] address = inet.getAddress().getAddress();
            return ByteBuffer.allocate(address.length + 4)
                    .put(address)
                    .putInt(inet.getPort())
                    .array();
        }
        return peer.toString().getBytes(StandardCharsets.UTF_8);
    }
}
