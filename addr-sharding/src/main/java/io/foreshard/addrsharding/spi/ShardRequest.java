package io.foreshard.addrsharding.spi;

import io.foreshard.addrsharding.prefix.AddressFamily;

/**
 * Asks for one shard.
 *
 * @param subdivision who it is for
 * @param family of addresses
 * @param length of the prefix that is wanted; the longest there is is what pools are cut into
 */
public record ShardRequest(String subdivision, AddressFamily family, int length) {}
