/**
 * Hands out single addresses within assigned shards, at once and to many threads, and takes them back.
 */
@NullMarked
package io.foreshard.addrsharding.warm;

import org.jspecify.annotations.NullMarked;
