package io.foreshard.stackvirt.traffic;

import io.foreshard.runtime.Checks;

/**
 * What messages are told apart by.
 *
 * @param protocol id, such as {@code bgp}; 1…64 characters
 * @param source network, as the number that messages are sent with
 * @param destination network, the same
 * @param volume how large they are
 */
public record TrafficKey(String protocol, long source, long destination, VolumeClass volume) {

    private static final int LONGEST = 64;

    /** How large messages are. */
    public enum VolumeClass {
        /** Up to 512 bytes. */
        SMALL,
        /** Up to 16 KiB. */
        MEDIUM,
        /** Larger. */
        LARGE;

        private static final long MOST_SMALL = 512;
        private static final long MOST_MEDIUM = 16_384;

        /**
         * Returns the class of a message.
         *
         * @param bytes its size
         */
        public static VolumeClass of(long bytes) {
            return bytes <= MOST_SMALL ? SMALL : bytes <= MOST_MEDIUM ? MEDIUM : LARGE;
        }
    }

    /**
     * Checks the protocol.
     *
     * @throws IllegalArgumentException if the protocol is empty or too long
     */
    public TrafficKey {
        Checks.inRange("protocol length", protocol.length(), 1, LONGEST);
    }
}
