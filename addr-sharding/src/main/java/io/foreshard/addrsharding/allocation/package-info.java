/**
 * The allocator: pools go in, shards of subdivisions come out, and each change of one is told. Space is kept by
 * {@link io.foreshard.addrsharding.space.BuddySpace}; on top of it stand reservations, which keep the shards of a subdivision in a row.
 */
@NullMarked
package io.foreshard.addrsharding.allocation;

import org.jspecify.annotations.NullMarked;
