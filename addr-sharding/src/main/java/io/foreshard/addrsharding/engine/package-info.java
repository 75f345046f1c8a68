/**
 * The engine of address sharding: hands out addresses that are warm, and lets {@code allocation}, {@code prefetch}, {@code journal} and
 * {@code router} work together. Requests flow in by any thread; what an application is told flows out once it is recorded. State belongs
 * to one event executor.
 */
@NullMarked
package io.foreshard.addrsharding.engine;

import org.jspecify.annotations.NullMarked;
