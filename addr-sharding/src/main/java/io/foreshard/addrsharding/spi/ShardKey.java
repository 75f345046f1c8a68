package io.foreshard.addrsharding.spi;

import io.foreshard.runtime.Checks;

/**
 * Names a shard as its holder knows it.
 *
 * @param subdivision whose it is
 * @param handle that it was assigned under
 * @param sequence of the {@link Allocation} as last seen, so that nothing is changed that has changed since; {@link #ANY} for whatever it is
 */
public record ShardKey(String subdivision, String handle, long sequence) {

    /** Stands for whatever the sequence is now. */
    public static final long ANY = 0;

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if the sequence is below 0
     */
    public ShardKey {
        Checks.notNegative("sequence", sequence);
    }

    /**
     * Returns the key of a shard as it is known.
     *
     * @param known as last seen
     */
    public static ShardKey of(Allocation known) {
        return new ShardKey(known.subdivision(), known.handle(), known.sequence());
    }
}
