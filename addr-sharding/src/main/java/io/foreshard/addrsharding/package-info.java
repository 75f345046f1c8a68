/** Address sharding: ranges of addresses are assigned, warmed and announced before the machines that need them exist. */
@NullMarked
package io.foreshard.addrsharding;

import org.jspecify.annotations.NullMarked;
