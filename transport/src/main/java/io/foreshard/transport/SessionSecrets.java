package io.foreshard.transport;

import java.security.SecureRandom;

/**
 * The unguessable numbers of one session. Only simulations replace the source of randomness.
 *
 * @param sessionId how the peer names the session; its low byte is the number of the owning loop
 * @param firstMessageId where message ids start
 * @param hashKey0 first key of the hash tables
 * @param hashKey1 second key of the hash tables
 */
record SessionSecrets(long sessionId, long firstMessageId, long hashKey0, long hashKey1) {

    private static final long LOOP_MASK = 0xFF;

    static SessionSecrets draw(SecureRandom random, int loop) {
        long id;
        do {
            id = (random.nextLong() & ~LOOP_MASK) | loop;
        } while ((id & ~LOOP_MASK) == 0);
        return new SessionSecrets(id, random.nextLong(), random.nextLong(), random.nextLong());
    }

    static int loopOf(long sessionId) {
        return (int) (sessionId & LOOP_MASK);
    }
}
