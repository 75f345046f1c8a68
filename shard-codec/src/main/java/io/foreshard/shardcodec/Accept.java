package io.foreshard.shardcodec;

import io.foreshard.runtime.Checks;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The body of an ACCEPT: the answer to a HELLO. */
public sealed interface Accept {

    /**
     * Not yet: say HELLO again with this cookie. Costs the responder no memory.
     *
     * @param cookie 1…{@link Hello#MAX_COOKIE_BYTES} bytes
     */
    // The array is copied on its way in and out, and compared by content.
    @SuppressWarnings("ArrayRecordComponent")
    record Retry(byte[] cookie) implements Accept {

        /**
         * Checks the length.
         *
         * @throws IllegalArgumentException if the cookie is empty or too long
         */
        public Retry {
            Checks.require(
                    cookie.length >= 1 && cookie.length <= Hello.MAX_COOKIE_BYTES,
                    "cookie",
                    cookie.length + " B",
                    "1…" + Hello.MAX_COOKIE_BYTES + " B");
            cookie = cookie.clone();
        }

        /** Returns a copy of the cookie. */
        @Override
        public byte[] cookie() {
            return cookie.clone();
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Retry that && Arrays.equals(cookie, that.cookie);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(cookie);
        }
    }

    /**
     * The session is there.
     *
     * @param version the version that both will speak, 1…63
     * @param sessionId how the initiator shall name the session, chosen by the responder, unguessable, not 0
     * @param limits what the responder accepts
     */
    record Session(int version, long sessionId, SessionLimits limits) implements Accept {

        /**
         * Checks the ranges.
         *
         * @throws IllegalArgumentException if a value is outside its range
         */
        public Session {
            Checks.inRange("version", version, 1, WireFormat.VERSION_MASK);
            Checks.require(sessionId != 0, "sessionId", sessionId, "not 0");
        }
    }
}
