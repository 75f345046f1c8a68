/** Ranges of addresses as values: parsed, compared, split, merged. */
@NullMarked
package io.foreshard.addrsharding.prefix;

import org.jspecify.annotations.NullMarked;
