/**
 * What of address sharding an application may replace or read: what is allocated, how that is stored, how many shards a subdivision gets,
 * what is kept warm, how routers are told. Decisions are pure: records in, records out, time handed in.
 */
@NullMarked
package io.foreshard.addrsharding.spi;

import org.jspecify.annotations.NullMarked;
